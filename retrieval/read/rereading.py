"""The window of a passage for a reader without answer words: each window is read in a second pass."""

from __future__ import annotations

from collections.abc import Sequence

from index.types import Passage
from retrieval.read.windows import Window
from retrieval.types import Reader, Reading

MIN_GAIN = 1.0
"""Logits by which several sentences must beat the best of them alone. More words score higher anyway."""


def rows_of(passage: Passage, sentences: Sequence[Passage], most: int) -> list[Passage]:
    """Return every two to ``most`` of the sentences in a row as cuts of ``passage``, shorter rows first."""
    return [
        passage.cut(first.start, last.end)
        for count in range(2, most + 1)
        for first, last in zip(sentences, sentences[count - 1 :], strict=False)
    ]


def read_windows(
    question: str, parts: Sequence[tuple[Passage, Sequence[Passage]]], reader: Reader, most: int
) -> list[Window]:
    """Return the best window of each passage, given with its sentences. All are read together."""
    rows = [rows_of(passage, sentences, most) for passage, sentences in parts]
    windows = [
        window for (_, sentences), more in zip(parts, rows, strict=True) for window in (*sentences, *more)
    ]
    readings = iter(reader.read(question, windows))
    return [
        best_window(
            passage, sentences, [next(readings) for _ in sentences], more, [next(readings) for _ in more]
        )
        for (passage, sentences), more in zip(parts, rows, strict=True)
    ]


def best_window(
    passage: Passage,
    sentences: Sequence[Passage],
    sentence_readings: Sequence[Reading],
    rows: Sequence[Passage],
    row_readings: Sequence[Reading],
) -> Window:
    """Return the sentence that answers best, or several in a row with it that answer clearly better.

    Raises ValueError without a sentence.
    """
    scores = [reading.answers for reading in sentence_readings]
    best = scores.index(max(scores))
    chosen = marked = sentences[best]
    answers = scores[best]
    for row, reading in zip(rows, row_readings, strict=True):
        holds_best = row.start <= marked.start and marked.end <= row.end
        if holds_best and reading.answers > max(scores[best] + MIN_GAIN, answers):
            chosen, answers = row, reading.answers
    return Window(passage, chosen.start, chosen.end, (marked.start, marked.end))
