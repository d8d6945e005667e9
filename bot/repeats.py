"""The same fault is logged once in a while, not at every question that meets it."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass

PAUSE_S = 600.0
MOST_FAULTS = 100
"""Faults that are remembered; of more than these the one that was logged longest ago is forgotten."""


@dataclass(slots=True)
class _Logged:
    """When a fault was logged, and how often it came again since."""

    at: float
    again: int = 0


class RepeatFilter(logging.Filter):
    """Keeps an error back that was logged within ``pause_s``; the next line about it says how often it came.

    Two errors are the same when their ``fault`` is, an extra of the record; without one, their message.
    """

    def __init__(self, pause_s: float = PAUSE_S, now: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._pause_s = pause_s
        self._now = now
        self._logged: dict[str, _Logged] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Say whether ``record`` is written."""
        if record.levelno < logging.ERROR:
            return True
        fault, now = str(getattr(record, "fault", record.getMessage())), self._now()
        before = self._logged.get(fault)
        if before is not None and now - before.at < self._pause_s:
            before.again += 1
            return False
        self._logged.pop(fault, None)
        self._logged[fault] = _Logged(now)  # behind all others: the first is the oldest
        if len(self._logged) > MOST_FAULTS:
            del self._logged[next(iter(self._logged))]
        if before is not None and before.again:
            record.msg = f"{record.getMessage()} ({before.again} more of these since the last line)"
            record.args = None
        return True
