"""What is answered to a question: one of five types, each with what it alone has.

Nothing found is an answer too, not an error.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar, Literal

from index.types import ArticleInfo
from retrieval.types import Citation, Grade

Talk = Literal["greeting", "thanks", "goodbye", "bot"]
"""What is said that asks nothing; ``bot``: who we are, what we can do and how."""

Aspect = Literal[
    "summary", "people", "places", "author", "published", "publisher", "link", "length", "articles"
]
"""What is asked about an article; ``articles``: which of them there are."""

Kind = Literal["quotes", "about", "talk"]
"""Words that answer, or a refusal; what is asked about articles; a greeting or thanks."""

Reason = Literal[Grade, "language"]
"""How well the articles answer. ``language``: the question is in none that the libraries are searched in."""


@dataclass(frozen=True, slots=True)
class Quotes:
    """Words that answer."""

    question: str  # as asked
    citations: tuple[Citation, ...]  # best first, at least one
    more: tuple[Citation, ...] = ()  # further ones, best first, where asked for; without speakers
    understood: str | None = None  # the question as it was taken, where that differs
    seconds: Mapping[str, float] = field(default_factory=dict)  # by stage, and ``total``

    kind: ClassVar[Kind] = "quotes"
    reason: ClassVar[Reason] = "answered"


@dataclass(frozen=True, slots=True)
class Refusal:
    """An honest no."""

    question: str  # as asked
    reason: Literal["close", "nothing", "language"]
    nearest: tuple[Citation, ...] = ()  # what came closest, where it is close; shown on request only
    languages: tuple[str, ...] = ()  # ISO 639 codes of those to ask in, where the language is the reason
    understood: str | None = None  # the question as it was taken, where that differs
    seconds: Mapping[str, float] = field(default_factory=dict)  # by stage, and ``total``

    kind: ClassVar[Kind] = "quotes"


@dataclass(frozen=True, slots=True)
class Length:
    """How long an article is."""

    words: int
    minutes: int  # that reading it takes, at least one
    pages: int | None  # where the source has pages


@dataclass(frozen=True, slots=True)
class AboutArticle:
    """What is asked about one article, rather than in it."""

    question: str  # as asked
    article: ArticleInfo
    asked: tuple[Aspect, ...]  # in order of the question, at least one, ``articles`` not among them
    citations: tuple[Citation, ...] = ()  # key points, or who is named first, in the article's order; score 1
    people: tuple[str, ...] = ()  # named in it, most often first; of a summary, or where asked for
    places: tuple[str, ...] = ()
    length: Length | None = None  # where it is asked for and known
    seconds: Mapping[str, float] = field(default_factory=dict)  # by stage, and ``total``

    kind: ClassVar[Kind] = "about"

    @property
    def missing(self) -> tuple[Aspect, ...]:
        """What is asked for and the article does not say, in order."""
        known: dict[Aspect, object] = {
            "summary": self.citations or self.people or self.places,
            "people": self.people,
            "places": self.places,
            "author": self.article.author,
            "published": self.article.published,
            "publisher": self.article.publisher,
            "link": self.article.url,
            "length": self.length,
        }
        return tuple(aspect for aspect in self.asked if not known[aspect])

    @property
    def reason(self) -> Grade:
        """``answered`` where the article says any of what is asked for, else ``close``."""
        return "answered" if len(self.missing) < len(self.asked) else "close"


@dataclass(frozen=True, slots=True)
class ArticleList:
    """Which articles there are, or which are about a topic."""

    question: str  # as asked
    articles: tuple[ArticleInfo, ...]  # newest first
    among: int  # how many articles there are to ask about
    topic: str | None = None  # as asked for
    seconds: Mapping[str, float] = field(default_factory=dict)  # by stage, and ``total``

    kind: ClassVar[Kind] = "about"

    @property
    def reason(self) -> Grade:
        """``answered`` where any article is listed, else ``nothing``."""
        return "answered" if self.articles else "nothing"


@dataclass(frozen=True, slots=True)
class SmallTalk:
    """What is said that asks nothing of the articles."""

    question: str  # as it was said
    talk: Talk
    seconds: Mapping[str, float] = field(default_factory=dict)  # by stage, and ``total``

    kind: ClassVar[Kind] = "talk"
    reason: ClassVar[Reason] = "nothing"


Answer = Quotes | Refusal | AboutArticle | ArticleList | SmallTalk


def citations_of(answer: Answer) -> tuple[Citation, ...]:
    """Return what ``answer`` cites, in its order; nothing where it cites nothing."""
    match answer:
        case Quotes() | AboutArticle():
            return answer.citations
        case Refusal() | ArticleList() | SmallTalk():
            return ()


def understood_of(answer: Answer) -> str | None:
    """Return the question as it was taken, where that differs from how it was asked."""
    match answer:
        case Quotes() | Refusal():
            return answer.understood
        case AboutArticle() | ArticleList() | SmallTalk():
            return None
