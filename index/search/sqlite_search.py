"""A library in its SQLite file, opened for asking: passages by meaning (FAISS) and by words (FTS5)."""

from __future__ import annotations

import threading
import weakref
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from index.errors import LibraryDamagedError
from index.files.damage import Damage, state_of
from index.library_name import missing
from index.program import command
from index.store import near_duplicates, queries, rows, schema
from index.store.paths import name_at
from index.store.sqlite_library import stale
from index.store.verify import check_as_read, find_disagreements
from index.text import Signature, spellings_to_search
from index.types import Article, ArticleInfo, Hit, IndexConfiguration, Passage, Vectors
from index.vectors import VectorIndex

CHECK_S = 2.0
"""The longest that a library is checked when it is opened: enough for 1.5 GB, if the disk is no slower."""


@dataclass(frozen=True, slots=True)
class _Filled:
    """FAISS as it was brought up to one state of the file."""

    version: int  # SQLite's data_version, which another connection's commit changes
    held: Mapping[str, range]  # the numbers of an article's passages, by its id
    index: VectorIndex  # by these numbers


@dataclass(frozen=True, slots=True)
class _AsRead:
    """The ids of articles that were found to be what was read, in one state of the file."""

    version: int
    ids: set[str]


class SqliteSearch:
    """One library, read only. Every call answers from one state of the file, the newest. Thread-safe."""

    def __init__(self, path: Path, configuration: IndexConfiguration) -> None:
        """Open the library at ``path``, whose passages have to be made with ``configuration``.

        Raises LibraryMissingError, LibraryDamagedError, StaleLibraryError.
        """
        schema.check_file(path)
        if not path.exists():
            raise missing(name_at(path))
        self.name = name_at(path).text
        self._path = path
        self._configuration = configuration
        self._lock = threading.RLock()
        self._identity = _identity(path)
        self._connection = schema.connect(path, write=False)
        # A connection is in a cycle with its own cache: without this the file stayed open for some time.
        weakref.finalize(self, self._connection.close)
        self._filled: _Filled | None = None
        self._as_read = _AsRead(0, set())
        self.damage: Damage | None = None  # what was found since it was opened
        try:
            schema.check_pages(self._connection, path, CHECK_S)
            with self._state():
                pass  # a broken or foreign library is found now, not at the first question
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def refresh(self) -> None:
        """Take the newest state of the file now: nothing that was removed stays in memory."""
        with self._state():
            pass

    def find_faults(self) -> list[str]:
        """Find where FAISS and the file disagree, a sentence each; nothing if they agree."""
        with self._state() as filled:
            return [*find_disagreements(filled.index, *rows.read_vectors(self._connection, 0))]

    def is_of(self, path: Path) -> bool:
        """Return whether ``path`` still is the file that was opened, not another one put in its place."""
        return path.exists() and _identity(path) == self._identity

    def nearest(self, vector: Vectors, k: int, articles: Collection[str] | None = None) -> list[Hit]:
        """Return the ``k`` passages nearest in meaning (all, if fewer), best first, by cosine, -1 to 1.

        ``vector`` is a unit vector of shape (dim,), float32. Only within the articles of these ids, if given.
        """
        if not np.isfinite(vector).all():
            raise ValueError("the vector of a question has to be finite numbers")
        with self._state() as filled:
            only = None
            if articles is not None:
                only = [number for article_id in set(articles) for number in filled.held.get(article_id, ())]
            found = filled.index.nearest(vector, k, only)
            passages = self._passages([number for number, _ in found])
            return [Hit(passages[number], score) for number, score in found]

    def matching(self, question: str, k: int, articles: Collection[str] | None = None) -> list[Hit]:
        """Return the ``k`` passages that share most words with ``question``, best first, by BM25, > 0.

        Fewer where fewer share a word. Common words count only where there are no others; names are found
        however they are typed. Only within the articles of these ids, if given.
        """
        expression = _any_of(spellings_to_search(question))
        if not expression or k <= 0:
            return []
        among = ""
        values: list[str] = []
        if articles is not None:
            values = sorted(set(articles))
            among = f" AND articles.id IN ({', '.join('?' * len(values))})"
        with self._state():
            found = self._connection.execute(
                f"SELECT {rows.PASSAGE_COLUMNS}, bm25(words, 2.0, 1.0) AS score"  # noqa: S608 - constants only
                " FROM words JOIN passages ON passages.number = words.rowid"
                " JOIN articles ON articles.number = passages.article"
                f" WHERE words MATCH ?{among} ORDER BY score, passages.number LIMIT ?",
                (expression, *values, k),
            ).fetchall()
            # SQLite's bm25() is negative: smaller is better. A Hit's score is the reverse.
            return [Hit(rows.to_passage(row[:-1]), -row[-1]) for row in found]

    def article(self, article_id: str) -> Article | None:
        """Return the version of this id; None when it has been removed meanwhile."""
        with self._reading():
            return self._checked(queries.find_article(self._connection, article_id))

    def current_version(self, source_id: str) -> Article | None:
        """Return the newest version of a source; None when it has been removed meanwhile."""
        with self._reading():
            return self._checked(queries.find_current(self._connection, source_id))

    def passages(self, article: Article) -> tuple[list[Passage], Vectors]:
        """Return the passages of ``article``, in order, and a unit vector each: (count, dim), float32.

        None of an earlier version, and none of one that has been removed meanwhile.
        """
        with self._state():
            found = self._connection.execute(
                f'SELECT passages.start, passages."end", context, vector {rows.FROM_PASSAGES}'
                " WHERE articles.id = ? ORDER BY passages.start",
                (article.id,),
            ).fetchall()
            # Cut here: SQLite would walk through a long text from its beginning for every passage.
            passages = [
                rows.to_passage((article.id, start, end, article.text[start:end], context))
                for start, end, context, _ in found
            ]
            vectors = np.frombuffer(b"".join(row[-1] for row in found), dtype=np.float32)
            return passages, vectors.reshape(len(found), -1 if found else 0)

    def signatures(self, article_ids: Collection[str]) -> dict[str, Signature]:
        """Return the signatures of these articles, by id.

        Those that have none, or are not here, are left out.
        """
        with self._reading():
            return near_duplicates.read_signatures(self._connection, article_ids)

    def near_duplicates_of(self, signature: Signature) -> list[ArticleInfo]:
        """List the current articles that say nearly what one with this signature does, the likest first."""
        with self._reading():
            return near_duplicates.find_near_duplicates(self._connection, signature)

    def articles(self) -> list[ArticleInfo]:
        """List the current version of every article, newest first by its own date, then by title."""
        with self._reading():
            return queries.find_articles(self._connection)

    def _checked(self, article: Article | None) -> Article | None:
        """Return ``article``, known to be what was read: nothing else is ever quoted. Raises ValueError."""
        version = self._connection.execute("PRAGMA data_version").fetchone()[0]
        if version != self._as_read.version:
            self._as_read = _AsRead(version, set())
        if article is not None and article.id not in self._as_read.ids:
            check_as_read(article)
            self._as_read.ids.add(article.id)
        return article

    @contextmanager
    def _reading(self) -> Iterator[None]:
        """Hold the lock, and remember that the file is damaged where that is what comes out."""
        with self._lock:
            try:
                with schema.read_from(self._path):
                    yield
            except LibraryDamagedError as error:
                self.damage = Damage(error, state_of(self._path))
                raise

    @contextmanager
    def _state(self) -> Iterator[_Filled]:
        """Hold the newest state of the file while the block runs; FAISS follows it if it changed."""
        with self._reading(), schema.reading(self._connection, self._path):
            version = self._connection.execute("PRAGMA data_version").fetchone()[0]
            if self._filled is None or self._filled.version != version:
                configuration = queries.find_configuration(self._connection, self._path)
                if configuration != self._configuration:
                    raise stale(self._path, configuration, self._configuration)
                before, self._filled = self._filled, None  # should it fail half way, all is read again
                self._filled = self._follow(before, version)
            yield self._filled

    def _follow(self, before: _Filled | None, version: int) -> _Filled:
        """Bring FAISS up to the file: only what is not in it yet is read, and what is gone is taken out.

        Numbers of passages are never given twice, and a passage is never changed.
        """
        try:
            now = rows.read_numbers(self._connection)
            held = before.held if before else {}
            gone = [numbers for article_id, numbers in held.items() if now.get(article_id) != numbers]
            new = [numbers for article_id, numbers in now.items() if held.get(article_id) != numbers]
            first = min((numbers.start for numbers in new), default=None)
            # Numbers only grow in a file: where they do not, another one was copied over this.
            is_other = first is not None and first < _end(held)
            if before is None or is_other or len(gone) == len(held):
                return _Filled(version, now, _filled(*rows.read_vectors(self._connection, 0)))
            before.index.remove([number for numbers in gone for number in numbers])
            if first is not None:
                before.index.add(*rows.read_vectors(self._connection, first))
        except ValueError as error:
            rebuild = command(f"rebuild{name_at(self._path).option}")
            raise LibraryDamagedError(f"{self._path}: {error}. Run {rebuild}.") from None
        return _Filled(version, now, before.index)

    def _passages(self, numbers: list[int]) -> dict[int, Passage]:
        marks = ", ".join("?" * len(numbers))
        found = self._connection.execute(
            f"SELECT passages.number, {rows.PASSAGE_COLUMNS} {rows.FROM_PASSAGES}"
            f" WHERE passages.number IN ({marks})",
            numbers,
        ).fetchall()
        return {row[0]: rows.to_passage(row[1:]) for row in found}


def _any_of(words: list[str]) -> str:
    # Quoted, a word is only a word: FTS5 has an AND, a NEAR, a * and a ^ of its own.
    return " OR ".join(f'"{word}"' for word in words)


def _filled(numbers: list[int], vectors: Vectors) -> VectorIndex:
    index = VectorIndex(vectors.shape[1])
    index.add(numbers, vectors)
    return index


def _end(held: Mapping[str, range]) -> int:
    """Return the end of the range that holds all of these numbers."""
    return max((numbers.stop for numbers in held.values()), default=0)


def _identity(path: Path) -> tuple[int, int]:
    status = path.stat()
    return status.st_dev, status.st_ino
