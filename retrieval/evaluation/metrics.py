"""How good rankings, quotes and refusals were: pure arithmetic. A share of nothing is None."""

from __future__ import annotations

import bisect
import math
import re
from collections.abc import Iterable, Sequence

MAX_ANSWER_CHARS = 100
"""A longer answer is no phrase of the text, but somebody's summary of it: no quote holds it word for word."""

_ARTICLES = re.compile(r"\b(?:a|an|the)\b")
_PUNCTUATION = re.compile(r"[^\w\s]")


def first_rank(are_right: Iterable[bool]) -> int | None:
    """Return the rank, from 1, of the first that is right; None if none is."""
    return next((rank for rank, is_right in enumerate(are_right, start=1) if is_right), None)


def recall_at(k: int, ranks: Sequence[int | None]) -> float | None:
    """Return the share of questions whose first right passage has one of the ranks 1 to ``k``."""
    return share(rank is not None and rank <= k for rank in ranks)


def mean_reciprocal_rank(ranks: Sequence[int | None]) -> float | None:
    """Return the mean of 1 / rank over all questions, 0 for one whose right passage was not found."""
    return sum(1.0 / rank for rank in ranks if rank) / len(ranks) if ranks else None


def share(flags: Iterable[bool]) -> float | None:
    """Return the share of ``flags`` that are true, 0 to 1."""
    counted = list(flags)
    return sum(counted) / len(counted) if counted else None


def auroc(positive: Sequence[float], negative: Sequence[float]) -> float | None:
    """Return the chance that one of ``positive`` is higher than one of ``negative``; equal ones count half.

    0.5 is a coin, 1 is perfect: the area under the curve of true over false positives.
    """
    if not positive or not negative:
        return None
    ordered = sorted(negative)
    won = sum(bisect.bisect_left(ordered, score) + bisect.bisect_right(ordered, score) for score in positive)
    return won / (2 * len(positive) * len(negative))


def refused_at(kept: float, positive: Sequence[float], negative: Sequence[float]) -> float | None:
    """Return the share of ``negative`` under the highest threshold that keeps ``kept`` of ``positive``.

    ``kept`` is a share, too, 0 to 1.
    """
    if not positive or not negative:
        return None
    refused = math.floor((1.0 - kept) * len(positive) + 1e-9)
    threshold = sorted(positive)[min(refused, len(positive) - 1)]
    return sum(score < threshold for score in negative) / len(negative)


def normal_form(text: str) -> str:
    """Return ``text`` as answers are compared, after SQuAD: lower case, no articles, no punctuation."""
    return " ".join(_ARTICLES.sub(" ", _PUNCTUATION.sub("", text.lower())).split())


def phrases(answers: Sequence[str] | None) -> list[str]:
    """Return the normal forms of those ``answers`` that are compared by their words.

    Left out are those over MAX_ANSWER_CHARS, and those of which the normal form leaves nothing.
    """
    short = (normal_form(answer) for answer in answers or () if len(answer) <= MAX_ANSWER_CHARS)
    return [phrase for phrase in short if phrase]


def holds_answer(quote: str, overlaps_span: bool, answers: Sequence[str] | None) -> bool:
    """Return whether ``quote`` contains one of ``answers`` in normal form.

    Where there are none, or one of them is not compared by its words, it is enough that the quote overlaps
    an answer span.
    """
    compared = phrases(answers)
    normal = normal_form(quote)
    by_span = answers is None or len(compared) < len(answers)
    return any(phrase in normal for phrase in compared) or (by_span and overlaps_span)
