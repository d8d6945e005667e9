"""The values of this layer: what one reading says, and what is quoted; ``answers`` has what is answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol, TypeAlias

from index.errors import PublicError
from index.types import Article, ArticleInfo, Passage, Vectors

Grade = Literal["answered", "close", "nothing"]
"""How well what was read answers.

``answered``: it has the answer. ``close``: an article is about it, but does not say. ``nothing``: no article
comes near.
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
class Reading:
    """What one pass over a question and a passage says. All scores are logits: higher is better."""

    relevance: float  # is the passage about what is asked
    answers: float  # does it hold the answer; equals relevance where a model has one score
    tokens: tuple[tuple[int, int], ...]  # start and end of each token in the article; empty where unknown
    starts: Vectors  # the answer begins at this token; shape (len(tokens),), float32
    ends: Vectors  # the answer ends at this token
    no_answer: float  # the same scale as starts + ends


Judged: TypeAlias = "tuple[Passage, Reading]"
"""A passage, and how it reads."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A passage worth quoting, with the article it stands in and how it reads."""

    library: str  # that the article is in
    article: Article
    passage: Passage
    reading: Reading


@dataclass(frozen=True, slots=True)
class Quote:
    """The part of a passage that answers. Its text is a slice: nothing can be quoted that is not there."""

    library: str  # that the article is in
    article: Article = field(repr=False)
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
    quote: Quote
    paragraph: int  # from 1: the paragraph of the article in which the quote begins
    page: int | None  # from 1, where the source has pages
    link: str | None  # opens the source at the words, where it has a URL
    change: Change | None = None  # of words quoted again; None where the article has no newer version

    @property
    def article(self) -> ArticleInfo:
        """What is known of the article that is quoted."""
        return self.quote.article

    @property
    def library(self) -> str:
        """The name of the library that the article is in."""
        return self.quote.library

    @property
    def page_label(self) -> str | None:
        """What is printed on the page, else its number; None where the source has no pages."""
        if self.page is None:
            return None
        labels = self.article.page_labels
        return (labels[self.page - 1] if self.page <= len(labels) else "") or str(self.page)

    @property
    def section(self) -> str | None:
        """The heading that the quote stands under; None where there is none, or only the title again."""
        above = [section.title for section in self.article.sections if section.start <= self.quote.start]
        title = above[-1].strip() if above else ""
        return None if title in {"", self.article.title.strip()} else title


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
