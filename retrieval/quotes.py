"""The best windows of the best passages -> quotes."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from index.types import Passage
from retrieval.types import Quote, Reader, Reading
from retrieval.windows import Window, best_window, sentence_windows

CLEARLY = 2.0
"""Logits by which the first passage must lead for the others to be left out."""

ParagraphsOf = Callable[[Passage], Sequence[int]]
"""Where each paragraph of the passage's article starts, in order."""


def rank_by_reading(
    passages: Sequence[Passage], readings: Sequence[Reading]
) -> list[tuple[Passage, Reading]]:
    """Passages and their readings, the one that answers best first."""
    pairs = list(zip(passages, readings, strict=True))
    return sorted(pairs, key=lambda pair: -(pair[1].relevance + pair[1].answers))


def select_quotes(
    question: str,
    ranked: Sequence[tuple[Passage, Reading]],
    reader: Reader,
    limit: int,
    paragraphs_of: ParagraphsOf,
    *,
    sentences: int,
) -> list[Quote]:
    """At most ``limit`` quotes of the best passages, best first: one where it is clearly the answer.

    ``ranked`` is best first and may be empty; a quote has ``sentences`` in a row at most. Its score is its
    passage's: read with what stands around it, the answer is judged best.
    """
    if not ranked:
        return []
    lead = ranked[0][1].answers
    near = [pair for pair in ranked if pair[1].answers >= lead - CLEARLY][:limit]
    windows = read_windows(question, [passage for passage, _ in near], reader, paragraphs_of, sentences)
    return [
        Quote(window.passage, window.start, window.end, window.best, probability(reading.answers))
        for window, (_, reading) in zip(windows, near, strict=True)
    ]


def read_windows(
    question: str, passages: Sequence[Passage], reader: Reader, paragraphs_of: ParagraphsOf, most: int
) -> list[Window]:
    """The best window of each passage, ``most`` sentences at most. All windows are read in one batch."""
    parts = [sentence_windows(passage, paragraphs_of(passage), most) for passage in passages]
    readings = iter(
        reader.read(question, [window for pair in parts for windows in pair for window in windows])
    )
    return [
        best_window(
            passage,
            alone,
            [next(readings) for _ in alone],
            rows,
            [next(readings) for _ in rows],
        )
        for passage, (alone, rows) in zip(passages, parts, strict=True)
    ]


def probability(logit: float) -> float:
    """The logistic function: 0 to 1."""
    return 1.0 / (1.0 + math.exp(-logit)) if logit >= 0 else math.exp(logit) / (1.0 + math.exp(logit))
