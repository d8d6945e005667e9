"""How many questions a person and a chat may ask: a bucket each, refilled at a steady pace."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

MAX_KEPT = 50_000
"""Buckets that are remembered; one that was not used for longest is full again by then."""

Verdict = Literal["go", "tell", "ignore"]
"""Answer it; say once that it is too much; say nothing more until it is less."""


@dataclass(frozen=True, slots=True)
class Rate:
    """``burst`` questions at once, and ``a_minute`` on average."""

    a_minute: float
    burst: int


@dataclass(slots=True)
class _Bucket:
    left: float
    at: float
    is_told: bool = False


class Limits:
    """Counts questions. ``now`` gives seconds that only go forward."""

    def __init__(self, person: Rate, chat: Rate, now: Callable[[], float]) -> None:
        self._rates = {"person": person, "chat": chat}
        self._now = now
        self._buckets: OrderedDict[tuple[str, int], _Bucket] = OrderedDict()

    def take(self, person_id: int, chat_id: int) -> Verdict:
        """Whether ``person_id`` may ask in ``chat_id`` now; a question that may be asked is counted."""
        buckets = [self._filled("person", person_id)]
        if chat_id != person_id:  # a private chat is its person
            buckets.append(self._filled("chat", chat_id))
        empty = [bucket for bucket in buckets if bucket.left < 1]
        if not empty:
            for bucket in buckets:
                bucket.left -= 1
                bucket.is_told = False
            return "go"
        if all(bucket.is_told for bucket in empty):
            return "ignore"
        for bucket in empty:
            bucket.is_told = True
        return "tell"

    def wait_s(self, person_id: int, chat_id: int) -> float:
        """Seconds until the next question may be asked."""
        waits = [0.0]
        for kind, number in (("person", person_id), ("chat", chat_id)):
            bucket = self._buckets.get((kind, number))
            if bucket is not None:
                waits.append((1 - self._filled(kind, number).left) * 60 / self._rates[kind].a_minute)
        return max(waits)

    def _filled(self, kind: str, number: int) -> _Bucket:
        """The bucket with what has run into it meanwhile."""
        rate, now = self._rates[kind], self._now()
        bucket = self._buckets.setdefault((kind, number), _Bucket(rate.burst, now))
        self._buckets.move_to_end((kind, number))
        if len(self._buckets) > MAX_KEPT:
            self._buckets.popitem(last=False)
        bucket.left = min(rate.burst, bucket.left + (now - bucket.at) * rate.a_minute / 60)
        bucket.at = now
        return bucket
