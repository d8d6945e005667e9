"""The best windows of the best passages -> quotes."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from index.types import Passage
from retrieval.read import Window, answer_score, read_windows, sentences_of, window_of_words
from retrieval.retrieve import NearDuplicates
from retrieval.types import Quote, Reader, Reading

CLEARLY = 1.0
"""Logits by which the first passage must lead for the others to be left out."""

SPARE = 3
"""How many further passages are considered, as some may repeat the best words of a better one."""

ParagraphsOf = Callable[[Passage], Sequence[int]]
"""Where each paragraph of the passage's article starts, in order."""

Judged = tuple[Passage, Reading]

NO_NEAR_DUPLICATES = NearDuplicates()


def rank_by_reading(passages: Sequence[Passage], readings: Sequence[Reading]) -> list[Judged]:
    """Return passages and their readings, the one that answers best first."""
    pairs = list(zip(passages, readings, strict=True))
    return sorted(pairs, key=lambda pair: -(pair[1].relevance + pair[1].answers))


def select_quotes(
    question: str,
    ranked: Sequence[Judged],
    reader: Reader,
    limit: int,
    paragraphs_of: ParagraphsOf,
    *,
    sentences: int,
    enough: float,
    lead: float,
    near_duplicates: NearDuplicates = NO_NEAR_DUPLICATES,
) -> list[Quote]:
    """Return at most ``limit`` quotes of the best passages, best first; one where it is clearly the answer.

    Others are quoted where the first leads them by at most ``lead`` logits. ``ranked`` is best first and may
    be empty. A quote has at most ``sentences`` in a row, and no more than hold ``enough`` of what that many
    hold. No two say the same, nor have one sentence of near-duplicates. A quote's score is its passage's:
    read with what stands around it, the answer is judged best.
    """
    if not ranked:
        return []
    best = answer_score(ranked[0][1])
    near = [pair for pair in _unlike(ranked) if answer_score(pair[1]) >= best - lead]
    near = near[: limit + SPARE] if near[0][1].tokens else near[:limit]
    parts = [(passage, sentences_of(passage, paragraphs_of(passage))) for passage, _ in near]
    windows: list[Window]
    if near[0][1].tokens:
        windows = [
            window_of_words(passage, own, reading, sentences, enough)
            for (passage, own), (_, reading) in zip(parts, near, strict=True)
        ]
    else:
        windows = read_windows(question, parts, reader, sentences)
    quotes = [
        Quote(window.passage, window.start, window.end, window.best, probability(answer_score(reading)))
        for window, (_, reading) in zip(windows, near, strict=True)
    ]
    return near_duplicates.unlike(quotes)[:limit]


def _unlike(ranked: Sequence[Judged]) -> list[Judged]:
    """Return the passages without those that repeat a better one word for word."""
    first: dict[str, Judged] = {}
    for passage, reading in ranked:
        first.setdefault(" ".join(passage.text.casefold().split()), (passage, reading))
    return list(first.values())


def probability(logit: float) -> float:
    """Return the logistic function of ``logit``, 0 to 1."""
    return 1.0 / (1.0 + math.exp(-logit)) if logit >= 0 else math.exp(logit) / (1.0 + math.exp(logit))
