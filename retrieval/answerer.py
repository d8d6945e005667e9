"""A question and the libraries it may be asked of -> an Answer."""

from __future__ import annotations

import bisect
from collections.abc import Collection, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from index.config import Config
from index.embedder import load_embedder
from index.search import Search
from index.sentences import paragraph_starts
from index.settings import IndexSettings
from index.types import Article, Embedder, Passage
from retrieval.candidates import Candidates, find_candidates
from retrieval.conversation import EMPTY, Conversation
from retrieval.grading import grade, worth_quoting
from retrieval.language import load_identifier, names_of, other_language
from retrieval.links import link_to_words
from retrieval.parser import Parser, load_parser
from retrieval.question import check_question
from retrieval.quotes import CLEARLY, rank_by_reading, select_quotes
from retrieval.reader import load_reader
from retrieval.said_by import asked_speaker, prefer
from retrieval.settings import RetrievalSettings
from retrieval.speakers import Speakers
from retrieval.talk import talk_of
from retrieval.timing import Stopwatch
from retrieval.types import Answer, Citation, Kind, Quote, Reader, Reading, Reason

CERTAIN = 0.9
"""How probable an answer must be to a question in a language that the models do not know; 0 to 1."""

AMONG = 3.0
"""Logits by which others may lead the words of a speaker who is asked for."""


class Answerer:
    """Finds the words that answer, or says that there are none. One question at a time a thread.

    Without a parser no quote has a speaker.
    """

    def __init__(
        self, embedder: Embedder, reader: Reader, settings: RetrievalSettings, parser: Parser | None = None
    ) -> None:
        self._embedder = embedder
        self._reader = reader
        self._settings = settings
        self._speakers = None if parser is None else Speakers(parser)

    @classmethod
    def load(cls, config: Config) -> Answerer:
        """With the models that ``config`` names. Takes 6 to 8 seconds; raises ConfigError, ModelError."""
        index = config.section("index", IndexSettings)
        settings = config.section("retrieval", RetrievalSettings)
        with ThreadPoolExecutor(2) as others:
            reader, parser = others.submit(load_reader, settings.reader), others.submit(load_parser)
            load_identifier()
            return cls(load_embedder(index.embedder), reader.result(), settings, parser.result())

    def ask(
        self,
        question: str,
        searches: Sequence[Search],
        *,
        conversation: Conversation = EMPTY,  # noqa: ARG002
        articles: Collection[str] | None = None,
    ) -> Answer:
        """What the articles of ``searches`` say to ``question``; only those of these ids, if given.

        ``conversation`` is what was asked and answered before. An answer without citations is an honest no.
        Raises QuestionError for what cannot be asked.
        """
        watch = Stopwatch()
        if talk_of(question):
            return _answer(question, "talk", "nothing", [], watch)
        check_question(question)
        watch.lap("understand")
        candidates = self.find(question, searches, articles=articles, watch=watch)
        ranked = self.read(question, candidates.fused)
        watch.lap("read")
        quotes = self._by_speaker(question, ranked, candidates)
        citations = cite(quotes, candidates.where)
        reason = self.grade(ranked) if citations else "nothing"
        watch.lap("quotes")
        return self._of_its_language(_answer(question, "quotes", reason, citations, watch))

    def find(
        self,
        question: str,
        searches: Sequence[Search],
        *,
        articles: Collection[str] | None = None,
        k: int | None = None,
        watch: Stopwatch | None = None,
    ) -> Candidates:
        """What the searches find, ``k`` passages at most; as many as are read, without it.

        ``watch`` is told when the question is embedded, and when it is searched.
        """
        watch = watch or Stopwatch()
        vector = self._embedder.embed_questions([question])[0]
        watch.lap("embed")
        candidates = find_candidates(question, vector, searches, k or self._settings.candidates, articles)
        watch.lap("search")
        return candidates

    def read(self, question: str, passages: Sequence[Passage]) -> list[tuple[Passage, Reading]]:
        """Every one of ``passages`` and its reading, the one that answers best first."""
        return rank_by_reading(passages, self._reader.read(question, passages))

    def grade(self, ranked: Sequence[tuple[Passage, Reading]]) -> Reason:
        """How well what was read, best first, answers under the thresholds of the settings."""
        return grade(ranked, self._settings)

    def quotes(
        self,
        question: str,
        ranked: Sequence[tuple[Passage, Reading]],
        candidates: Candidates,
        *,
        sentences: int | None = None,
        limit: int | None = None,
        lead: float = CLEARLY,
    ) -> list[Quote]:
        """The quotes of what was read, best first; of what came closest, where nothing answers.

        ``sentences`` is the most a quote may have in a row, ``limit`` the most quotes; the setting's, without.
        ``lead`` is by how many logits the first may lead the others.
        """
        return select_quotes(
            question,
            worth_quoting(ranked, self._settings),
            self._reader,
            limit or self._settings.quotes,
            lambda passage: _paragraphs(candidates.where[passage].article(passage.article_id)),
            sentences=sentences or self._settings.sentences,
            enough=self._settings.enough,
            lead=lead,
        )

    def _by_speaker(
        self, question: str, ranked: Sequence[tuple[Passage, Reading]], candidates: Candidates
    ) -> list[Quote]:
        """The quotes with their speakers; where one is asked for, that one's words first."""
        quotes = self.quotes(question, ranked, candidates)
        if self._speakers is None:
            return quotes
        asked = asked_speaker(question)
        if asked is None:
            return self._speakers.named(quotes, candidates.where)
        more = self.quotes(question, ranked, candidates, limit=len(ranked), lead=AMONG)
        named = self._speakers.named(more, candidates.where)
        return prefer(named[: len(quotes)], named[len(quotes) :], asked)[: self._settings.quotes]

    def _of_its_language(self, answer: Answer) -> Answer:
        """``answer``; a refusal for the question's language, where that is the reason not to trust it."""
        if answer.answered and answer.citations[0].quote.score >= CERTAIN:
            return answer
        languages = self._settings.languages
        if other_language(answer.question, languages, load_identifier()) is None:
            return answer
        facts = {"languages": names_of(languages)}
        return replace(answer, reason="language", citations=(), nearest=(), facts=facts)


def cite(quotes: Sequence[Quote], where: Mapping[Passage, Search]) -> list[Citation]:
    """A citation each, numbered from 1; a quote whose article has been removed meanwhile is left out."""
    citations: list[Citation] = []
    for quote in quotes:
        search = where[quote.passage]
        article = search.article(quote.passage.article_id)
        if article is None:
            continue
        page = bisect.bisect_right(article.pages, quote.start) or None
        link = link_to_words(article.url, quote.text, page) if article.url else None
        paragraph = max(1, bisect.bisect_right(_paragraphs(article), quote.start))
        citations.append(Citation(len(citations) + 1, search.name, quote, article, paragraph, page, link))
    return citations


def _paragraphs(article: Article | None) -> list[int]:
    return paragraph_starts(article.text) if article else []


def _answer(question: str, kind: Kind, reason: Reason, citations: list[Citation], watch: Stopwatch) -> Answer:
    answered = tuple(citations) if reason == "answered" else ()
    nearest = tuple(citations) if reason == "close" else ()
    return Answer(question, None, kind, reason, answered, nearest, {}, watch.seconds())
