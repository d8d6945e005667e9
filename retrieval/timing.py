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
        """``stage`` ends now: it took the time since the one before it."""
        now = time.perf_counter()
        self._laps[stage] = now - self._last
        self._last = now

    def seconds(self) -> dict[str, float]:
        """Seconds by stage, 0 for one that was not reached, and of all, to the tenth of a millisecond."""
        laps = {stage: self._laps.get(stage, 0.0) for stage in STAGES}
        laps["total"] = time.perf_counter() - self._start
        return {stage: round(seconds, 4) for stage, seconds in laps.items()}
