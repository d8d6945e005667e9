"""How much a person and a chat may ask of the bot: a bucket each, refilled at a steady pace."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from typing import Literal

MAX_KEPT = 50_000
"""Buckets that are remembered; one that was not used for longest is full again by then."""

TOLD_FOR_S = 60.0
"""Who was told to wait is not told again for this long, or until the bucket is full once more."""

Verdict = Literal["go", "tell", "ignore"]
"""Do it; say once that it is too much; say nothing more until it is less."""


@dataclass(frozen=True, slots=True)
class Rate:
    """``burst`` at once, and ``a_minute`` on average."""

    a_minute: float
    burst: int


@dataclass(slots=True)
class _Bucket:
    left: float
    at: float
    told_at: float | None = None


class RateLimits:
    """Counts what is asked of the bot by each person, and in each chat."""

    def __init__(self, person: Rate, chat: Rate) -> None:
        self._rates = {"person": person, "chat": chat}
        self._buckets: OrderedDict[tuple[str, int], _Bucket] = OrderedDict()

    def take(self, at: float, *, person: int | None = None, chat: int | None = None) -> Verdict:
        """Count one more of a ``person`` and in a ``chat``, unless it is one too many for either.

        ``at`` is when it was asked, in seconds of a clock that is the same for all calls; going backwards it
        stands still. A private chat, which has its person's id, is counted as the person only.
        """
        buckets = [self._filled(kind, number, at) for kind, number in _counted(person, chat)]
        empty = [bucket for bucket in buckets if bucket.left < 1]
        if not empty:
            for bucket in buckets:
                bucket.left -= 1
            return "go"
        if all(bucket.told_at is not None for bucket in empty):
            return "ignore"
        for bucket in empty:
            bucket.told_at = bucket.at
        return "tell"

    def wait_s(self, *, person: int | None = None, chat: int | None = None) -> float:
        """Return how many seconds after the last call of ``take`` for these the next one is let through."""
        waits = [0.0]
        for kind, number in _counted(person, chat):
            bucket = self._buckets.get((kind, number))
            if bucket is not None:
                waits.append((1 - bucket.left) * 60 / self._rates[kind].a_minute)
        return max(waits)

    def is_over(self, at: float, *, person: int | None = None, chat: int | None = None) -> bool:
        """Return whether a person, or a chat, has asked too much within the last minute before ``at``."""
        buckets = [self._buckets.get(counted) for counted in _counted(person, chat)]
        told = [bucket.told_at for bucket in buckets if bucket is not None and bucket.told_at is not None]
        return any(at - told_at < TOLD_FOR_S for told_at in told)

    def _filled(self, kind: str, number: int, at: float) -> _Bucket:
        """Return a bucket, refilled up to ``at``; make an absent one, and drop the oldest of too many."""
        rate = self._rates[kind]
        bucket = self._buckets.setdefault((kind, number), _Bucket(rate.burst, at))
        self._buckets.move_to_end((kind, number))
        if len(self._buckets) > MAX_KEPT:
            self._buckets.popitem(last=False)
        passed_s = max(0.0, at - bucket.at)
        bucket.left = min(rate.burst, bucket.left + passed_s * rate.a_minute / 60)
        bucket.at += passed_s
        is_full = bucket.left >= rate.burst
        if bucket.told_at is not None and (is_full or bucket.at - bucket.told_at >= TOLD_FOR_S):
            bucket.told_at = None
        return bucket


def _counted(person: int | None, chat: int | None) -> list[tuple[str, int]]:
    """List whose buckets are taken from."""
    found = [] if person is None else [("person", person)]
    return found if chat is None or chat == person else [*found, ("chat", chat)]
