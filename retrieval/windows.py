"""The parts of a passage that can be quoted: one sentence, or two neighbours."""

from __future__ import annotations

from dataclasses import dataclass

from index.sentences import sentence_spans
from index.types import Passage
from retrieval.types import Reading

MIN_GAIN = 1.0
"""Logits by which two sentences must beat the better of them alone. More words score higher by themselves."""


@dataclass(frozen=True, slots=True)
class Window:
    """A part of ``passage`` and its most telling sentence, with how well it answers, a logit."""

    passage: Passage
    start: int
    end: int
    best: tuple[int, int]
    answers: float


def sentence_windows(passage: Passage) -> tuple[list[Passage], list[Passage]]:
    """Every sentence of ``passage``, and every two neighbours, in order: each a cut of the passage."""
    spans = [(passage.start + start, passage.start + end) for start, end in sentence_spans(passage.text)]
    sentences = [passage.cut(start, end) for start, end in spans]
    pairs = [passage.cut(one[0], other[1]) for one, other in zip(spans, spans[1:], strict=False)]
    return sentences, pairs


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
