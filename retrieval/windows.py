"""The parts of a passage that can be quoted: one sentence, or several in a row."""

from __future__ import annotations

import itertools
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.sentences import sentence_spans
from index.types import Passage
from retrieval.types import Reading

MIN_GAIN = 1.0
"""Logits by which several sentences must beat the best of them alone. More words score higher anyway."""

_ANOTHER_PARAGRAPH = "\n\n."


@dataclass(frozen=True, slots=True)
class Window:
    """A part of ``passage`` and its most telling sentence, with how well it answers, a logit."""

    passage: Passage
    start: int
    end: int
    best: tuple[int, int]
    answers: float


def sentence_windows(
    passage: Passage, paragraphs: Sequence[int], most: int
) -> tuple[list[Passage], list[Passage]]:
    """Every sentence of ``passage``, and every two to ``most`` in a row, the shorter first: cuts of it.

    ``paragraphs`` is where those of the whole article start: whether a line break parts two, only it tells.
    """
    sentences = list(_sentences(passage, paragraphs))
    rows = [
        passage.cut(first.start, last.end)
        for count in range(2, most + 1)
        for first, last in zip(sentences, sentences[count - 1 :], strict=False)
    ]
    return sentences, rows


def _sentences(passage: Passage, paragraphs: Sequence[int]) -> Iterator[Passage]:
    inside = paragraphs[bisect_right(paragraphs, passage.start) : bisect_left(paragraphs, passage.end)]
    for start, end in itertools.pairwise([passage.start, *inside, passage.end]):
        # In a text with a blank line no single line break parts paragraphs, and this is all one.
        spans = sentence_spans(passage.cut(start, end).text + _ANOTHER_PARAGRAPH)[:-1]
        yield from (passage.cut(start + first, start + last) for first, last in spans)


def best_window(
    passage: Passage,
    sentences: list[Passage],
    sentence_readings: list[Reading],
    rows: list[Passage],
    row_readings: list[Reading],
) -> Window:
    """The sentence that answers best, or several in a row with it that answer clearly better.

    The lists are those of ``sentence_windows`` and a reading each. Raises ValueError without a sentence.
    """
    scores = [reading.answers for reading in sentence_readings]
    best = scores.index(max(scores))
    chosen = marked = sentences[best]
    answers = scores[best]
    for row, reading in zip(rows, row_readings, strict=True):
        holds_best = row.start <= marked.start and marked.end <= row.end
        if holds_best and reading.answers > max(scores[best] + MIN_GAIN, answers):
            chosen, answers = row, reading.answers
    return Window(passage, chosen.start, chosen.end, (marked.start, marked.end), answers)
