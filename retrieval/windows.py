"""The parts of a passage that can be quoted: one sentence, or two neighbours."""

from __future__ import annotations

import itertools
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.sentences import sentence_spans
from index.types import Passage
from retrieval.types import Reading

MIN_GAIN = 1.0
"""Logits by which two sentences must beat the better of them alone. More words score higher by themselves."""

_ANOTHER_PARAGRAPH = "\n\n."


@dataclass(frozen=True, slots=True)
class Window:
    """A part of ``passage`` and its most telling sentence, with how well it answers, a logit."""

    passage: Passage
    start: int
    end: int
    best: tuple[int, int]
    answers: float


def sentence_windows(passage: Passage, paragraphs: Sequence[int]) -> tuple[list[Passage], list[Passage]]:
    """Every sentence of ``passage``, and every two neighbours, in order: each a cut of the passage.

    ``paragraphs`` is where those of the whole article start: whether a line break parts two, only it tells.
    """
    sentences = list(_sentences(passage, paragraphs))
    pairs = [passage.cut(one.start, other.end) for one, other in itertools.pairwise(sentences)]
    return sentences, pairs


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
    pairs: list[Passage],
    pair_readings: list[Reading],
) -> Window:
    """The sentence that answers best, or two of which it is one where they answer clearly better.

    The lists are those of ``sentence_windows`` and a reading each. Raises ValueError without a sentence.
    """
    scores = [reading.answers for reading in sentence_readings]
    best = scores.index(max(scores))
    chosen, answers = sentences[best], scores[best]
    for first, (pair, reading) in enumerate(zip(pairs, pair_readings, strict=True)):
        if best in (first, first + 1) and reading.answers > max(scores[best] + MIN_GAIN, answers):
            chosen, answers = pair, reading.answers
    marked = sentences[best]
    return Window(passage, chosen.start, chosen.end, (marked.start, marked.end), answers)
