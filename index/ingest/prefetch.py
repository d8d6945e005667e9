"""Work that is begun before its result is asked for, so that no core waits for another's."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

Item = TypeVar("Item")
Made = TypeVar("Made")


def prefetch(
    items: Iterable[Item], make: Callable[[Item], Made]
) -> Iterator[tuple[Item, Callable[[], Made]]]:
    """Yield each of ``items``, in order, and a function that returns or raises what ``make`` made of it.

    Meanwhile ``make`` is at the next ones, as many side by side as there are cores, in threads.
    """
    cores = os.cpu_count() or 1
    pool = ThreadPoolExecutor(cores, "prefetch")
    begun: deque[tuple[Item, Future[Made]]] = deque()
    try:
        for item in items:
            begun.append((item, pool.submit(make, item)))
            if len(begun) > cores:
                first, made = begun.popleft()
                yield first, made.result
        for first, made in begun:
            yield first, made.result
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
