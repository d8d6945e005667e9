"""What both searches find, joined: the passages worth reading, which become evidence once they are read."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from index.protocols import Search
from index.types import Passage, Vectors
from retrieval.retrieve.fusion import fuse
from retrieval.retrieve.near_duplicates import NearDuplicates
from retrieval.types import Evidence, Judged

MORE_OF_OTHERS = 4
"""Passages that are read for a further text of the same question, besides those of the first."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """The passages of each stage, best first, and the library of every one of them."""

    nearest: tuple[Passage, ...]  # by meaning
    matching: tuple[Passage, ...]  # by words
    fused: tuple[Passage, ...]  # the two joined by rank
    searches: Mapping[Passage, Search]  # in which each was found first
    near_duplicates: NearDuplicates = field(default_factory=NearDuplicates)  # of the articles there

    def evidence(self, judged: Sequence[Judged]) -> list[Evidence]:
        """Load the article of each passage; return them in order, without articles removed meanwhile."""
        found = []
        for passage, reading in judged:
            search = self.searches[passage]
            article = search.article(passage.article_id)
            if article is not None:
                found.append(Evidence(search.name, article, passage, reading))
        return found


@dataclass(frozen=True, slots=True)
class _Rankings:
    """What the searches found, best first: by meaning all together, by words in each library."""

    by_meaning: Sequence[Passage]
    by_words: Sequence[Sequence[Passage]]
    searches: Mapping[Passage, Search]

    def fused(self) -> list[Passage]:
        return fuse([self.by_meaning, *self.by_words])

    def first(self, k: int, near_duplicates: NearDuplicates) -> Candidates:
        by_meaning, by_words = self.by_meaning[:k], [found[:k] for found in self.by_words]
        return Candidates(
            tuple(dict.fromkeys(by_meaning)),
            tuple(fuse(by_words)[:k]),
            tuple(fuse([by_meaning, *by_words])[:k]),
            self.searches,
            near_duplicates,
        )

    def with_instead(self, instead: Mapping[Passage, Passage]) -> _Rankings:
        """Return the rankings with each passage once, at the best place of all those it stands for."""

        def once(found: Sequence[Passage]) -> list[Passage]:
            return [*dict.fromkeys(instead.get(passage, passage) for passage in found)]

        return _Rankings(once(self.by_meaning), [once(found) for found in self.by_words], self.searches)


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


def join_candidates(texts: Sequence[str], found: Sequence[Candidates]) -> Candidates:
    """Return what the first text found, then the best of each other text; near-duplicates once.

    Of every stage of another text, MORE_OF_OTHERS passages are taken.
    """
    if len(found) == 1:
        return found[0]
    near_duplicates = found[0].near_duplicates
    fused = _joined([candidates.fused for candidates in found])
    instead = near_duplicates.instead(" ".join(texts), fused)
    return Candidates(
        _joined([candidates.nearest for candidates in found]),
        _joined([candidates.matching for candidates in found]),
        (
            *(passage for passage in fused if passage not in instead),
            *near_duplicates.variants(" ".join(texts), instead),
        ),
        {passage: search for candidates in found for passage, search in candidates.searches.items()},
        near_duplicates,
    )


def _joined(found: Sequence[Sequence[Passage]]) -> tuple[Passage, ...]:
    others = (passage for passages in found[1:] for passage in passages[:MORE_OF_OTHERS])
    return tuple(dict.fromkeys([*found[0], *others]))


def _rankings(
    question: str,
    vector: Vectors,
    searches: Sequence[Search],
    k: int,
    articles: Collection[str] | None,
) -> _Rankings:
    found_in: dict[Passage, Search] = {}
    by_meaning = []
    by_words = []
    for search in searches:
        nearest = search.nearest(vector, k, articles)
        matching = search.matching(question, k, articles)
        by_meaning += [(hit.score, hit.passage) for hit in nearest]
        by_words.append([hit.passage for hit in matching])
        for hit in (*nearest, *matching):
            found_in.setdefault(hit.passage, search)
    # Cosines compare across libraries, BM25 only within one.
    by_meaning.sort(key=lambda scored: -scored[0])
    return _Rankings([passage for _, passage in by_meaning[:k]], by_words, found_in)
