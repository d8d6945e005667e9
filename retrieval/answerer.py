"""A question and the libraries it may be asked of -> an Answer."""

from __future__ import annotations

import bisect
from collections.abc import Collection, Sequence
from concurrent.futures import ThreadPoolExecutor

from index.config import Config
from index.embedder import load_embedder
from index.search import Search
from index.sentences import paragraph_starts
from index.settings import IndexSettings
from index.types import Article, Embedder, Passage, Vectors
from retrieval.fusion import fuse
from retrieval.links import link_to_words
from retrieval.question import check_question
from retrieval.quotes import rank_by_reading, select_quotes
from retrieval.reader import load_reader
from retrieval.settings import RetrievalSettings
from retrieval.talk import talk_of
from retrieval.timing import Stopwatch
from retrieval.types import Answer, Citation, Kind, Quote, Reader, Reading, Reason


class Answerer:
    """Finds the words that answer, or says that there are none. One question at a time a thread."""

    def __init__(self, embedder: Embedder, reader: Reader, settings: RetrievalSettings) -> None:
        self._embedder = embedder
        self._reader = reader
        self._settings = settings

    @classmethod
    def load(cls, config: Config) -> Answerer:
        """With the models that ``config`` names. Takes 6 to 8 seconds; raises ConfigError, ModelError."""
        index = config.section("index", IndexSettings)
        settings = config.section("retrieval", RetrievalSettings)
        with ThreadPoolExecutor(1) as other:
            reader = other.submit(load_reader, settings.reader)
            return cls(load_embedder(index.embedder), reader.result(), settings)

    def ask(
        self, question: str, searches: Sequence[Search], *, articles: Collection[str] | None = None
    ) -> Answer:
        """What the articles of ``searches`` say to ``question``; only those of these ids, if given.

        An answer without citations is an honest no. Raises QuestionError for what cannot be asked.
        """
        watch = Stopwatch()
        if talk_of(question):
            return _answer(question, "talk", "nothing", [], watch)
        check_question(question)
        watch.lap("understand")
        vector = self._embedder.embed_questions([question])[0]
        watch.lap("embed")
        found = self._search(question, vector, searches, articles)
        watch.lap("search")
        ranked = rank_by_reading(list(found), self._reader.read(question, list(found)))
        watch.lap("read")
        reason = self._grade(ranked)
        quotes = select_quotes(
            question,
            self._worth(ranked, reason),
            self._reader,
            self._settings.quotes,
            lambda passage: _paragraphs(found[passage].article(passage.article_id)),
        )
        citations = cite(quotes, found)
        watch.lap("quotes")
        return _answer(question, "quotes", reason if citations else "nothing", citations, watch)

    def _search(
        self, question: str, vector: Vectors, searches: Sequence[Search], articles: Collection[str] | None
    ) -> dict[Passage, Search]:
        """The candidates, best first, and where each was found."""
        k = self._settings.candidates
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
        fused = fuse([[passage for _, passage in by_meaning[:k]], *by_words])
        return {passage: where[passage] for passage in fused[:k]}

    def _grade(self, ranked: Sequence[tuple[Passage, Reading]]) -> Reason:
        if not ranked or ranked[0][1].relevance < self._settings.min_relevance:
            return "nothing"
        return "answered" if ranked[0][1].answers >= self._settings.min_answers else "close"

    def _worth(
        self, ranked: Sequence[tuple[Passage, Reading]], reason: Reason
    ) -> list[tuple[Passage, Reading]]:
        """The passages worth quoting: those that answer, else what came closest."""
        if reason == "answered":
            return [pair for pair in ranked if pair[1].answers >= self._settings.min_answers]
        return list(ranked[:1]) if reason == "close" else []


def cite(quotes: Sequence[Quote], where: dict[Passage, Search]) -> list[Citation]:
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
