"""What time it is at Telegram: what is kept for days is not to be lost to a clock that is set wrong here."""

from __future__ import annotations

import time
from collections.abc import Callable
from email.utils import parsedate_to_datetime

import httpx


class TelegramClock:
    """Goes by the date in Telegram's answers; until the first has come, by the clock of this machine."""

    def __init__(
        self, monotonic: Callable[[], float] = time.monotonic, machine: Callable[[], float] = time.time
    ) -> None:
        self._monotonic = monotonic
        self._machine = machine
        self._set: tuple[float, float] | None = None  # Telegram's time, and ours when it came

    def now(self) -> float:
        """Return the seconds since 1970."""
        if self._set is None:
            return self._machine()
        date, at = self._set
        return date + self._monotonic() - at

    async def read(self, response: httpx.Response) -> None:
        """Set the clock by the date of a response, where it has one."""
        try:
            date = parsedate_to_datetime(response.headers["Date"]).timestamp()
        except (KeyError, ValueError, OverflowError):
            return
        self._set = date, self._monotonic()
