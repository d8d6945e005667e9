"""Evidence -> quotes: the best window of each passage."""

from __future__ import annotations

import math
from collections.abc import Sequence

from index.text import paragraph_starts
from index.types import Passage
from retrieval.read import Window, answer_score, read_windows, sentences_of, window_of_words
from retrieval.retrieve import NearDuplicates
from retrieval.types import Evidence, Judged, Quote, Reader, Reading

CLEARLY = 1.0
"""Logits by which the first passage must lead for the others to be left out."""

SPARE = 3
"""How many further passages are considered, as some may repeat the best words of a better one."""

NO_NEAR_DUPLICATES = NearDuplicates()


def rank_by_reading(passages: Sequence[Passage], readings: Sequence[Reading]) -> list[Judged]:
    """Return passages and their readings, the one that answers best first."""
    pairs = list(zip(passages, readings, strict=True))
    return sorted(pairs, key=lambda pair: -(pair[1].relevance + pair[1].answers))


def leading(ranked: Sequence[Judged], limit: int, lead: float) -> list[Judged]:
    """Return those of ``ranked``, best first, of which ``limit`` quotes may be made, and a few to spare.

    The first leads them by at most ``lead`` logits; a passage that repeats a better one word for word is left
    out. There are none to spare where a reader cannot tell words, as it reads them all once more.
    """
    if not ranked:
        return []
    best = answer_score(ranked[0][1])
    near = [pair for pair in _unlike(ranked) if answer_score(pair[1]) >= best - lead]
    return near[: limit + SPARE] if near[0][1].tokens else near[:limit]


def quotes_of(
    question: str,
    evidence: Sequence[Evidence],
    reader: Reader,
    limit: int,
    *,
    sentences: int,
    enough: float,
    near_duplicates: NearDuplicates = NO_NEAR_DUPLICATES,
) -> list[Quote]:
    """Return at most ``limit`` quotes, one of each of ``evidence``, in its order.

    A quote has at most ``sentences`` in a row, and no more than hold ``enough`` of what that many hold. No
    two say the same, nor have one sentence of near-duplicates. A quote's score is its passage's: read with
    what stands around it, the answer is judged best.
    """
    articles = {found.article.id: found.article for found in evidence}
    paragraphs = {article.id: paragraph_starts(article.text) for article in articles.values()}
    parts = [(found.passage, sentences_of(found.passage, paragraphs[found.article.id])) for found in evidence]
    windows: list[Window]
    if evidence and evidence[0].reading.tokens:
        windows = [
            window_of_words(passage, own, found.reading, sentences, enough)
            for (passage, own), found in zip(parts, evidence, strict=True)
        ]
    else:
        windows = read_windows(question, parts, reader, sentences)
    quotes = [
        Quote(
            found.library,
            found.article,
            window.passage,
            window.start,
            window.end,
            window.best,
            probability(answer_score(found.reading)),
        )
        for window, found in zip(windows, evidence, strict=True)
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
