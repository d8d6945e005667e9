"""The sentences of an article from which key points and names are taken; long ones are not read whole."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from index.text import paragraph_starts, sentence_spans
from index.types import Article, Passage, Vectors
from retrieval.parser import Parsed, Parser
from retrieval.read import sentences_of

MAX_PASSAGES = 24
"""The most passages of an article that are considered, some 2,500 words: they take a second."""

AT_ONCE = 8
"""Sentences: parsed and embedded in a tenth of a second, so that a question does not wait for all of them."""

SAME_PASSAGE = 0.5
"""What a passage loses, in cosine, by one like it that is looked at already."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of an article, parsed (places are counted from ``start``)."""

    passage: Passage  # the one it stands in
    start: int
    end: int
    parsed: Parsed
    opens: bool  # a paragraph begins with it
    is_first: bool  # the article begins with it
    is_whole: bool  # not a piece of one that is longer than a passage

    @property
    def text(self) -> str:
        """Its words."""
        return self.passage.cut(self.start, self.end).text


def sentences_to_choose_from(
    article: Article, passages: Sequence[Passage], vectors: Vectors, parser: Parser
) -> Iterator[list[Sentence]]:
    """Yield the sentences of ``article``, in order, as they are parsed, AT_ONCE at a time.

    Where it has more ``passages``, only those of its MAX_PASSAGES best are taken; the first is always among
    them. ``vectors`` has a unit vector for each passage.
    """
    starts = paragraph_starts(article.text)
    places = _best(vectors) if len(passages) > MAX_PASSAGES else range(len(passages))
    cuts = [(passages[place], cut) for place in places for cut in sentences_of(passages[place], starts)]
    first = passages[0].start if passages else 0
    whole = set(sentence_spans(article.text))
    for place in range(0, len(cuts), AT_ONCE):
        some = cuts[place : place + AT_ONCE]
        parsed = parser.parse([cut.text for _, cut in some])
        yield [
            Sentence(
                passage,
                cut.start,
                cut.end,
                own,
                opens=_is_in(starts, cut.start),
                is_first=cut.start == first,
                is_whole=(cut.start, cut.end) in whole,
            )
            for (passage, cut), own in zip(some, parsed, strict=True)
        ]


def _is_in(starts: Sequence[int], start: int) -> bool:
    place = bisect_left(starts, start)
    return place < len(starts) and starts[place] == start


def _best(vectors: Vectors) -> list[int]:
    """Return the places, in order, of MAX_PASSAGES passages near the middle of all and unlike each other."""
    middle = vectors.mean(axis=0)
    near = vectors @ (middle / max(float(np.linalg.norm(middle)), 1e-9))
    chosen = [0]
    likest = vectors @ vectors[0]
    while len(chosen) < MAX_PASSAGES:
        worth = near - SAME_PASSAGE * likest
        worth[chosen] = -np.inf
        chosen.append(int(worth.argmax()))
        likest = np.maximum(likest, vectors @ vectors[chosen[-1]])
    return sorted(chosen)
