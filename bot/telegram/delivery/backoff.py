"""How long to wait before something that failed is tried again, and how to stop waiting."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Iterator, Sequence
from datetime import timedelta
from typing import Any, TypeVar

from telegram.error import RetryAfter

LONGEST_PAUSE_S = 86_400.0

T = TypeVar("T")


def back_off() -> Iterator[float]:
    """Yield the seconds to wait after each failure in a row: 1, 2, 4, … 30, 30, …"""
    wait_s = 1.0
    while True:
        yield wait_s
        wait_s = min(30.0, 2 * wait_s)


def pause_after(error: RetryAfter) -> float:
    """Return the seconds that Telegram wants to be left alone for, between 1 and a day."""
    wait = error.retry_after
    seconds = wait.total_seconds() if isinstance(wait, timedelta) else float(wait)
    return min(max(seconds, 1.0), LONGEST_PAUSE_S)


async def unless(stop: asyncio.Event, work: Awaitable[T]) -> T | None:
    """Return what ``work`` gives; None when ``stop`` comes first, and then cancel it."""
    working, stopping = asyncio.ensure_future(work), asyncio.create_task(stop.wait())
    pending: Sequence[asyncio.Future[Any]] = (working, stopping)
    try:
        await asyncio.wait(pending, return_when=asyncio.FIRST_COMPLETED)
        return working.result() if working.done() else None
    finally:
        for task in pending:
            task.cancel()
        await asyncio.gather(*pending, return_exceptions=True)
