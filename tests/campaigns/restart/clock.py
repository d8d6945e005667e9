"""A clock that jumps to the next moment somebody waits for, once nobody has anything else to do."""

from __future__ import annotations

import asyncio
import heapq
from itertools import count


class VirtualClock:
    """Seconds that pass only while somebody sleeps by this clock; ``run`` lets them pass."""

    def __init__(self) -> None:
        self._now = 0.0
        self._sleeping: list[tuple[float, int, asyncio.Future[None]]] = []
        self._order = count()
        self._is_slept = asyncio.Event()

    def now(self) -> float:
        """Return the seconds that have passed."""
        return self._now

    async def sleep(self, seconds: float) -> None:
        """Wait until so many seconds have passed by this clock."""
        woken = asyncio.get_running_loop().create_future()
        heapq.heappush(self._sleeping, (self._now + seconds, next(self._order), woken))
        self._is_slept.set()
        await woken

    async def run(self) -> None:
        """Wake who sleeps, one after the other, until cancelled."""
        while True:
            await self._is_slept.wait()
            await asyncio.sleep(0)  # whoever was woken before goes on first
            until, _, woken = heapq.heappop(self._sleeping)
            self._now = max(self._now, until)
            if not woken.done():
                woken.set_result(None)
            if not self._sleeping:
                self._is_slept.clear()
