"""Reciprocal rank fusion: several rankings become one.

Cormack, Clarke and Büttcher, "Reciprocal rank fusion outperforms Condorcet and individual rank learning
methods" (SIGIR 2009). Only ranks count, so scores of different scales need no common measure.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Sequence
from typing import TypeVar

SMOOTHING = 10
"""The paper's k, there 60. With rankings of about ten, 10 keeps the first places apart."""

Item = TypeVar("Item", bound=Hashable)


def fuse(rankings: Sequence[Sequence[Item]]) -> list[Item]:
    """Return every item of ``rankings`` once, best first; each ranking is best first.

    An item gets 1 / (SMOOTHING + rank) from every ranking that has it. Of equal ones the first seen leads.
    """
    shares: dict[Item, list[float]] = {}
    for ranking in rankings:
        for rank, item in enumerate(dict.fromkeys(ranking), start=1):
            shares.setdefault(item, []).append(1.0 / (SMOOTHING + rank))
    # Rounded once, so that the same ranks are equal in any order: a sum is not.
    scores = {item: math.fsum(parts) for item, parts in shares.items()}
    return sorted(scores, key=lambda item: -scores[item])
