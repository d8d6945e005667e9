"""The values of this layer: what is asked, what one reading says, and what is answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from index.errors import PublicError
from index.types import Article, ArticleInfo, Passage, Vectors

Kind = Literal["quotes", "about", "talk"]
"""Words that answer; what an article is about; a greeting or thanks."""

Reason = Literal["answered", "close", "nothing", "language"]
"""How well the articles answer; the one vocabulary of grades.

``answered``: the citations answer. ``close``: an article is about it, but does not say. ``nothing``: no
article comes near. ``language``: the question is not in a language the library can be searched in.
"""


class QuestionError(PublicError):
    """A question that cannot be asked: empty, without a word, or too long."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who says a quoted sentence, as the article names them."""

    name: str
    role: str | None
    surface: str  # how the text near the words names them


@dataclass(frozen=True, slots=True)
class Utterance:
    """Direct speech: the words inside the marks, ``start`` to ``end`` of the text, and whose they are."""

    start: int
    end: int
    speaker: Speaker | None  # None where the text does not settle it
    surface: str | None  # how the text near it names the speaker, whoever that is


@dataclass(frozen=True, slots=True)
class Quote:
    """The part of a passage that answers. Its text is a slice: nothing can be quoted that is not there."""

    passage: Passage
    start: int
    end: int
    best: tuple[int, int]  # to mark, inside start and end: the words that answer, else the best sentence
    score: float  # the probability that it answers, 0 to 1
    speaker: Speaker | None = None

    @property
    def text(self) -> str:
        """The quoted words, exactly as they stand in the article."""
        return self.passage.cut(self.start, self.end).text


@dataclass(frozen=True, slots=True)
class Change:
    """What has become of quoted words since: the newest version of their article still has them, or not."""

    kind: Literal["kept", "reworded", "gone"]
    now: str | None  # how they read now, where they are reworded


@dataclass(frozen=True, slots=True)
class Citation:
    """A quote and what a reader needs to check it."""

    number: int  # from 1
    library: str
    quote: Quote
    article: ArticleInfo
    paragraph: int  # from 1: the paragraph of the article in which the quote begins
    page: int | None  # from 1, where the source has pages
    link: str | None  # opens the source at the words, where it has a URL
    change: Change | None = None  # of words quoted again; None where the article has no newer version


@dataclass(frozen=True, slots=True)
class Answer:
    """What the articles say to a question. Nothing found is an answer too, not an error.

    ``facts`` of an answer of kind ``about``, of the first of ``articles``; "" is asked for, but the article
    does not say: ``author``, ``publisher``, ``published`` (2022-03-18), ``link`` (a URL), ``words``,
    ``reading_minutes``, ``pages`` (of a source that has some), ``people`` and ``places`` (those named most,
    with a comma between). Of a list: ``articles``, how many there are to ask about, and the ``topic``
    asked for.
    The citations of such an answer stand in the article's order; their score is 1.
    """

    question: str  # as asked
    understood: str | None  # as it was taken, where that differs
    kind: Kind
    reason: Reason
    citations: tuple[Citation, ...]  # best first; empty unless answered
    nearest: tuple[Citation, ...]  # what came closest when nothing answers; shown on request only
    facts: Mapping[str, str]  # answers from the metadata; languages: those to ask in, where that is why
    seconds: Mapping[str, float]  # by stage: understand, embed, search, read, quotes, total
    articles: tuple[ArticleInfo, ...] = ()  # those that an answer of kind ``about`` is about
    more: tuple[Citation, ...] = ()  # further ones, best first, where asked for; without speakers

    @property
    def answered(self) -> bool:
        """Whether an article answers."""
        return self.reason == "answered"


@dataclass(frozen=True, slots=True)
class Reading:
    """What one pass over a question and a passage says. All scores are logits: higher is better."""

    relevance: float  # is the passage about what is asked
    answers: float  # does it hold the answer; equals relevance where a model has one score
    tokens: tuple[tuple[int, int], ...]  # start and end of each token in the article; empty where unknown
    starts: Vectors  # the answer begins at this token; shape (len(tokens),), float32
    ends: Vectors  # the answer ends at this token
    no_answer: float  # the same scale as starts + ends


class Reader(Protocol):
    """Judges passages against a question, slower and better than a search."""

    def read(self, question: str, passages: Sequence[Passage]) -> Sequence[Reading]:
        """Return a reading for each passage, in order."""


class Attributor(Protocol):
    """Says whose words articles report. Nobody is named where a text does not settle it."""

    def speaker_of(self, article: Article, start: int, end: int) -> Speaker | None:
        """Return whose words the sentences from ``start`` to ``end`` report, with or without marks.

        None where they report nobody's, several people's, or those of somebody who is not settled.
        """

    def utterances(self, text: str) -> list[Utterance]:
        """Return the direct speech of ``text``, in order."""
