"""What both searches find, joined: the passages worth reading, and where each was found."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from index.search import Search
from index.types import Passage, Vectors
from retrieval.fusion import fuse


@dataclass(frozen=True, slots=True)
class Candidates:
    """The passages of each stage, best first, and the library of every one of them."""

    nearest: tuple[Passage, ...]  # by meaning
    matching: tuple[Passage, ...]  # by words
    fused: tuple[Passage, ...]  # the two joined by rank
    where: Mapping[Passage, Search]


def find_candidates(
    question: str,
    vector: Vectors,
    searches: Sequence[Search],
    k: int,
    articles: Collection[str] | None,
) -> Candidates:
    """At most ``k`` passages of each stage; ``vector`` is the question's. Only within ``articles``, if given.

    A passage that stands in several libraries counts once, as the first one's.
    """
    where: dict[Passage, Search] = {}
    by_meaning = []
    by_words = []
    for search in searches:
        nearest = search.nearest(vector, k, articles)
        matching = search.matching(question, k, articles)
        by_meaning += [(hit.score, hit.passage) for hit in nearest]
        by_words.append([hit.passage for hit in matching])
        where |= {hit.passage: search for hit in (*nearest, *matching) if hit.passage not in where}
    # Cosines compare across libraries, BM25 only within one.
    by_meaning.sort(key=lambda scored: -scored[0])
    ranked = [passage for _, passage in by_meaning[:k]]
    fused = fuse([ranked, *by_words])
    return Candidates(tuple(dict.fromkeys(ranked)), tuple(fuse(by_words)[:k]), tuple(fused[:k]), where)
