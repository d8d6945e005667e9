"""How much processor time something takes on a text, measured so that a busy machine does not matter."""

from __future__ import annotations

import gc
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

_TRIES = 3
_ENDED_AT = 3  # times the bound: what has not ended by then is too slow, and interrupted


class _TooLongError(BaseException):
    """No Exception, which the code under test may catch."""


@contextmanager
def interruptible() -> Iterator[None]:
    """Let ``seconds_at`` end what would run for ever: regular expressions look for signals as they run."""

    def end(_signal: int, _frame: FrameType | None) -> None:
        raise _TooLongError

    earlier = signal.signal(signal.SIGVTALRM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGVTALRM, earlier)


def seconds_at(length: int, max_s: float, make: Callable[[int], Callable[[], object]]) -> float:
    """The processor time of what ``make`` makes for ``length``, or 0 where it is surely under ``max_s``.

    What is quadratic and takes ``max_s`` takes a hundredth of that at a tenth of the length. That is tried
    first; only what takes longer there is tried at its full length.
    """
    if _least_seconds(make(length // 10), max_s / 100) < max_s / 100:
        return 0.0
    return _least_seconds(make(length), max_s)


def _least_seconds(run: Callable[[], object], max_s: float) -> float:
    """The processor time of ``run``, the least of several tries where the first takes over ``max_s``."""
    least = _seconds(run, max_s)
    for _ in range(_TRIES - 1):
        if max_s <= least < _ENDED_AT * max_s:
            least = min(least, _seconds(run, max_s))
    return least


def _seconds(run: Callable[[], object], max_s: float) -> float:
    gc.disable()  # it goes through what other tests left, and an error in its callbacks reaches nobody
    signal.setitimer(signal.ITIMER_VIRTUAL, _ENDED_AT * max_s)
    begun = time.thread_time()
    try:
        run()
    except _TooLongError:
        pass
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        gc.enable()
    return time.thread_time() - begun
