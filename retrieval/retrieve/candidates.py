"""What both searches find, joined: the passages worth reading, and where each was found."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from index.protocols import Search
from index.types import Passage, Vectors
from retrieval.retrieve.fusion import fuse
from retrieval.retrieve.near_duplicates import NearDuplicates


@dataclass(frozen=True, slots=True)
class Candidates:
    """The passages of each stage, best first, and the library of every one of them."""

    nearest: tuple[Passage, ...]  # by meaning
    matching: tuple[Passage, ...]  # by words
    fused: tuple[Passage, ...]  # the two joined by rank
    where: Mapping[Passage, Search]
    near_duplicates: NearDuplicates = field(default_factory=NearDuplicates)  # of the articles there


@dataclass(frozen=True, slots=True)
class _Rankings:
    """What the searches found, best first: by meaning all together, by words in each library."""

    by_meaning: Sequence[Passage]
    by_words: Sequence[Sequence[Passage]]
    where: Mapping[Passage, Search]

    def fused(self) -> list[Passage]:
        return fuse([self.by_meaning, *self.by_words])

    def first(self, k: int, near_duplicates: NearDuplicates) -> Candidates:
        by_meaning, by_words = self.by_meaning[:k], [found[:k] for found in self.by_words]
        return Candidates(
            tuple(dict.fromkeys(by_meaning)),
            tuple(fuse(by_words)[:k]),
            tuple(fuse([by_meaning, *by_words])[:k]),
            self.where,
            near_duplicates,
        )

    def with_instead(self, instead: Mapping[Passage, Passage]) -> _Rankings:
        """Return the rankings with each passage once, at the best place of all those it stands for."""

        def once(found: Sequence[Passage]) -> list[Passage]:
            return [*dict.fromkeys(instead.get(passage, passage) for passage in found)]

        return _Rankings(once(self.by_meaning), [once(found) for found in self.by_words], self.where)


def find_all(
    question: str,
    vector: Vectors,
    searches: Sequence[Search],
    k: int,
    articles: Collection[str] | None,
) -> Candidates:
    """Return at most ``k`` passages of each stage; only within ``articles``, if given.

    ``vector`` is the question's. A passage that stands in several libraries counts once, as the first one's.
    """
    return _rankings(question, vector, searches, k, articles).first(k, NearDuplicates(searches))


def find_candidates(
    question: str,
    vector: Vectors,
    searches: Sequence[Search],
    k: int,
    articles: Collection[str] | None,
) -> Candidates:
    """Return at most ``k`` passages of each stage, with one in place of near-duplicates that say the same.

    Others move up into the places that become free. Behind the passages of ``fused`` come a few more that say
    nearly what one of them says, but not quite. ``vector`` is the question's; only ``articles`` are searched,
    if given.
    """
    near_duplicates = NearDuplicates(searches)
    searched = k
    while True:
        found = _rankings(question, vector, searches, searched, articles)
        instead = near_duplicates.instead(question, found.fused())
        once = found.with_instead(instead)
        ends = [(once.by_meaning, found.by_meaning), *zip(once.by_words, found.by_words, strict=True)]
        if all(len(few) >= k or len(every) < searched for few, every in ends):
            first = once.first(k, near_duplicates)
            kept = {passage: other for passage, other in instead.items() if other in first.fused}
            return replace(first, fused=(*first.fused, *near_duplicates.variants(question, kept)))
        searched *= 2


def _rankings(
    question: str,
    vector: Vectors,
    searches: Sequence[Search],
    k: int,
    articles: Collection[str] | None,
) -> _Rankings:
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
    return _Rankings([passage for _, passage in by_meaning[:k]], by_words, where)
