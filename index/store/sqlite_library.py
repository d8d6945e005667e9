"""A library: the articles that may be asked about together, in one file. Only here are articles written."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from types import TracebackType

import numpy as np

from index.errors import (
    LibraryError,
    StaleLibraryError,
)
from index.files import private
from index.files.atomic_files import create_if_absent, drop_leftovers
from index.library_name import missing, missing_article
from index.program import command
from index.store import near_duplicates, queries, rows, schema
from index.store.merge import copy_articles
from index.store.paths import name_at
from index.store.statistics import measure
from index.store.verify import check_as_read, find_faults, find_word_faults
from index.text import signature_of
from index.types import Article, ArticleInfo, IndexConfiguration, Passage, Stats, Vectors


class SqliteLibrary:
    """One library, open for reading and writing. Close it, or use it in a ``with``."""

    def __init__(self, path: Path, configuration: IndexConfiguration | None = None) -> None:
        """Open the library at ``path``; with ``configuration`` an absent one is made.

        Raises LibraryMissingError when it is absent, LibraryDamagedError when the file is something else.
        """
        schema.check_file(path)
        if not path.exists():
            if configuration is None:
                raise missing(name_at(path))
            _make(path, configuration)
        self.path = path
        self._connection = schema.connect(path, write=True)

    def __enter__(self) -> SqliteLibrary:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    @property
    def configuration(self) -> IndexConfiguration:
        """What its passages were made with."""
        with schema.explained(self.path):
            return queries.find_configuration(self._connection, self.path)

    def check_configuration(self, configuration: IndexConfiguration) -> None:
        """Return if new passages would fit the ones here; raise StaleLibraryError if not."""
        if self.configuration != configuration:
            raise stale(self.path, self.configuration, configuration)

    def articles(self) -> list[ArticleInfo]:
        """List the current version of every article, newest first by its own date, then by title."""
        with schema.read_from(self.path):
            return queries.find_articles(self._connection)

    def article(self, article_id: str) -> Article:
        """Return the version ``article_id``, current or earlier. Raises ArticleMissingError."""
        with schema.read_from(self.path):
            found = queries.find_article(self._connection, article_id)
            check_as_read(found)
        if found is None:
            raise missing_article(article_id, name_at(self.path))
        return found

    def current_version(self, source_id: str) -> Article | None:
        """Return the version of this source that is searched; None where there is none."""
        with schema.read_from(self.path):
            found = queries.find_current(self._connection, source_id)
            check_as_read(found)
        return found

    def passages(self, article_id: str) -> list[Passage]:
        """Return the passages of one version, in order; none of an earlier one, which is not searched."""
        self._info(article_id)
        with schema.explained(self.path):
            found = self._connection.execute(
                f"SELECT {rows.PASSAGE_COLUMNS} {rows.FROM_PASSAGES} WHERE articles.id = ? ORDER BY start",
                (article_id,),
            ).fetchall()
        return [rows.to_passage(row) for row in found]

    def original(self, article_id: str) -> bytes | None:
        """Return the file that this version was read from; None where it is not kept.

        Raises ArticleMissingError.
        """
        self._info(article_id)
        with schema.read_from(self.path):
            row = self._connection.execute(
                "SELECT packed FROM originals JOIN articles ON number = article WHERE id = ?", (article_id,)
            ).fetchone()
            return zlib.decompress(row[0]) if row else None

    def is_current(self, article_id: str) -> bool:
        """Return whether this very version is the one that is searched."""
        with schema.explained(self.path):
            query = "SELECT 1 FROM articles WHERE id = ? AND is_current"
            return self._connection.execute(query, (article_id,)).fetchone() is not None

    def near_duplicates_of(self, article: Article) -> list[ArticleInfo]:
        """List the current articles of other sources that say nearly what this one does, likest first."""
        with schema.read_from(self.path):
            near = near_duplicates.find_near_duplicates(self._connection, signature_of(article.text))
        return [info for info in near if info.source_id != article.source_id]

    def replace(self, article: Article, passages: list[Passage], vectors: Vectors) -> bool:
        """Make ``article`` the current version of its source, in one transaction; whether it had one before.

        ``vectors`` has a unit vector a passage. The version before stays readable, but is not searched any
        more. Raises LibraryError when a vector is no unit vector of this library's size.
        """
        # Before the lock: of a long text or a large file it takes a second.
        packed = zlib.compress(article.original) if article.original is not None else None
        signature = signature_of(article.text)
        with schema.writing(self._connection, self.path):
            self._check(passages, vectors)
            before = self._connection.execute(
                "SELECT number FROM articles WHERE source_id = ? AND is_current", (article.source_id,)
            ).fetchone()
            if before:
                rows.delete_passages(self._connection, before[0])
                self._connection.execute("UPDATE articles SET is_current = 0 WHERE number = ?", before)
            number = self._revived(article.id) or rows.insert_article(self._connection, article)
            if packed is not None:
                rows.insert_original(self._connection, number, packed)
            rows.insert_passages(self._connection, number, passages, vectors)
            near_duplicates.insert_signature(self._connection, number, signature)
            near_duplicates.insert_signatures(self._connection)
        return before is not None

    def _revived(self, article_id: str) -> int | None:
        """Make an earlier version with this id current again, whose text has come back; return its number."""
        found = self._connection.execute("SELECT number FROM articles WHERE id = ?", (article_id,)).fetchone()
        if found is None:
            return None
        self._connection.execute("UPDATE articles SET is_current = 1 WHERE number = ?", found)
        return int(found[0])

    def take_in(self, path: Path) -> tuple[int, int]:
        """Put in every version that the library at ``path`` holds and this one does not.

        How many are searched now, and how many not: of a source that is here, too, what is current here
        stays so. One transaction. Raises StaleLibraryError where the passages of the two do not fit.
        """
        with SqliteLibrary(path) as other:
            other.check_configuration(self.configuration)
            with (
                schema.reading(other._connection, path),
                schema.writing(self._connection, self.path),
            ):
                return copy_articles(other._connection, self._connection)

    def remove(self, article_id: str) -> ArticleInfo:
        """Forget the article of this id, every version of it; what it was. Raises ArticleMissingError.

        Text, passages, vectors and words leave the file, not only the tables.
        """
        info = self._info(article_id)
        drop_leftovers(self.path.parent)  # a copy that was not finished holds it, too
        with schema.writing(self._connection, self.path):
            numbers = self._connection.execute(
                "SELECT number FROM articles WHERE source_id = ?", (info.source_id,)
            ).fetchall()
            for (number,) in numbers:
                rows.delete_passages(self._connection, number)
            is_whole = self._is_as_read(info.source_id)
            self._connection.execute("DELETE FROM articles WHERE source_id = ?", (info.source_id,))
            # The word index keeps deleted words in old segments until they are joined into one. Which words
            # it has of a text that is damaged, nobody knows.
            mend = "optimize" if is_whole else "rebuild"
            self._connection.execute("INSERT INTO words (words) VALUES (?)", (mend,))
        return info

    def _is_as_read(self, source_id: str) -> bool:
        """Return whether the version of a source that is searched is what was read."""
        try:
            check_as_read(queries.find_current(self._connection, source_id))
        except ValueError:
            return False
        return True

    def rebuild(
        self, configuration: IndexConfiguration, contents: Iterable[tuple[str, list[Passage], Vectors]]
    ) -> None:
        """Put new passages in the place of all: article id, passages and vectors each. One transaction.

        Raises LibraryBusyError, and LibraryError when the articles have changed since ``contents`` was made.
        """
        made = {article_id: (passages, vectors) for article_id, passages, vectors in contents}
        with schema.writing(self._connection, self.path):
            current = self._connection.execute("SELECT id, number FROM articles WHERE is_current").fetchall()
            if {article_id for article_id, _ in current} != set(made):
                raise LibraryError(
                    f"{self.path} changed while it was being rebuilt. Nothing was changed; try again."
                )
            self._connection.execute("INSERT INTO words (words) VALUES ('delete-all')")
            self._connection.execute("DELETE FROM passages")
            _set_configuration(self._connection, configuration)
            for article_id, number in current:
                passages, vectors = made[article_id]
                self._check(passages, vectors)
                rows.insert_passages(self._connection, number, passages, vectors)
            near_duplicates.insert_signatures(self._connection)

    def stats(self) -> Stats:
        """Measure how much it holds."""
        with schema.read_from(self.path):
            return measure(self._connection, self.path)

    def verify(self) -> list[str]:
        """Find what is wrong with the file, a sentence each; nothing if nothing is."""
        with schema.reading(self._connection, self.path):
            faults = find_faults(self._connection)
        with schema.explained(self.path):  # a write to SQLite, so that it may have to wait for another
            return [*faults, *find_word_faults(self._connection)]

    def _check(self, passages: list[Passage], vectors: Vectors) -> None:
        """Raise LibraryError unless ``vectors`` are one unit vector a passage, as long as those here."""
        held = self._connection.execute("SELECT length(vector) FROM passages LIMIT 1").fetchone()
        fits = (
            vectors.dtype == np.float32
            and vectors.ndim == 2
            and len(vectors) == len(passages)
            and (held is None or not passages or vectors[0].nbytes == held[0])
            and np.allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-3)  # false for NaN, too
        )
        if not fits:
            raise LibraryError(f"The model gave a vector that doesn't fit {self.path}. Nothing was changed.")

    def _info(self, article_id: str) -> ArticleInfo:
        with schema.read_from(self.path):
            row = self._connection.execute(
                f"SELECT {rows.INFO_COLUMNS} FROM articles WHERE id = ?",  # noqa: S608 - a constant
                (article_id,),
            ).fetchone()
            info = rows.to_info(row) if row else None
        if info is None:
            raise missing_article(article_id, name_at(self.path))
        return info


def _make(path: Path, configuration: IndexConfiguration) -> None:
    """Make an empty library at ``path``, unless another process is faster: whole, or there is none."""
    try:
        with create_if_absent(path) as new, schema.explained(path):
            new.touch(private.FILE)
            with closing(sqlite3.connect(new, isolation_level=None)) as connection:
                connection.execute("BEGIN IMMEDIATE")
                schema.create(connection)
                _set_configuration(connection, configuration)
                connection.execute("COMMIT")
    except OSError as error:
        raise LibraryError(
            f"{path} can't be created: {error.strerror}. Make room, or set data_dir in config.toml to "
            "another folder."
        ) from None


def _set_configuration(connection: sqlite3.Connection, configuration: IndexConfiguration) -> None:
    connection.execute("DELETE FROM made_with")
    connection.execute(
        "INSERT INTO made_with VALUES (?, ?)", (configuration.model, configuration.passage_tokens)
    )


def stale(path: Path, has: IndexConfiguration, wanted: IndexConfiguration) -> StaleLibraryError:
    """Return the error that a library made with ``has`` cannot be used with ``wanted``."""
    rebuild_it = command(f"rebuild{name_at(path).option}")
    return StaleLibraryError(
        f"{path} was made with {has.model} and passages of {has.passage_tokens} tokens, but "
        f"config.toml says {wanted.model} and {wanted.passage_tokens}. Run {rebuild_it}, or "
        "change config.toml back."
    )
