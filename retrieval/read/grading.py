"""Whether what was read answers, and which of it is worth quoting."""

from __future__ import annotations

from collections.abc import Sequence

from retrieval.settings import RetrievalSettings
from retrieval.types import Grade, Judged, Reading


def answer_score(reading: Reading) -> float:
    """Return how sure it is that the passage answers, a logit: by it, an answer is given or refused.

    Relevance is not mixed in: it has a floor of its own, and where the subject is there and the answer is
    not, every share of it parts the two less well (docs/quality.md).
    """
    return reading.answers


def grade(ranked: Sequence[Judged], settings: RetrievalSettings) -> Grade:
    """Return how well the first of ``ranked``, best first, answers; ``nothing`` where nothing was read."""
    if not ranked or ranked[0][1].relevance < settings.min_relevance:
        return "nothing"
    return "answered" if answer_score(ranked[0][1]) >= settings.min_answers else "close"


def worth_quoting(ranked: Sequence[Judged], settings: RetrievalSettings) -> list[Judged]:
    """Return those of ``ranked``, best first, that answer, else the first, if it is close."""
    reason = grade(ranked, settings)
    if reason == "answered":
        return [pair for pair in ranked if answer_score(pair[1]) >= settings.min_answers]
    return list(ranked[:1]) if reason == "close" else []
