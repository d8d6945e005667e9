"""The sentences that together say best what an article is about. Pure.

Each stands alone (``self_contained``). What makes one worth choosing was weighed on articles whose facts were
known: `python -m benchmarks.key_points` compares the choice with the first sentences and with TextRank.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from index.types import Vectors
from retrieval.summaries.self_contained import is_statement, stands_alone
from retrieval.summaries.sentences import Sentence

FEWEST, MOST = 3, 5
"""The most key points; a short article has at most half as many as sentences, but FEWEST at least."""

SHORTEST_CHARS, LONGEST_CHARS = 60, 320
"""A key point is read at a glance."""

OPENS = 2.0  # a paragraph begins by what it is about
LEADS = 3.0  # and an article, too
NAME, MOST_NAMES = 0.3, 3  # a fact is about somebody
NUMBER, MOST_NUMBERS = 0.4, 2  # or counts something
CENTRAL = 0.5  # a standard deviation nearer the middle of all sentences
SAME = 2.0  # a cosine of 1 with a key point that is chosen already
COPY = 0.9  # from this cosine on, two sentences say the same

_NUMBER = re.compile(r"\d[\d.,]*")


def choose_key_points(sentences: Sequence[Sentence], vectors: Vectors) -> list[Sentence]:
    """Return up to MOST of ``sentences``, in order, that stand alone, say much, and do not say the same.

    ``vectors`` has a unit vector for each sentence. A piece of a sentence longer than a passage is never
    chosen. Where no sentence stands alone, the first statement is returned; where there is none, nothing.
    """
    able = [place for place, sentence in enumerate(sentences) if _is_able(sentence)]
    if not able:
        return [sentence for sentence in sentences if sentence.is_whole and is_statement(sentence.text)][:1]
    readable = [place for place in able if _is_readable(sentences[place])] or able
    worth = _worth(sentences, vectors)
    limit = min(MOST, max(FEWEST, len(sentences) // 2), len(readable))
    chosen: list[int] = []
    likest = np.zeros(len(sentences), dtype=np.float32)
    for _ in range(limit):
        left = [place for place in readable if place not in chosen and likest[place] < COPY]
        if not left:
            break
        chosen.append(max(left, key=lambda place: float(worth[place] - SAME * likest[place])))
        likest = np.maximum(likest, vectors @ vectors[chosen[-1]])
    return [sentences[place] for place in sorted(chosen)]


def _is_able(sentence: Sentence) -> bool:
    return sentence.is_whole and stands_alone(sentence.text, sentence.parsed)


def _is_readable(sentence: Sentence) -> bool:
    return SHORTEST_CHARS <= sentence.end - sentence.start <= LONGEST_CHARS


def _worth(sentences: Sequence[Sentence], vectors: Vectors) -> Vectors:
    middle = vectors.mean(axis=0)
    near = vectors @ (middle / max(float(np.linalg.norm(middle)), 1e-9))
    central = (near - near.mean()) / max(float(near.std()), 1e-9)
    own = [_own_worth(sentence) for sentence in sentences]
    return np.asarray(CENTRAL * central + np.array(own), dtype=np.float32)


def _own_worth(sentence: Sentence) -> float:
    names = len({name.text for name in sentence.parsed.names})
    numbers = len(_NUMBER.findall(sentence.text))
    return (
        OPENS * sentence.opens
        + LEADS * sentence.is_first
        + NAME * min(names, MOST_NAMES)
        + NUMBER * min(numbers, MOST_NUMBERS)
    )
