"""A bot whose clock goes on only when a trial says so: an hour of waiting takes less than a second.

The loop's clock jumps from timer to timer, and only while no call to Telegram is under way: nothing is
timed out that a slow machine only had no time for.
"""

from __future__ import annotations

import asyncio
import time
from concurrent.futures import Future
from contextlib import suppress
from pathlib import Path
from typing import Any

from bot.chat import Answering
from bot.store import Database
from bot.telegram.application import Bot, build
from bot.telegram.delivery.pacing import Pacer
from bot.telegram.delivery.request import SturdyRequest
from tests.bot.fakes import FakeAnswerer, FakeLibraries
from tests.bot.inside import Inside
from tests.standin.telegram import Telegram

LOOK_S = 0.002
CALL_WITHIN_S = 30.0  # of this machine's time


class VirtualLoop(asyncio.SelectorEventLoop):
    """Its clock is as far ahead as somebody has set it."""

    ahead_s = 0.0

    def time(self) -> float:
        """Return seconds since some point."""
        return super().time() + self.ahead_s

    def next_timer(self) -> float:
        """Return when the next timer runs out, by this clock."""
        timers: list[asyncio.TimerHandle] = self._scheduled  # type: ignore[attr-defined]  # not public
        return min((timer.when() for timer in timers if not timer.cancelled()), default=float("inf"))


class CountingRequest(SturdyRequest):
    """Knows how many calls are under way."""

    under_way = 0

    async def do_request(self, url: str, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        """Count a call as long as it lasts."""
        self.under_way += 1
        try:
            return await super().do_request(url, *args, **kwargs)
        finally:
            self.under_way -= 1


class Virtual(Inside):
    """The bot inside this process, with Telegram's limits kept, in virtual time."""

    def __init__(
        self, telegram: Telegram, folder: Path, answerer: FakeAnswerer, libraries: FakeLibraries
    ) -> None:
        self.loop = VirtualLoop()
        self.request = CountingRequest(connection_pool_size=64, read_timeout=20.0, pool_timeout=20.0)
        self.polling_request = CountingRequest(connection_pool_size=1)
        self.telegram = telegram
        self._is_serving = False
        self.loop_factory = lambda: self.loop
        super().__init__(telegram, folder, lambda: answerer, libraries)

    def build(self, answering: Answering, database: Database) -> Bot:
        """Make the application, with a real pacer."""
        return build(
            self.telegram.token,
            self.settings,
            answering,
            database,
            quotes=3,
            pacer=Pacer(),
            request=self.request,
            polling_request=self.polling_request,
        )

    async def _serve(self) -> None:
        self._is_serving = True
        try:
            await super()._serve()
        finally:
            self._is_serving = False

    def passes(self, seconds: float) -> None:
        """Let so much time pass for the bot."""
        if self.is_running:
            with suppress(RuntimeError):  # it has just ended
                self._begin_passing(seconds).result(120)

    async def _pass(self, seconds: float) -> None:
        until = self.loop.time() + seconds
        while (now := self.loop.time()) < until:
            try:
                await self._settle()
            except RuntimeError:  # no thread takes anything any more: it ends
                return
            self.loop.ahead_s += max(0.0, min(self.loop.next_timer(), until) - now) + 0.001

    async def _settle(self) -> None:
        """Wait until no call is under way that will be answered."""
        quiet, give_up = 0, time.monotonic() + CALL_WITHIN_S
        while quiet < 3 and time.monotonic() < give_up:
            await asyncio.to_thread(time.sleep, LOOK_S)
            under_way = self.request.under_way + self.polling_request.under_way
            is_quiet = under_way <= self.telegram.silent_count + self.telegram.methods.updates.held_count
            quiet = quiet + 1 if is_quiet else 0

    def __exit__(self, *_: object) -> None:
        loop, stop = self._started.result()
        if self.is_running:
            loop.call_soon_threadsafe(stop.set)
        give_up = time.monotonic() + 60
        while self.is_running and time.monotonic() < give_up:
            with suppress(RuntimeError, TimeoutError):
                self._begin_passing(0.5).result(0.5)
        self._thread.join(1)

    def _begin_passing(self, seconds: float) -> Future[None]:
        passed: Future[None] = Future()

        def begin() -> None:
            if not self._is_serving:
                passed.set_result(None)
                return
            passing = self.loop.create_task(self._pass(seconds))
            passing.add_done_callback(lambda _: passed.set_result(None))

        self.loop.call_soon_threadsafe(begin)
        return passed
