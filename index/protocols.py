"""What the layers above need of a library, whatever it is kept in: another store is written against these.

``index.search`` and ``index.store`` have the one that keeps a library in an SQLite file.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Protocol

from index.text.minhash import Sketch
from index.types import Article, ArticleInfo, Hit, Passage, Vectors


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

    def passages(self, article_id: str) -> tuple[list[Passage], Vectors]:
        """Return the passages of this article, in order, and a unit vector each, shape (count, dim), float32.

        None of an earlier version, and none of one that has been removed meanwhile.
        """

    def sketches(self, article_ids: Collection[str]) -> dict[str, Sketch]:
        """Return the sketches of these articles, by id, without those that have none, or are not here."""

    def copies_of(self, sketch: Sketch) -> list[ArticleInfo]:
        """List the current articles that say nearly what one with this sketch does, the likest first.

        The article with this sketch is listed, too, if it is here.
        """

    def articles(self) -> list[ArticleInfo]:
        """List the current version of every article, newest first by its own date, then by title."""
