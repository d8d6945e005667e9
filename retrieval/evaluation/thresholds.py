"""Two thresholds from questions whose answers are known: pure arithmetic."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass

LOWEST, HIGHEST = -20.0, 20.0
"""A threshold is a logit between these, as in the settings."""

LOST_AT_MOST = 0.01
"""The share of the right quotes that the floor of relevance may cost."""

MARGIN = 1.0
"""How far from the scores, in logits, a threshold is put that has them all on one side."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a question would get if nothing were refused. Scores are logits, -inf without a quote."""

    is_answerable: bool  # the articles answer it
    is_right: bool  # the quote holds the words; never where nothing answers
    relevance: float
    answers: float


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Under ``min_relevance`` nothing is close; under ``min_answers`` the closest is no answer."""

    min_relevance: float
    min_answers: float

    def shows(self, outcome: Outcome) -> bool:
        """Return whether the quote is shown."""
        return outcome.relevance >= self.min_relevance and outcome.answers >= self.min_answers


@dataclass(frozen=True, slots=True)
class Tally:
    """How many questions fare how under some thresholds."""

    count: int
    answerable: int
    shown: int
    right_shown: int
    unanswerable_refused: int
    wrong_refused: int  # of all: a quote that would have been wrong, or answered nothing

    @property
    def goal(self) -> float:
        """The share of questions, 0 to 1, where the right quote is shown or no wrong one is."""
        return (self.right_shown + self.wrong_refused) / self.count


def tally(outcomes: Sequence[Outcome], thresholds: Thresholds) -> Tally:
    """Count ``outcomes``, of which there is one at least."""
    shown = [outcome for outcome in outcomes if thresholds.shows(outcome)]
    refused = [outcome for outcome in outcomes if not thresholds.shows(outcome)]
    return Tally(
        len(outcomes),
        sum(outcome.is_answerable for outcome in outcomes),
        len(shown),
        sum(outcome.is_right for outcome in shown),
        sum(not outcome.is_answerable for outcome in refused),
        sum(not outcome.is_right for outcome in refused),
    )


def choose_thresholds(outcomes: Sequence[Outcome]) -> Thresholds:
    """Return the floor that keeps the right quotes, and the ``min_answers`` with the best goal over it.

    Each lies in the middle of the gap between two scores; of equally good gaps the widest is taken. Raises
    ValueError without a right quote.
    """
    floor = choose_floor(outcomes)
    over = [outcome.answers for outcome in outcomes if outcome.relevance >= floor]

    def worth(gap: tuple[float, float]) -> tuple[float, float]:
        return tally(outcomes, Thresholds(floor, middle_of(gap))).goal, gap[1] - gap[0]

    return Thresholds(floor, middle_of(max(gaps(over), key=worth)))


def choose_floor(outcomes: Sequence[Outcome]) -> float:
    """Return the highest relevance to ask for that costs at most LOST_AT_MOST of the right quotes."""
    right = sorted(outcome.relevance for outcome in outcomes if outcome.is_right)
    if not right:
        raise ValueError("no quote is right")
    lowest_kept = right[math.floor(LOST_AT_MOST * len(right))]
    below = [outcome.relevance for outcome in outcomes if outcome.relevance < lowest_kept]
    return middle_of((max(max(below, default=-math.inf), lowest_kept - 2 * MARGIN), lowest_kept))


def gaps(scores: Sequence[float]) -> list[tuple[float, float]]:
    """Return the gaps between scores in which a threshold may lie, in order.

    A score below the threshold is refused, one above it shown.
    """
    inside = sorted({score for score in scores if LOWEST < score < HIGHEST})
    if not inside:
        return [(LOWEST, HIGHEST)]
    ends = max(LOWEST, inside[0] - 2 * MARGIN), min(HIGHEST, inside[-1] + 2 * MARGIN)
    return list(itertools.pairwise([ends[0], *inside, ends[1]]))


def middle_of(gap: tuple[float, float]) -> float:
    """Return the middle of a gap, with as few digits as possible; its end is within it, its start is not."""
    start, end = max(gap[0], LOWEST), min(gap[1], HIGHEST)
    middle = (start + end) / 2
    rounded = (round(middle, digits) for digits in range(1, 17))
    return next((value for value in rounded if start < value <= end), max(end, LOWEST))


def wilson(right: int, count: int) -> tuple[float, float]:
    """Return between which shares, 0 to 1, the true one lies with 95 % certainty.

    ``right`` of ``count`` were seen. Wilson, "Probable inference, the law of succession, and statistical
    inference" (1927).
    """
    if not count:
        return 0.0, 1.0
    z = 1.959964
    share, spread = right / count, z * z / count
    centre = (share + spread / 2) / (1 + spread)
    reach = z * math.sqrt(share * (1 - share) / count + spread / (4 * count)) / (1 + spread)
    return max(0.0, centre - reach), min(1.0, centre + reach)
