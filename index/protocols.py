"""What the layers above need of a library, whatever it is kept in: another store is written against these.

``index.search`` and ``index.store`` have the one that keeps a library in an SQLite file.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import AbstractContextManager
from types import TracebackType
from typing import Protocol, TypeVar

from index.library_name import LibraryName
from index.text import Signature
from index.types import Article, ArticleInfo, Hit, IndexConfiguration, Passage, Stats, Totals, Vectors

T = TypeVar("T")


class Search(Protocol):
    """A library opened for asking. Every call answers from one state of it, the newest. Thread-safe.

    Raises LibraryError where the library cannot be read.
    """

    @property
    def name(self) -> str:
        """What the library is called: ``main``; of a chat's own, ``chats/-100123``."""

    def nearest(self, vector: Vectors, k: int, articles: Collection[str] | None = None) -> list[Hit]:
        """Return the ``k`` passages nearest in meaning (all, if fewer), best first.

        They are scored by cosine, -1 to 1. ``vector`` is a unit vector of shape (dim,), float32. Only within
        the articles of these ids, if given.
        """

    def matching(self, question: str, k: int, articles: Collection[str] | None = None) -> list[Hit]:
        """Return the ``k`` passages that share most with the words of ``question``, best first.

        They are scored by BM25, > 0. Fewer where fewer share a word. Common words count only where there are
        no others. Only within the articles of these ids, if given.
        """

    def article(self, article_id: str) -> Article | None:
        """Return the version of this id; None when it has been removed meanwhile."""

    def current_version(self, source_id: str) -> Article | None:
        """Return the newest version of a source; None when it has been removed meanwhile."""

    def passages(self, article: Article) -> tuple[list[Passage], Vectors]:
        """Return the passages of ``article``, in order, and a unit vector each, shape (count, dim), float32.

        None of an earlier version, and none of one that has been removed meanwhile.
        """

    def signatures(self, article_ids: Collection[str]) -> dict[str, Signature]:
        """Return the signatures of these articles, by id, without those that have none, or are not here."""

    def near_duplicates_of(self, signature: Signature) -> list[ArticleInfo]:
        """List the current articles that say nearly what one with this signature does, the likest first.

        The article with this signature is listed, too, if it is here.
        """

    def articles(self) -> list[ArticleInfo]:
        """List the current version of every article, newest first by its own date, then by title."""


class Library(Protocol):
    """A library opened for reading and writing, to be used in a ``with``.

    Where an article is asked for by an id that is not there, ArticleMissingError is raised.
    """

    def __enter__(self) -> Library: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    @property
    def configuration(self) -> IndexConfiguration:
        """What its passages were made with."""

    def check_configuration(self, configuration: IndexConfiguration) -> None:
        """Return if new passages would fit the ones here; raise StaleLibraryError if not."""

    def articles(self) -> list[ArticleInfo]:
        """List the current version of every article, newest first by its own date, then by title."""

    def article(self, article_id: str) -> Article:
        """Return the version ``article_id``, current or earlier."""

    def current_version(self, source_id: str) -> Article | None:
        """Return the version of this source that is searched; None where there is none."""

    def is_current(self, article_id: str) -> bool:
        """Return whether this very version is the one that is searched."""

    def passages(self, article_id: str) -> list[Passage]:
        """Return the passages of one version, in order; none of an earlier one, which is not searched."""

    def original(self, article_id: str) -> bytes | None:
        """Return the file that this version was read from; None where it is not kept."""

    def near_duplicates_of(self, article: Article) -> list[ArticleInfo]:
        """List the current articles of other sources that say nearly what this one does, likest first."""

    def replace(self, article: Article, passages: list[Passage], vectors: Vectors) -> bool:
        """Make ``article`` the current version of its source, at once; return whether it had one before."""

    def remove(self, article_id: str) -> ArticleInfo:
        """Delete the article of this id, every version of it; return what it was."""

    def rebuild(
        self, configuration: IndexConfiguration, contents: Iterable[tuple[str, list[Passage], Vectors]]
    ) -> None:
        """Replace all passages, at once: article id, passages and vectors each."""

    def stats(self) -> Stats:
        """Measure how much it holds."""

    def verify(self) -> list[str]:
        """Find what is wrong with it, a sentence each; nothing if nothing is."""


class Store(Protocol):
    """All libraries of an installation, by name. What opening a library raises, every method raises."""

    @property
    def configuration(self) -> IndexConfiguration:
        """What passages have to be made with."""

    def names(self) -> list[LibraryName]:
        """List the libraries that there are: the shared ones first, then the chats' own."""

    def holds(self, name: LibraryName) -> bool:
        """Return whether there is such a library."""

    def library(self, name: LibraryName, *, create: bool = False) -> Library:
        """Open a library for reading and writing; with ``create``, an absent one is made."""

    def totals(self) -> Totals:
        """Measure the libraries of all chats together, and their disk."""

    def remove(self, name: LibraryName, article_id: str) -> ArticleInfo:
        """Delete an article, every version of it; return what it was."""

    def move(self, old: LibraryName, new: LibraryName) -> None:
        """Give a library another name; where there is one of that name, put its articles into that."""

    def forget(self, name: LibraryName) -> None:
        """Delete a library with all that belongs to it."""


class Libraries(Store, Protocol):
    """A store whose libraries are kept open for asking.

    One that cannot be read does not keep the others from being asked; ``unread`` names it.
    """

    @property
    def languages(self) -> Collection[str]:
        """What articles have to be in: ISO 639 codes."""

    def searches(self, names: Sequence[LibraryName]) -> Sequence[Search]:
        """Open each of these libraries that can be read, in order; raise LibraryMissingError for none."""

    def using(self, names: Sequence[LibraryName]) -> AbstractContextManager[Sequence[Search]]:
        """Open these libraries, and keep them open for as long as the block runs."""

    def asked(self, names: Sequence[LibraryName], ask: Callable[[Sequence[Search]], T]) -> T:
        """Return what ``ask`` gives for the searches of these libraries, without those that are damaged."""

    def unread(self, names: Sequence[LibraryName]) -> Sequence[LibraryName]:
        """Name those of these libraries that are there and could not be read when they last were asked."""

    def articles(self, names: Sequence[LibraryName]) -> Sequence[ArticleInfo]:
        """List the articles of these libraries, newest first in each, each once."""

    def near_duplicates(self, names: Sequence[LibraryName], article: Article) -> Sequence[ArticleInfo]:
        """List what says nearly the same as ``article``, which is in the chat's own library among these."""

    def check(self, within_s: float) -> int:
        """Look for damage in all libraries; return how many there was no time for."""

    def close(self) -> None:
        """Let go of all that is open."""
