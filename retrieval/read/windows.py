"""The parts of a passage that can be quoted, and which of them one reading of the passage chooses. Pure."""

from __future__ import annotations

import itertools
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from index.text import Span, sentence_spans
from index.types import Passage, Vectors
from retrieval.types import Reading

FEW = 20
"""Tokens that are still a few words."""

SURE = 0.5
"""How likely an answer must begin and end where a few words are marked, and not their sentence; 0 to 1."""

NEAR = 5
"""Tokens by which two borders of one answer may differ, as those of "Boris" and "the mayor Boris" do."""

_ANOTHER_PARAGRAPH = "\n\n."


@dataclass(frozen=True, slots=True)
class Window:
    """Sentences in a row of ``passage``, from ``start`` to ``end``, and what is marked in them."""

    passage: Passage
    start: int
    end: int
    best: Span  # the words that answer, where they are few and sure, else the sentence that does


def sentences_of(passage: Passage, paragraphs: Sequence[int]) -> list[Passage]:
    """Return every sentence of ``passage``, in order, as a cut of it.

    ``paragraphs`` is where those of the whole article start: only it tells whether a line break parts two.
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
    """Return the shortest row of sentences that holds enough of the answer.

    A row is weighed by the sum over all spans of words inside it of exp(start + end), so more sentences never
    weigh less. ``enough`` (over 0, to 1) is the share it must hold of what the best row of ``most`` sentences
    holds. Of equal rows the first is taken. Raises ValueError without a sentence.
    """
    borders = [_tokens_in(reading, sentence) for sentence in sentences]
    # The best row of one sentence, of two, ...: its weight and its first sentence.
    best: list[tuple[float, int]] = []
    for count in range(1, min(most, len(sentences)) + 1):
        rows = range(len(sentences) - count + 1)
        weights = [_weight(reading, borders[row][0], borders[row + count - 1][1]) for row in rows]
        best.append((max(weights), weights.index(max(weights))))
    needed = best[-1][0] + np.log(enough)
    count, first = next((n, row) for n, (weight, row) in enumerate(best, 1) if weight >= needed)
    chosen = range(first, first + count)
    sentence = max(chosen, key=lambda row: _weight(reading, *borders[row]))
    marked = _words(passage, reading, borders[first][0], borders[chosen[-1]][1])
    own = sentences[sentence]
    return Window(passage, sentences[first].start, sentences[chosen[-1]].end, marked or (own.start, own.end))


def _tokens_in(reading: Reading, part: Passage) -> tuple[int, int]:
    """Return the first of the tokens that begin in ``part``, and the first behind them."""
    return (
        bisect_left(reading.tokens, part.start, key=lambda token: token[0]),
        bisect_left(reading.tokens, part.end, key=lambda token: token[0]),
    )


def _weight(reading: Reading, first: int, behind: int) -> float:
    """Return the log of the sum over all spans within these tokens; the lowest number without a token."""
    if first >= behind:
        return float(np.finfo(np.float32).min)
    ends = np.logaddexp.accumulate(reading.ends[first:behind][::-1])[::-1]
    return float(np.logaddexp.reduce(reading.starts[first:behind] + ends))


def _words(passage: Passage, reading: Reading, first: int, behind: int) -> Span | None:
    """Return the heaviest span of few words within these tokens; None unless the answer is SURE to be there.

    Other borders of the same answer, NEAR its own, speak for it; another answer elsewhere speaks against it.
    """
    if first >= behind:
        return None
    starts, ends = reading.starts[first:behind], reading.ends[first:behind]
    start, end = _heaviest(starts, ends)
    begins = _share(starts, max(0, start - NEAR), end + 1)
    if begins * _share(ends, start, end + 1 + NEAR) < SURE:
        return None
    text, left = passage.text, reading.tokens[first + start][0] - passage.start
    right = reading.tokens[first + end][1] - passage.start
    while left > 0 and text[left - 1 : left + 1].isalnum():
        left -= 1
    while right < len(text) and text[right - 1 : right + 1].isalnum():
        right += 1
    return passage.start + left, passage.start + right


def _share(logits: Vectors, first: int, behind: int) -> float:
    """Return the share of the exponentials that lies from ``first`` to before ``behind``."""
    weights = np.exp(logits.astype(np.float64) - logits.max())
    return float(weights[first:behind].sum() / weights.sum())


def _heaviest(starts: Vectors, ends: Vectors) -> tuple[int, int]:
    """Return the first and last token of the span with the highest start + end, of at most FEW tokens."""
    scores = starts[:, None] + ends[None, :]
    length = np.arange(len(ends))[None, :] - np.arange(len(starts))[:, None]
    scores = np.where((length < 0) | (length >= FEW), -np.inf, scores)
    start, end = np.unravel_index(int(scores.argmax()), scores.shape)
    return int(start), int(end)
