"""The parts of a passage that can be quoted, and which of them one reading of the passage chooses. Pure."""

from __future__ import annotations

import itertools
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from index.sentences import Span, sentence_spans
from index.types import Passage, Vectors
from retrieval.types import Reading

SURE = 0.5
"""The share of a window's weight that lies on a few words where they are marked, and not their sentence."""

FEW = 20
"""Tokens that are still a few words."""

_ANOTHER_PARAGRAPH = "\n\n."


@dataclass(frozen=True, slots=True)
class Window:
    """Sentences in a row of ``passage``, from ``start`` to ``end``, and what is marked in them."""

    passage: Passage
    start: int
    end: int
    best: Span  # the words that answer, where they are few and sure, else the sentence that does


def sentences_of(passage: Passage, paragraphs: Sequence[int]) -> list[Passage]:
    """Every sentence of ``passage``, in order: each a cut of it.

    ``paragraphs`` is where those of the whole article start: whether a line break parts two, only it tells.
    """
    return list(_sentences(passage, paragraphs))


def _sentences(passage: Passage, paragraphs: Sequence[int]) -> Iterator[Passage]:
    inside = paragraphs[bisect_right(paragraphs, passage.start) : bisect_left(paragraphs, passage.end)]
    for start, end in itertools.pairwise([passage.start, *inside, passage.end]):
        # In a text with a blank line no single line break parts paragraphs, and this is all one.
        spans = sentence_spans(passage.cut(start, end).text + _ANOTHER_PARAGRAPH)[:-1]
        yield from (passage.cut(start + first, start + last) for first, last in spans)


def window_of_words(
    passage: Passage, sentences: Sequence[Passage], reading: Reading, most: int, enough: float
) -> Window:
    """The shortest row of sentences that holds ``enough`` (0 to 1) of what the best of ``most`` holds.

    A row weighs the sum over all spans of words inside it of exp(start + end), so more sentences never weigh
    less. Of equal rows the first is taken. Raises ValueError without a sentence.
    """
    borders = [_tokens_in(reading, sentence) for sentence in sentences]
    best: list[
        tuple[float, int]
    ] = []  # of one sentence, of two in a row, ...: its weight, its first sentence
    for count in range(1, min(most, len(sentences)) + 1):
        rows = range(len(sentences) - count + 1)
        weights = [_weight(reading, borders[row][0], borders[row + count - 1][1]) for row in rows]
        best.append((max(weights), weights.index(max(weights))))
    whole = best[-1][0] + np.log(enough)
    count, first = next((n, row) for n, (weight, row) in enumerate(best, 1) if weight >= whole)
    chosen = range(first, first + count)
    sentence = max(chosen, key=lambda row: _weight(reading, *borders[row]))
    marked = _words(passage, reading, borders[first][0], borders[chosen[-1]][1])
    own = sentences[sentence]
    return Window(passage, sentences[first].start, sentences[chosen[-1]].end, marked or (own.start, own.end))


def _tokens_in(reading: Reading, part: Passage) -> tuple[int, int]:
    """The first of the tokens that begin in ``part``, and the first behind them."""
    return (
        bisect_left(reading.tokens, part.start, key=lambda token: token[0]),
        bisect_left(reading.tokens, part.end, key=lambda token: token[0]),
    )


def _weight(reading: Reading, first: int, behind: int) -> float:
    """The log of the sum over all spans within these tokens; without a token, what stands for none."""
    if first >= behind:
        return float(np.finfo(np.float32).min)
    ends = np.logaddexp.accumulate(reading.ends[first:behind][::-1])[::-1]
    return float(np.logaddexp.reduce(reading.starts[first:behind] + ends))


def _words(passage: Passage, reading: Reading, first: int, behind: int) -> Span | None:
    """The fewest words in a row within these tokens that hold SURE of the weight, if they are few."""
    found = _shortest(reading.starts[first:behind], reading.ends[first:behind])
    if found is None:
        return None
    text, left = passage.text, reading.tokens[first + found[0]][0] - passage.start
    right = reading.tokens[first + found[1]][1] - passage.start
    while left > 0 and text[left - 1 : left + 1].isalnum():
        left -= 1
    while right < len(text) and text[right - 1 : right + 1].isalnum():
        right += 1
    return passage.start + left, passage.start + right


def _shortest(starts: Vectors, ends: Vectors) -> tuple[int, int] | None:
    """The first and the last of the fewest tokens that hold SURE of the weight; None if more than FEW do."""
    if not len(starts):
        return None
    scores = np.triu(starts.astype(np.float64)[:, None] + ends[None, :])
    weights = np.triu(np.exp(scores - scores.max()))
    # sums[i, j] is the weight of the spans that begin before token i and end before token j
    sums = np.pad(weights.cumsum(0).cumsum(1), ((1, 0), (1, 0)))
    for count in range(1, min(FEW, len(starts)) + 1):
        first = np.arange(len(starts) - count + 1)
        behind = first + count
        held = sums[behind, behind] - sums[first, behind]  # a span that begins at first ends behind it
        if held.max() >= SURE * sums[-1, -1]:
            return int(held.argmax()), int(held.argmax()) + count - 1
    return None
