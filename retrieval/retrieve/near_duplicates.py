"""Near-duplicates among what is found and quoted: one stands for all, and no sentence is quoted twice.

Which articles are near-duplicates, their signatures say (``index.text.minhash``). What they share is judged
sentence by sentence, as passages may begin and end elsewhere in each, and one may say what the others do not.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar

from index.protocols import Search
from index.text import (
    STOP_WORDS,
    Signature,
    are_near_duplicates,
    group_near_duplicates,
    sentence_spans,
    shingles_of,
    words_to_search,
)
from index.text.minhash import SHINGLE_WORDS
from index.types import Passage
from retrieval.types import Quote

SAID = 0.5
"""From this share of its shingles on, 0 to 1, a sentence is said by another text."""

MORE = 4
"""How many passages are read in addition that say nearly what one of the others says, but not quite."""

BEGINNING = 5
"""Words that share this many first letters may be forms of one: founded, founder."""

_WORD = re.compile(r"\w+")

T = TypeVar("T")


class NearDuplicates:
    """The near-duplicates among the articles of these libraries."""

    def __init__(self, searches: Sequence[Search] = ()) -> None:
        self._searches = searches
        self._signatures: dict[str, Signature | None] = {}  # None: none is kept of it

    def instead(self, question: str, ranked: Sequence[Passage]) -> dict[Passage, Passage]:
        """Return the passages of ``ranked``, best first, that a better one stands for, and which one.

        Such a passage is of a near-duplicate, and says about what the better ones say. It is kept where a
        sentence of its own may be asked for.
        """
        article_ids = {passage.article_id for passage in ranked}
        near_duplicates = group_near_duplicates(self._known(article_ids)) if len(article_ids) > 1 else {}
        if not near_duplicates:
            return {}
        asked = _beginnings(words_to_search(question))
        kept: list[Passage] = []
        instead: dict[Passage, Passage] = {}
        for passage in ranked:
            near = near_duplicates.get(passage.article_id, frozenset())
            better = [other for other in kept if other.article_id in near]
            if better and _is_said(passage.text, [other.text for other in better], asked):
                own = _shingles(passage.text)
                instead[passage] = max(better, key=lambda other: len(own & _shingles(other.text)))
            else:
                kept.append(passage)
        return instead

    def variants(self, question: str, instead: Mapping[Passage, Passage]) -> list[Passage]:
        """Return at most MORE of the passages in ``instead`` that may answer otherwise, in order.

        They have a sentence with a word of the question in which stands a word that neither the passage in
        their place has, nor one that comes before them here.
        """
        asked = _beginnings(words_to_search(question))
        known: dict[Passage, set[str]] = {}
        variants: list[Passage] = []
        for passage, better in instead.items():
            said = known.setdefault(better, {*_words(better.text), *STOP_WORDS})
            words = [_words(sentence) for sentence in _sentences(passage.text)]
            if any(asked & _beginnings(own) and not said.issuperset(own) for own in words):
                variants.append(passage)
                said.update(_words(passage.text))
        return variants[:MORE]

    def unlike(self, ranked: Sequence[Quote]) -> list[Quote]:
        """Return the quotes, best first, without those that repeat a better one.

        Nor is a sentence of a near-duplicate quoted again.
        """
        kept: list[Quote] = []
        for quote in ranked:
            if not any(self._repeats(quote, better) for better in kept):
                kept.append(quote)
        return kept

    def new(self, ranked: Sequence[T], quote_of: Callable[[T], Quote]) -> list[T]:
        """Return the items that have quotes, best first, without those that say nothing new.

        Their words are quoted already, or every sentence of them is from a near-duplicate.
        """
        kept: list[T] = []
        for item in ranked:
            quote = quote_of(item)
            if any(_is_within(quote.text, better.text) for better in map(quote_of, kept)):
                continue
            near = [better for better in map(quote_of, kept) if self._are_near(quote, better)]
            if not _is_answered(quote, near) or not _is_said(
                quote.text, [better.text for better in near], None
            ):
                kept.append(item)
        return kept

    def _repeats(self, quote: Quote, better: Quote) -> bool:
        if _is_within(quote.text, better.text) or _is_within(better.text, quote.text):
            return True
        return (
            self._are_near(quote, better)
            and _is_answered(quote, [better])
            and any(
                _is_said(sentence, [better.text], None) or _is_said(other, [quote.text], None)
                for sentence in _sentences(quote.text)
                for other in _sentences(better.text)
            )
        )

    def _are_near(self, quote: Quote, other: Quote) -> bool:
        ids = (quote.passage.article_id, other.passage.article_id)
        if ids[0] == ids[1]:
            return False
        known = self._known(ids)
        return len(known) == len(ids) and are_near_duplicates(*known.values())

    def _known(self, article_ids: Iterable[str]) -> dict[str, Signature]:
        wanted = [*article_ids]
        for search in self._searches:
            missing = [article_id for article_id in wanted if article_id not in self._signatures]
            if missing:
                self._signatures |= search.signatures(missing)
        for article_id in wanted:
            self._signatures.setdefault(article_id, None)
        return {
            article_id: signature
            for article_id in wanted
            if (signature := self._signatures.get(article_id)) is not None
        }


def _is_said(text: str, others: Sequence[str], asked: set[str] | None) -> bool:
    """Return whether ``others`` say what ``text`` does, sentence by sentence.

    With ``asked``, the beginnings of words, half of it is enough, if the rest has none of these.
    """
    said = set().union(*map(_shingles, others))
    own = [sentence for sentence in _sentences(text) if not _says(said, sentence)]
    if asked is None or not own:
        return not own
    shingles = _shingles(text)
    return len(shingles & said) >= SAID * len(shingles) and not any(
        asked & _beginnings(_words(sentence)) for sentence in own
    )


def _says(said: set[str], sentence: str) -> bool:
    shingles = shingles_of(sentence)
    return len(shingles & said) >= SAID * len(shingles)


def _is_answered(quote: Quote, others: Sequence[Quote]) -> bool:
    """Return whether the words of ``quote`` that answer stand in others: another number is another answer."""
    known = {word for other in others for word in _words(other.text)} | STOP_WORDS
    return known.issuperset(_words(quote.passage.cut(*quote.best).text))


def _shingles(text: str) -> frozenset[str]:
    """Return the shingles of all sentences of ``text``."""
    return frozenset().union(*(shingles_of(sentence) for sentence in _sentences(text)))


def _sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text)]


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _beginnings(words: Iterable[str]) -> set[str]:
    return {word[:BEGINNING] for word in words}


def _is_within(text: str, other: str) -> bool:
    """Return whether ``text`` has the words of ``other``, or stands in it; too few words do so by chance."""
    words, others = _words(text), " ".join(_words(other))
    said = " ".join(words)
    return said == others or (len(words) >= SHINGLE_WORDS and f" {said} " in f" {others} ")
