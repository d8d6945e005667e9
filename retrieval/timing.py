"""How long each stage of an answer took."""

from __future__ import annotations

import time

STAGES = ("understand", "embed", "search", "read", "quotes")


class Stopwatch:
    """Runs from when it is made."""

    def __init__(self) -> None:
        self._start = self._last = time.perf_counter()
        self._laps: dict[str, float] = {}

    def lap(self, stage: str) -> None:
        """Note that ``stage`` ends now: it took the time since the one before it."""
        now = time.perf_counter()
        self._laps[stage] = now - self._last
        self._last = now

    def seconds(self) -> dict[str, float]:
        """Return seconds by stage and in total, to the tenth of a millisecond; 0 for a stage not reached."""
        laps = {stage: self._laps.get(stage, 0.0) for stage in STAGES}
        laps["total"] = time.perf_counter() - self._start
        return {stage: round(seconds, 4) for stage, seconds in laps.items()}
