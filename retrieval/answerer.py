"""A question and the libraries it may be asked of -> an Answer."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Literal

from index.config import Config
from index.documents.language import Identify, load_identifier
from index.models import load_embedder
from index.protocols import Search
from index.settings import IndexSettings
from index.types import Embedder, Passage
from retrieval.answers import AboutArticle, Answer, ArticleList, Quotes, Refusal, SmallTalk
from retrieval.attribution import GrammarAttributor
from retrieval.conversation import (
    EMPTY,
    Conversation,
    Interpretation,
    Request,
    check_first_question,
    check_question,
    interpret,
    mean_readings,
    questions_in,
    take_turns,
    talk_of,
    unless_of_another_language,
)
from retrieval.parser import Parser, load_parser
from retrieval.quote import QuotePlace, Quoting, cite, rank_by_reading
from retrieval.read import grade, load_reader
from retrieval.retrieve import Candidates, NearDuplicates, find_candidates, join_candidates, snapshots
from retrieval.settings import RetrievalSettings
from retrieval.summaries import (
    Summarizer,
    article_at_hand,
    article_entries,
    named_article,
    parse_article_question,
    verified_questions,
)
from retrieval.timing import Stopwatch
from retrieval.types import Attributor, Citation, Grade, Judged, Quote, Reader

Tell = Callable[[Answer], None]
"""Called with an answer that is not complete yet."""


class Answerer:
    """Finds the words that answer, or says that there are none. A thread may ask one question at a time.

    Without a parser every question is taken as it stands, and articles have no key points; without an
    attributor no quote has a speaker. Without ``languages``, those that the models read, or without
    ``identify``, which knows that of a text, no question is refused for its language.
    """

    def __init__(
        self,
        embedder: Embedder,
        reader: Reader,
        settings: RetrievalSettings,
        parser: Parser | None = None,
        attributor: Attributor | None = None,
        *,
        languages: Collection[str] = (),
        identify: Identify | None = None,
    ) -> None:
        self.embedder = embedder
        self._reader = reader
        self._settings = settings
        self._parser = parser
        self._languages = languages
        self._identify = identify
        self._quoting = Quoting(reader, settings, attributor)
        self._summarizer = Summarizer(embedder, self._is_about, self._cite, parser)

    @classmethod
    def load(cls, config: Config) -> Answerer:
        """Return an answerer with the models that ``config`` names.

        Takes 6 to 8 seconds. Raises ConfigError, ModelError.
        """
        index = config.section("index", IndexSettings)
        settings = config.section("retrieval", RetrievalSettings)
        with ThreadPoolExecutor(2) as others:
            loading_reader = others.submit(load_reader, settings.reader)
            loading_parser = others.submit(load_parser)
            identify = load_identifier()
            embedder = load_embedder(index.embedder)
            reader, parser = loading_reader.result(), loading_parser.result()
        attributor = GrammarAttributor(parser)
        return cls(
            embedder, reader, settings, parser, attributor, languages=index.languages, identify=identify
        )

    def ask(
        self,
        question: str,
        searches: Sequence[Search],
        *,
        conversation: Conversation = EMPTY,
        articles: Collection[str] | None = None,
        quotes: int | None = None,
        more: int = 0,
        tell: Tell | None = None,
    ) -> Answer:
        """Return what the articles of ``searches`` say to ``question``; only those of these ids, if given.

        ``conversation`` is what was asked and answered before. ``quotes`` is the most quotes there may be,
        the setting's where it is None; ``more`` is how many further ones may come along, not to be shown at
        once. Where several questions are asked, ``tell`` is called with what there is after each. Raises
        QuestionError for what cannot be asked.
        """
        watch = Stopwatch()
        if talk := talk_of(question):
            return SmallTalk(question, talk, watch.seconds())
        check_question(question)
        if not conversation.turns:
            check_first_question(question)
        limit = quotes or self._settings.quotes
        request = Request(question, snapshots(searches), conversation, articles, limit, more)
        return (
            self._about_article(request, watch)
            or self._several(request, tell, watch)
            or self._from_passages(request, watch)
        )

    def _from_passages(self, request: Request, watch: Stopwatch) -> Quotes | Refusal:
        """Interpret, retrieve, rerank, grade, quote, attribute, cite."""
        meant = self.interpret(request.question, request.conversation)
        watch.lap("understand")
        candidates = self.retrieve(meant.texts, request.searches, articles=request.articles, watch=watch)
        ranked = self.rerank(meant.texts, candidates.fused)
        watch.lap("read")
        grade = self.grade(ranked)
        quotes = self.quote(meant.texts[0], ranked, candidates, limit=request.limit)
        quotes = self._quoting.attribute(quotes)
        quotes = self._quoting.prefer_asked_speaker(meant.texts[0], quotes, ranked, candidates, request.limit)
        answer: Quotes | Refusal
        if grade == "answered" and quotes:
            further = self._quoting.further(meant.texts[0], ranked, candidates, quotes, request.more)
            answer = Quotes(request.question, cite(quotes), cite(further), meant.rewritten)
        else:
            is_close = grade == "close" and bool(quotes)
            reason: Literal["close", "nothing"] = "close" if is_close else "nothing"
            answer = Refusal(request.question, reason, cite(quotes), understood=meant.rewritten)
        watch.lap("quotes")
        answer = replace(answer, seconds=watch.seconds())
        return unless_of_another_language(answer, self._languages, self._identify)

    def _about_article(self, request: Request, watch: Stopwatch) -> AboutArticle | ArticleList | None:
        """Return what is asked about an article rather than in it; None where something in it is asked."""
        asked = parse_article_question(request.question)
        answer = self._summarizer.answer(asked, request) if asked else None
        return answer and replace(answer, seconds=watch.seconds())

    def _several(self, request: Request, tell: Tell | None, watch: Stopwatch) -> Quotes | Refusal | None:
        """Return the best quote of each of several questions asked at once, in order, then the next ones.

        Returns None where one question is asked.
        """
        several = questions_in(request.question)
        if len(several) < 2:
            return None
        answers: list[Answer] = []
        near_duplicates = NearDuplicates(request.searches)
        conversation = request.conversation

        def so_far() -> Quotes | Refusal:
            return take_turns(
                request.question, answers, request.limit, request.more, watch.seconds(), near_duplicates
            )

        for part in several:
            answer = self.ask(
                part,
                request.searches,
                conversation=conversation,
                articles=request.articles,
                more=request.more,
            )
            answers.append(answer)
            conversation = conversation.followed_by(answer)
            if tell and len(answers) < len(several):
                tell(so_far())
        watch.lap("read")
        return so_far()

    def interpret(self, question: str, conversation: Conversation) -> Interpretation:
        """Return what is meant by ``question``, and the texts by which it is searched and read."""
        return interpret(question, conversation, self.embedder, self._parser)

    def summarize(
        self, name: str, searches: Sequence[Search], *, conversation: Conversation = EMPTY
    ) -> AboutArticle:
        """Return the key points of the article with this id, or with these words in its title, in its order.

        Without a ``name``, it is the article talked about last, else the newest. Raises ArticleMissingError
        when there is none, ArticleNameError when several are called so.
        """
        watch = Stopwatch()
        entries = article_entries(snapshots(searches))
        is_named = bool(name.strip()) or not entries
        library = searches[0].name if searches else "main"
        entry = named_article(name, entries, library) if is_named else article_at_hand(entries, conversation)
        answer = self._summarizer.summarize(f"Summary of {entry.article.title}", entry, ("summary",))
        return replace(answer, seconds=watch.seconds())

    def suggestions(self, article_id: str, searches: Sequence[Search]) -> Iterator[str | None]:
        """Yield questions that the article with this id answers by the sentence they were made from.

        Yields None where a step finds none; no step takes longer than answering a question. Raises
        ArticleMissingError.
        """
        searches = snapshots(searches)
        entry = named_article(article_id, article_entries(searches))

        def ask(question: str) -> Answer:
            return self.ask(question, searches, articles=[article_id], quotes=1)

        for _ in self._summarizer.read_in_steps(entry):
            yield None
        yield from verified_questions(self._summarizer.questions_of(entry), ask)

    def retrieve(
        self,
        texts: Sequence[str],
        searches: Sequence[Search],
        *,
        articles: Collection[str] | None = None,
        k: int | None = None,
        watch: Stopwatch | None = None,
    ) -> Candidates:
        """Return the passages that the searches find for a question, given as its ``texts``.

        The first text finds at most ``k`` of them, or as many as are read where ``k`` is None, and a few that
        say nearly the same, but not quite. ``watch`` hears when the texts are embedded, and when they are
        searched.
        """
        watch = watch or Stopwatch()
        k = k or self._settings.candidates
        vectors = self.embedder.embed_questions(texts)
        watch.lap("embed")
        found = [
            find_candidates(text, vector, searches, k, articles)
            for text, vector in zip(texts, vectors, strict=True)
        ]
        watch.lap("search")
        return join_candidates(texts, found)

    def rerank(self, texts: Sequence[str], passages: Sequence[Passage]) -> list[Judged]:
        """Return each of ``passages`` with its reading by all of ``texts``, best answer first."""
        readings = mean_readings([self._reader.read(text, passages) for text in texts])
        return rank_by_reading(passages, readings)

    def grade(self, ranked: Sequence[Judged]) -> Grade:
        """Return how well what was read, best first, answers under the thresholds of the settings."""
        return grade(ranked, self._settings)

    def quote(
        self,
        question: str,
        ranked: Sequence[Judged],
        candidates: Candidates,
        *,
        limit: int | None = None,
        sentences: int | None = None,
    ) -> list[Quote]:
        """Return the quotes of what was read, best first, without speakers; see ``Quoting.quote``."""
        return self._quoting.quote(question, ranked, candidates, limit=limit, sentences=sentences)

    def quote_again(
        self, places: Sequence[QuotePlace], searches: Sequence[Search], *, around: int = 0
    ) -> list[Citation]:
        """Return the words at these ``places`` as citations; see ``Quoting.again``."""
        return self._quoting.again(places, snapshots(searches), around=around)

    def _cite(self, quotes: Sequence[Quote]) -> tuple[Citation, ...]:
        return cite(self._quoting.attribute(quotes))

    def _is_about(self, topic: str, passages: Sequence[Passage]) -> list[bool]:
        """Return whether each of ``passages`` is about ``topic``: as close as one must be to a question."""
        readings = self._reader.read(f"What about {topic}?", passages)
        return [reading.relevance >= self._settings.min_relevance for reading in readings]
