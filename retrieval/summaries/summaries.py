"""What an article is about: its key points, the people and places it names, and where it comes from."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Collection, Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from index.protocols import Search
from index.text import STOP_WORDS
from index.types import ArticleInfo, Embedder, Passage, Vectors
from retrieval.conversation import Conversation
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
from retrieval.summaries.question_patterns import Aspect
from retrieval.summaries.sentences import Sentence, sentences_to_choose_from
from retrieval.summaries.suggested_questions import questions_answered_by
from retrieval.types import Quote, Reason

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


@dataclass(frozen=True, slots=True)
class Summary:
    """What there is to say about an article, or which articles there are."""

    reason: Reason
    quotes: Sequence[Quote] = ()  # in the article's order
    where: Mapping[Passage, Search] = field(default_factory=dict)
    articles: tuple[ArticleInfo, ...] = ()
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Digest:
    points: tuple[Quote, ...]
    people: tuple[NamedEntity, ...]
    places: tuple[NamedEntity, ...]
    questions: tuple[tuple[str, Quote], ...]


class Summarizer:
    """Summarizes articles. A summary takes a second or less; the last few are remembered."""

    def __init__(self, embedder: Embedder, is_about: IsAbout, load: Callable[[], Parser]) -> None:
        """Read nothing yet: ``load`` gives the parser when the first article is read."""
        self._embedder = embedder
        self._is_about = is_about
        self._load = load
        self._digests: OrderedDict[str, _Digest] = OrderedDict()

    def answer(
        self,
        asked: ArticleQuestion,
        searches: Sequence[Search],
        conversation: Conversation,
        among: Collection[str] | None,
    ) -> Summary | None:
        """Return the answer to ``asked``; None where it is rather a question about something in an article.

        Its reason is ``nothing`` where there is no article.
        """
        if _refers_to_conversation(asked, conversation):
            return None
        entries = article_entries(searches, among)
        if "articles" in asked.aspects:
            return self._list_articles(asked.named, entries, searches, among)
        if not entries:
            return None if asked.is_titled else Summary("nothing", facts={"articles": "0"})
        entry = self._article_meant(asked, entries, searches, conversation, among)
        return None if entry is None else self.summarize(entry, asked.aspects)

    def summarize(self, entry: ArticleEntry, aspects: Sequence[Aspect]) -> Summary:
        """Return these ``aspects`` of one article; ``articles`` must not be among them."""
        facts = self._facts(entry, aspects)
        quotes = self._quotes(entry, aspects)
        reason: Reason = "answered" if quotes or any(facts.values()) else "close"
        where = {quote.passage: entry.search for quote in quotes}
        return Summary(reason, quotes, where, (entry.article,), facts)

    def read_in_steps(self, entry: ArticleEntry) -> Iterator[None]:
        """Read an article in steps of a tenth of a second: after the last, what it is about is remembered."""
        key = entry.article.id
        known = self._digests.pop(key, None)
        self._digests[key] = known or (yield from self._make_digest(entry))
        while len(self._digests) > REMEMBERED:
            self._digests.popitem(last=False)

    def questions_of(self, entry: ArticleEntry) -> Sequence[tuple[str, Quote]]:
        """Return questions that an article should answer, each with its sentence; key points come first."""
        digest = self._digest(entry)
        points = {(quote.start, quote.end) for quote in digest.points}
        return sorted(digest.questions, key=lambda pair: (pair[1].start, pair[1].end) not in points)

    def _article_meant(
        self,
        asked: ArticleQuestion,
        entries: Sequence[ArticleEntry],
        searches: Sequence[Search],
        conversation: Conversation,
        among: Collection[str] | None,
    ) -> ArticleEntry | None:
        if asked.is_titled:
            return next(iter(articles_titled(asked.named, entries)), None)
        if asked.named:
            called = articles_called(asked.named, entries) or self._entries_about(
                asked.named, entries, searches, among
            )
            return next(iter(called), None)
        return entries[0] if asked.is_latest else article_at_hand(entries, conversation)

    def _list_articles(
        self,
        topic: str,
        entries: Sequence[ArticleEntry],
        searches: Sequence[Search],
        among: Collection[str] | None,
    ) -> Summary:
        found = self._entries_about(topic, entries, searches, among) if topic else entries
        facts = {"articles": str(len(entries)), **({"topic": topic} if topic else {})}
        return Summary(
            "answered" if found else "nothing", articles=tuple(entry.article for entry in found), facts=facts
        )

    def _entries_about(
        self,
        topic: str,
        entries: Sequence[ArticleEntry],
        searches: Sequence[Search],
        among: Collection[str] | None,
    ) -> list[ArticleEntry]:
        """Return those of ``entries`` that are about ``topic``, in order, by the best passage of each."""
        vector = self._embedder.embed_questions([topic])[0]
        found = find_all(topic, vector, searches, SEARCHED, among).fused
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

    def _quotes(self, entry: ArticleEntry, aspects: Sequence[Aspect]) -> list[Quote]:
        if "summary" in aspects:
            return list(self._digest(entry).points)
        if "people" in aspects and (people := self._digest(entry).people):
            return [_quote(people[0].sentence)]
        if "places" in aspects and (places := self._digest(entry).places):
            return [_quote(places[0].sentence)]
        return []

    def _facts(self, entry: ArticleEntry, aspects: Sequence[Aspect]) -> dict[str, str]:
        facts: dict[str, str] = {}
        article = entry.article
        for aspect in aspects:
            match aspect:
                case "author":
                    facts["author"] = article.author or ""
                    if len(aspects) == 1 and article.author:
                        facts |= _known(publisher=article.publisher, published=_iso(article))
                case "published":
                    facts["published"] = _iso(article)
                case "publisher":
                    facts["publisher"] = article.publisher or ""
                case "link":
                    facts["link"] = article.url or ""
                case "length":
                    facts |= _length(entry)
                case "people":
                    facts["people"] = _names(self._digest(entry).people)
                case "places":
                    facts["places"] = _names(self._digest(entry).places)
                case "summary":
                    digest = self._digest(entry)
                    facts |= _known(people=_names(digest.people), places=_names(digest.places))
                case "articles":
                    pass
        return facts

    def _digest(self, entry: ArticleEntry) -> _Digest:
        for _ in self.read_in_steps(entry):
            pass
        return self._digests[entry.article.id]

    def _make_digest(self, entry: ArticleEntry) -> Generator[None, None, _Digest]:
        """Return the digest of an article; yield between the steps on the way."""
        article = entry.search.article(entry.article.id)
        if article is None:
            return _Digest((), (), (), ())  # removed meanwhile
        passages, vectors = entry.search.passages(article)
        if not passages:
            return _Digest((), (), (), ())
        sentences: list[Sentence] = []
        own: list[Vectors] = [np.zeros((0, self._embedder.dim), np.float32)]
        for some in sentences_to_choose_from(article, passages, vectors, self._load()):
            sentences += some
            own.append(self._embedder.embed_passages([sentence.text for sentence in some]))
            yield
        points = choose_key_points(sentences, np.concatenate(own))
        return _Digest(
            tuple(map(_quote, points)),
            tuple(people_named(sentences)[:MOST_NAMED]),
            tuple(places_named(sentences)[:MOST_NAMED]),
            tuple((asked, _quote(sentence)) for asked, sentence in questions_answered_by(sentences)),
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


def _quote(sentence: Sentence) -> Quote:
    span = (sentence.start, sentence.end)
    return Quote(sentence.passage, *span, span, 1.0)


def _known(**facts: str | None) -> dict[str, str]:
    return {name: value for name, value in facts.items() if value}


def _iso(article: ArticleInfo) -> str:
    return article.published.isoformat() if article.published else ""


def _names(named: Sequence[NamedEntity]) -> str:
    return ", ".join(entity.name for entity in named)


def _length(entry: ArticleEntry) -> dict[str, str]:
    article = entry.search.article(entry.article.id)
    words = len(article.text.split()) if article else 0
    facts = {"words": str(words), "reading_minutes": str(max(1, round(words / WORDS_A_MINUTE)))}
    pages = str(len(article.pages)) if article and article.pages else None
    return {**facts, **_known(pages=pages)} if words else {"words": ""}
