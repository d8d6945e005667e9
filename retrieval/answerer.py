"""A question and the libraries it may be asked of -> an Answer."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from index.config import Config
from index.documents.language import Identify, load_identifier
from index.models import load_embedder
from index.protocols import Search
from index.settings import IndexSettings
from index.types import Embedder, Passage
from retrieval.attribution import GrammarAttributor
from retrieval.conversation import (
    EMPTY,
    Conversation,
    Understood,
    check_first_question,
    check_question,
    join_candidates,
    mean_readings,
    nearness,
    questions_in,
    take_turns,
    talk_of,
    texts_to_read,
    understand,
    unless_of_another_language,
)
from retrieval.parser import Parser, load_parser
from retrieval.quote import QuotePlace, Quoting, cite, rank_by_reading
from retrieval.read import grade, load_reader
from retrieval.retrieve import Candidates, NearDuplicates, find_candidates, snapshots
from retrieval.settings import RetrievalSettings
from retrieval.summaries import (
    Summarizer,
    Summary,
    article_at_hand,
    article_entries,
    named_article,
    parse_article_question,
    verified_questions,
)
from retrieval.timing import Stopwatch
from retrieval.types import Answer, Attributor, Citation, Kind, Reader, Reading, Reason

Tell = Callable[[Answer], None]
"""Called with an answer that is not complete yet."""


class Answerer:
    """Finds the words that answer, or says that there are none. A thread may ask one question at a time.

    Without a parser every question is taken as it stands, without an attributor no quote has a speaker.
    Without ``languages``, those that the models read, or without ``identify``, which knows that of a text, no
    question is refused for its language.
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
        self.quoting = Quoting(reader, settings, attributor)
        self._summarizer = Summarizer(embedder, self._is_about, lambda: parser or load_parser())

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
        once. Where several questions are asked, ``tell`` is called with what there is after each. An answer
        without citations is an honest no. Raises QuestionError for what cannot be asked.
        """
        watch = Stopwatch()
        searches = snapshots(searches)
        limit = quotes or self._settings.quotes
        if talk_of(question):
            return _answer(question, "talk", "nothing", [], watch)
        check_question(question)
        if not conversation.turns:
            check_first_question(question)
        asked = parse_article_question(question)
        if asked and (summary := self._summarizer.answer(asked, searches, conversation, articles)):
            return self._answer_about(question, summary, watch)
        several = questions_in(question)
        if len(several) > 1:
            return self._ask_each(
                question, several, searches, conversation, articles, limit, more, tell, watch
            )
        understood, texts = self.understand(question, conversation)
        watch.lap("understand")
        candidates = self.retrieve(texts, searches, articles=articles, watch=watch)
        ranked = self.rerank(texts, candidates.fused)
        watch.lap("read")
        found = self.quoting.by_speaker(texts[0], ranked, candidates, limit)
        citations = cite(found, candidates.where)
        reason = self.grade(ranked) if citations else "nothing"
        further = (
            self.quoting.further(texts[0], ranked, candidates, found, more) if reason == "answered" else []
        )
        watch.lap("quotes")
        answer = _answer(question, "quotes", reason, citations, watch)
        answer = replace(answer, more=tuple(cite(further, candidates.where)))
        answer = unless_of_another_language(answer, self._languages, self._identify)
        return answer if understood.before is None else replace(answer, understood=understood.text)

    def _ask_each(
        self,
        question: str,
        several: Sequence[str],
        searches: Sequence[Search],
        conversation: Conversation,
        articles: Collection[str] | None,
        limit: int,
        more: int,
        tell: Tell | None,
        watch: Stopwatch,
    ) -> Answer:
        """Return the best quote of each of several questions asked at once, in order, then the next ones."""
        answers = []
        near_duplicates = NearDuplicates(searches)
        for part in several:
            answers.append(self.ask(part, searches, conversation=conversation, articles=articles, more=more))
            conversation = conversation.followed_by(answers[-1])
            if tell and len(answers) < len(several):
                tell(take_turns(question, answers, limit, more, watch.seconds(), near_duplicates))
        watch.lap("read")
        return take_turns(question, answers, limit, more, watch.seconds(), near_duplicates)

    def understand(self, question: str, conversation: Conversation) -> tuple[Understood, tuple[str, ...]]:
        """Return what is meant by ``question``, and the texts by which it is searched and read."""
        if self._parser is None:
            return Understood(question, None), (question,)
        near = nearness(question, conversation, self.embedder)
        understood = understand(question, conversation, self._parser, near)
        return understood, texts_to_read(question, understood, conversation, near)

    def summarize(
        self, name: str, searches: Sequence[Search], *, conversation: Conversation = EMPTY
    ) -> Answer:
        """Return the key points of the article with this id, or with these words in its title, in its order.

        Without a ``name``, it is the article talked about last, else the newest. Raises ArticleMissingError
        when there is none, ArticleNameError when several are called so.
        """
        watch = Stopwatch()
        entries = article_entries(snapshots(searches))
        is_named = bool(name.strip()) or not entries
        library = searches[0].name if searches else "main"
        entry = named_article(name, entries, library) if is_named else article_at_hand(entries, conversation)
        summary = self._summarizer.summarize(entry, ("summary",))
        return self._answer_about(f"Summary of {entry.article.title}", summary, watch)

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
        say nearly the same, but not quite. ``watch`` is
        told when the texts are embedded and when they are searched.
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

    def rerank(self, texts: Sequence[str], passages: Sequence[Passage]) -> list[tuple[Passage, Reading]]:
        """Return each of ``passages`` with its reading by all of ``texts``, best answer first."""
        readings = mean_readings([self._reader.read(text, passages) for text in texts])
        return rank_by_reading(passages, readings)

    def grade(self, ranked: Sequence[tuple[Passage, Reading]]) -> Reason:
        """Return how well what was read, best first, answers under the thresholds of the settings."""
        return grade(ranked, self._settings)

    def quote_again(
        self, places: Sequence[QuotePlace], searches: Sequence[Search], *, around: int = 0
    ) -> list[Citation]:
        """Return the words at these ``places`` as citations; see ``Quoting.again``."""
        return self.quoting.again(places, snapshots(searches), around=around)

    def _answer_about(self, question: str, summary: Summary, watch: Stopwatch) -> Answer:
        quotes = self.quoting.named(summary.quotes, summary.where)
        answer = _answer(question, "about", summary.reason, cite(quotes, summary.where), watch)
        return replace(answer, articles=summary.articles, facts=summary.facts)

    def _is_about(self, topic: str, passages: Sequence[Passage]) -> list[bool]:
        """Return whether each of ``passages`` is about ``topic``: as close as one must be to a question."""
        readings = self._reader.read(f"What about {topic}?", passages)
        return [reading.relevance >= self._settings.min_relevance for reading in readings]


def _answer(question: str, kind: Kind, reason: Reason, citations: list[Citation], watch: Stopwatch) -> Answer:
    cited = tuple(citations) if reason == "answered" else ()
    nearest = tuple(citations) if reason == "close" else ()
    return Answer(question, None, kind, reason, cited, nearest, {}, watch.seconds())
