"""The values of this layer: what an article is, what is searched in it, and what a search finds.

Every ``start`` and ``end`` counts code points in the article's ``text``, half open, never in a passage.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeAlias

if TYPE_CHECKING:  # a process that only reads a file has no need of it
    import numpy as np
    import numpy.typing as npt

Vectors: TypeAlias = "npt.NDArray[np.float32]"
"""Unit vectors as rows, shape (count, dim), or one of shape (dim,); float32."""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading or chapter: where its text starts, and its title. Searched, never quoted."""

    start: int
    title: str


@dataclass(frozen=True, slots=True)
class ArticleInfo:
    """An article without its text: what a citation and a list need."""

    id: str  # of this version; derived from source and content
    source_id: str  # of the source: all versions of it share it
    source: str  # the file, URL or message it came from
    added: datetime  # when this version was read, UTC
    title: str
    url: str | None = None  # where a reader can open it
    publisher: str | None = None
    author: str | None = None
    published: date | None = None
    language: str | None = None
    pages: tuple[int, ...] = ()  # start of each page in the text, where the source has pages
    sections: tuple[Section, ...] = ()
    page_labels: tuple[str, ...] = ()  # what is printed on each page, where the source says it


@dataclass(frozen=True, slots=True, kw_only=True)
class Article(ArticleInfo):
    """One version of a text that people may ask about. ``text`` is normalised once, when it is read.

    ``original`` is the file it has just been read from, where that is kept; once it is in a library, the
    library gives it.
    """

    text: str
    original: bytes | None = field(default=None, repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Passage:
    """Whole sentences in a row: ``text`` is the article's text from ``start`` to ``end``."""

    article_id: str
    start: int
    end: int
    text: str
    context: str = ""  # title and headings above it: embedded, searched and read with it, never quoted

    def cut(self, start: int, end: int) -> Passage:
        """Return the part of this passage from ``start`` to ``end``, counted in the article's text.

        Raises ValueError when the span is empty or leaves the passage.
        """
        if not self.start <= start < end <= self.end:
            raise ValueError(f"{start}:{end} is not a span inside {self.start}:{self.end}")
        return Passage(
            self.article_id, start, end, self.text[start - self.start : end - self.start], self.context
        )


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that a search found. Higher scores are better; the scales of two searches differ."""

    passage: Passage
    score: float


@dataclass(frozen=True, slots=True)
class IndexConfiguration:
    """The model that a library's passages were embedded with, and their size; all in a library share it."""

    model: str
    passage_tokens: int


@dataclass(frozen=True, slots=True)
class Stats:
    """What a library holds; passages and characters are those of the current versions."""

    articles: int
    earlier_versions: int
    passages: int
    characters: int
    originals: int  # files that are kept, of all versions
    used_bytes: int  # of the file: what was removed leaves room that is filled before it grows
    bytes: int
    configuration: IndexConfiguration


@dataclass(frozen=True, slots=True)
class Totals:
    """What the chats' own libraries hold together, and the disk that they lie on."""

    articles: int  # current versions; of a library that cannot be read, none
    bytes: int  # of the files
    free_bytes: int  # that this user may still write
    disk: Path  # where it is mounted


class Embedder(Protocol):
    """Turns texts into unit vectors."""

    @property
    def name(self) -> str:
        """The model's name: two embedders of one name give equal vectors."""

    @property
    def dim(self) -> int:
        """How many numbers a vector has."""

    @property
    def max_tokens(self) -> int:
        """How many tokens the model reads of one text; everything after them would be ignored."""

    def count_tokens(self, texts: Sequence[str]) -> Sequence[int]:
        """Count the tokens that the model makes of each text, its own marks at both ends left out."""

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector per text, in order: shape (len(texts), dim), float32."""

    def embed_questions(self, questions: Sequence[str]) -> Vectors:
        """Return one unit vector per question, in order: some models write questions differently."""
