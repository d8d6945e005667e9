"""What the load test counts: pure, from the times at which things reached the server, in seconds."""

from __future__ import annotations

import itertools
import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

SECOND, MINUTE = 1.0, 60.0


@dataclass(frozen=True, slots=True)
class Write:
    """A message or an edit that reached the server. Ids of groups are negative."""

    chat_id: int
    at: float


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast was written, at its worst. None where there was nothing to count."""

    overall_second: int  # most writes in any second
    chat_gap_s: float | None  # least time between two in a chat
    group_minute: int  # most in any minute in any group


@dataclass(frozen=True, slots=True)
class Waits:
    """How long people waited for answers, and how far they were answered in the order of asking."""

    asked: int
    answered: int
    median_s: float
    p95_s: float
    max_s: float
    in_order: float  # share of the pairs that were answered in the order they asked in; 1 is all
    overtaken_by: int  # most that asked later than somebody and were answered earlier


def pace_of(writes: Iterable[Write]) -> Pace:
    """Return the pace of ``writes``, which may be in any order."""
    by_chat: dict[int, list[float]] = defaultdict(list)
    for write in writes:
        by_chat[write.chat_id].append(write.at)
    gaps = [gap for times in by_chat.values() if (gap := smallest_gap(times)) is not None]
    groups = [times for chat_id, times in by_chat.items() if chat_id < 0]
    return Pace(
        overall_second=busiest([at for times in by_chat.values() for at in times], SECOND),
        chat_gap_s=min(gaps, default=None),
        group_minute=max((busiest(times, MINUTE) for times in groups), default=0),
    )


def busiest(times: Iterable[float], within_s: float) -> int:
    """Return the most of ``times`` in any window that is shorter than ``within_s``."""
    ordered = sorted(times)
    most, first = 0, 0
    for place, at in enumerate(ordered):
        while at - ordered[first] >= within_s:
            first += 1
        most = max(most, place - first + 1)
    return most


def smallest_gap(times: Iterable[float]) -> float | None:
    """Return the least time between two of ``times``; None where there are fewer."""
    ordered = sorted(times)
    return min((later - at for at, later in itertools.pairwise(ordered)), default=None)


def waits_of(asked: Sequence[float], answered: Sequence[float | None]) -> Waits:
    """Return the waits for answers, given in order of asking; None stands for a missing answer.

    The times are nan where nobody was answered.
    """
    pairs = [(at, done) for at, done in zip(asked, answered, strict=True) if done is not None]
    waits = sorted(done - at for at, done in pairs)
    passed = overtakings([done for _, done in pairs])
    pair_count = len(pairs) * (len(pairs) - 1) // 2
    return Waits(
        asked=len(asked),
        answered=len(pairs),
        median_s=median(waits) if waits else math.nan,
        p95_s=quantile(waits, 0.95),
        max_s=waits[-1] if waits else math.nan,
        in_order=1 - sum(passed) / pair_count if pair_count else 1.0,
        overtaken_by=max(passed, default=0),
    )


def overtakings(answered: Sequence[float]) -> list[int]:
    """Return for each, in order of asking, how many of the later ones were answered earlier."""
    return [sum(later < at for later in answered[place + 1 :]) for place, at in enumerate(answered)]


def quantile(ordered: Sequence[float], share: float) -> float:
    """Return the least of ``ordered`` that ``share`` of them do not exceed; nan where there are none."""
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)] if ordered else math.nan


def fair_share_s(chat_count: int, alone_s: Sequence[float]) -> float:
    """Return the wait of the last of ``chat_count``, if each answer took as long as it does alone."""
    return chat_count * sum(alone_s) / len(alone_s)
