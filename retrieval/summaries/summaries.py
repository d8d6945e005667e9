"""What an article is about: its key points, the people and places it names, and where it comes from."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from index.text import STOP_WORDS
from index.types import Embedder, Passage, Vectors
from retrieval.answers import AboutArticle, ArticleList, Aspect, Length
from retrieval.conversation import Conversation, Request
from retrieval.parser import Parser
from retrieval.retrieve import find_all
from retrieval.summaries.article_lookup import (
    ArticleEntry,
    article_at_hand,
    article_entries,
    articles_called,
    articles_titled,
)
from retrieval.summaries.article_questions import ArticleQuestion, parse_article_question
from retrieval.summaries.key_points import choose_key_points
from retrieval.summaries.people_and_places import NamedEntity, people_named, places_named
from retrieval.summaries.sentences import Sentence, sentences_to_choose_from
from retrieval.summaries.suggested_questions import questions_answered_by
from retrieval.types import Citation, Quote

REMEMBERED = 8
"""How many summaries are kept: the same article is often asked about again."""

MOST_NAMED = 5
"""The most people, and the most places, that a summary names."""

WORDS_A_MINUTE = 240
"""What people read silently (Brysbaert, 2019: 238)."""

SEARCHED = 64
"""Passages searched for the articles about a topic."""

MOST_READ = 24
"""The most of them that are read, one per article: half a second."""

_WORKS_LISTED = """
    book novel paper report song film movie album poem letter treaty constitution law act bill declaration
    study essay play opera symphony magazine journal speech series show document resolution river bridge wall
    road street tunnel war battle reign game anthem manifesto diary code painting
"""
_WORKS = frozenset(_WORKS_LISTED.split())

IsAbout = Callable[[str, Sequence[Passage]], Sequence[bool]]
"""Says whether each passage is about a topic."""

Cite = Callable[[Sequence[Quote]], tuple[Citation, ...]]
"""Names the speakers of quotes, and cites them."""


@dataclass(frozen=True, slots=True)
class _Digest:
    points: tuple[Sentence, ...] = ()
    people: tuple[NamedEntity, ...] = ()
    places: tuple[NamedEntity, ...] = ()
    questions: tuple[tuple[str, Sentence], ...] = ()


class Summarizer:
    """Summarizes articles. A summary takes a second or less; the last few are remembered.

    Without a parser no article has key points, nor people and places.
    """

    def __init__(self, embedder: Embedder, is_about: IsAbout, cite: Cite, parser: Parser | None) -> None:
        self._embedder = embedder
        self._is_about = is_about
        self._cite = cite
        self._parser = parser
        self._digests: OrderedDict[str, _Digest] = OrderedDict()

    def answer(self, asked: ArticleQuestion, request: Request) -> AboutArticle | ArticleList | None:
        """Return the answer to ``asked``; None where it is rather a question about something in an article.

        It is an empty list where there is no article.
        """
        if _refers_to_conversation(asked, request.conversation):
            return None
        entries = article_entries(request.searches, request.articles)
        if "articles" in asked.aspects:
            topic = asked.named or None
            found = self._entries_about(topic, entries, request) if topic else entries
            listed = tuple(entry.article for entry in found)
            return ArticleList(request.question, listed, len(entries), topic)
        if not entries:
            return None if asked.is_titled else ArticleList(request.question, (), 0)
        entry = self._article_meant(asked, entries, request)
        return None if entry is None else self.summarize(request.question, entry, asked.aspects)

    def summarize(self, question: str, entry: ArticleEntry, aspects: tuple[Aspect, ...]) -> AboutArticle:
        """Return these ``aspects`` of one article; ``articles`` must not be among them."""
        is_read = not {"summary", "people", "places"}.isdisjoint(aspects)
        digest = self._digest(entry) if is_read else _Digest()
        has_all = "summary" in aspects
        people = digest.people if has_all or "people" in aspects else ()
        places = digest.places if has_all or "places" in aspects else ()
        sentences = digest.points if has_all else tuple(named.sentence for named in (*people, *places)[:1])
        return AboutArticle(
            question,
            entry.article,
            aspects,
            self._cite(_quotes(entry, sentences)),
            tuple(named.name for named in people),
            tuple(named.name for named in places),
            _length(entry) if "length" in aspects else None,
        )

    def read_in_steps(self, entry: ArticleEntry) -> Iterator[None]:
        """Read an article in steps of a tenth of a second: after the last, what it is about is remembered."""
        key = entry.article.id
        known = self._digests.pop(key, None)
        self._digests[key] = known or (yield from self._make_digest(entry))
        while len(self._digests) > REMEMBERED:
            self._digests.popitem(last=False)

    def questions_of(self, entry: ArticleEntry) -> Sequence[tuple[str, Sentence]]:
        """Return questions that an article should answer, each with its sentence; key points come first."""
        digest = self._digest(entry)
        points = {(point.start, point.end) for point in digest.points}
        return sorted(digest.questions, key=lambda pair: (pair[1].start, pair[1].end) not in points)

    def _article_meant(
        self, asked: ArticleQuestion, entries: Sequence[ArticleEntry], request: Request
    ) -> ArticleEntry | None:
        if asked.is_titled:
            return next(iter(articles_titled(asked.named, entries)), None)
        if asked.named:
            called = articles_called(asked.named, entries) or self._entries_about(
                asked.named, entries, request
            )
            return next(iter(called), None)
        return entries[0] if asked.is_latest else article_at_hand(entries, request.conversation)

    def _entries_about(
        self, topic: str, entries: Sequence[ArticleEntry], request: Request
    ) -> list[ArticleEntry]:
        """Return those of ``entries`` that are about ``topic``, in order, by the best passage of each."""
        vector = self._embedder.embed_questions([topic])[0]
        found = find_all(topic, vector, request.searches, SEARCHED, request.articles).fused
        best: dict[str, Passage] = {}
        for passage in found:
            best.setdefault(passage.article_id, passage)
        read = [*best.values()][:MOST_READ]
        judged = zip(read, self._is_about(topic, read), strict=True)
        about = {passage.article_id for passage, is_about in judged if is_about}
        about |= {
            entry.article.id
            for entry in articles_called(topic, entries)
            if _has_all(topic, entry.article.title)
        }
        return [entry for entry in entries if entry.article.id in about]

    def _digest(self, entry: ArticleEntry) -> _Digest:
        for _ in self.read_in_steps(entry):
            pass
        return self._digests[entry.article.id]

    def _make_digest(self, entry: ArticleEntry) -> Generator[None, None, _Digest]:
        """Return the digest of an article; yield between the steps on the way."""
        article = entry.search.article(entry.article.id)
        if article is None or self._parser is None:  # removed meanwhile, or nothing can be read
            return _Digest()
        passages, vectors = entry.search.passages(article)
        if not passages:
            return _Digest()
        sentences: list[Sentence] = []
        own: list[Vectors] = [np.zeros((0, self._embedder.dim), np.float32)]
        for some in sentences_to_choose_from(article, passages, vectors, self._parser):
            sentences += some
            own.append(self._embedder.embed_passages([sentence.text for sentence in some]))
            yield
        return _Digest(
            tuple(choose_key_points(sentences, np.concatenate(own))),
            tuple(people_named(sentences)[:MOST_NAMED]),
            tuple(places_named(sentences)[:MOST_NAMED]),
            tuple(questions_answered_by(sentences)),
        )


def _refers_to_conversation(asked: ArticleQuestion, conversation: Conversation) -> bool:
    """Return whether "it" is what was asked about just before, as in "Who wrote it?" behind one of a book."""
    if not asked.is_bare or not conversation.turns or {"summary", "people", "link"} & {*asked.aspects}:
        return False
    before = conversation.turns[-1].question
    if parse_article_question(before) is not None:
        return False
    words = set(before.casefold().rstrip("?.! ").split())
    return "length" in asked.aspects or bool(words & _WORKS)


def _has_all(topic: str, title: str) -> bool:
    words = [word for word in topic.casefold().split() if word not in STOP_WORDS]
    return bool(words) and set(words) <= set(title.casefold().split())


def _quotes(entry: ArticleEntry, sentences: Sequence[Sentence]) -> list[Quote]:
    """Return a quote of each of ``sentences``; nothing where their article has been removed meanwhile."""
    article = entry.search.article(entry.article.id) if sentences else None
    if article is None:
        return []
    quotes = []
    for sentence in sentences:
        span = (sentence.start, sentence.end)
        quotes.append(Quote(entry.search.name, article, sentence.passage, *span, span, 1.0))
    return quotes


def _length(entry: ArticleEntry) -> Length | None:
    article = entry.search.article(entry.article.id)
    words = len(article.text.split()) if article else 0
    if article is None or not words:
        return None
    return Length(words, max(1, round(words / WORDS_A_MINUTE)), len(article.pages) or None)
