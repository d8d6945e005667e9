"""What a library file holds: one SQLite database, how it is laid out, and how it is opened.

``journal_mode=DELETE`` leaves no second file at rest (TRUNCATE leaves an empty one); WAL would, and the
SQLite of Debian 12 has a bug there that loses commits.
"""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path

from index.errors import LibraryBusyError, LibraryDamagedError, LibraryError, StaleLibraryError
from index.files import private, sqlite
from index.files.damage import find_fault, one_line
from index.files.sqlite import FileKind

FORMAT_VERSION = 3
"""In format 2 no article says what is printed on its pages; else it is the same, and used as it is."""

ARTICLES = """
CREATE TABLE articles (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    source_id TEXT NOT NULL,
    is_current INTEGER NOT NULL,
    source TEXT NOT NULL,
    added TEXT NOT NULL,
    title TEXT NOT NULL,
    url TEXT, publisher TEXT, author TEXT, published TEXT, language TEXT,
    pages TEXT NOT NULL,
    sections TEXT NOT NULL,
    text TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX one_current_version ON articles (source_id) WHERE is_current;
CREATE INDEX article_sizes ON articles (is_current, length(text))
"""
"""The text comes last: SQLite reads through all of it to reach a column after it. Sizes are in an index."""

ARTICLE_ATTACHMENTS = """
CREATE TABLE originals (
    article INTEGER PRIMARY KEY REFERENCES articles (number) ON DELETE CASCADE,
    packed BLOB NOT NULL
) STRICT;
CREATE TABLE sketches (
    article INTEGER PRIMARY KEY REFERENCES articles (number) ON DELETE CASCADE,
    sketch BLOB NOT NULL
) STRICT
"""

PASSAGES = """
CREATE TABLE passages (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    article INTEGER NOT NULL REFERENCES articles (number),
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    context TEXT NOT NULL,
    vector BLOB NOT NULL
) STRICT;
CREATE INDEX passages_by_article ON passages (article);
CREATE VIEW passage_texts AS
    SELECT passages.number AS number, context, substr(text, start + 1, "end" - start) AS body
    FROM passages JOIN articles ON articles.number = passages.article;
CREATE VIRTUAL TABLE words USING fts5 (
    context, body, content='passage_texts', content_rowid='number', tokenize='porter unicode61'
)
"""

CONFIGURATION = "CREATE TABLE made_with (model TEXT NOT NULL, passage_tokens INTEGER NOT NULL) STRICT"


def damaged(path: Path, what: object) -> LibraryDamagedError:
    """Return the error that the library at ``path`` is broken, with the way out."""
    return LibraryDamagedError(
        f"{path} isn't a library, or is damaged ({one_line(what)}). Restore a backup of it, or "
        "move it away and add the articles again."
    )


def _disk_full(path: Path) -> LibraryError:
    return LibraryError(f"The disk is full, so {path} can't be written or copied. Make room, and try again.")


def _unusable(path: Path, error: sqlite3.OperationalError) -> LibraryError:
    text = str(error)
    if "decode" in text:  # a text that is none
        return damaged(path, text.partition(" with text")[0])
    if "locked" in text or "busy" in text:
        return LibraryBusyError(f"Another process is writing to {path}. Try again.")
    if "unable to open" in text:
        return _unopened(path)
    if "readonly" in text:
        return LibraryError(
            f"{path} has to be writable for that, but it, its folder or its disk is read-only. Change "
            "that, or work on a copy."
        )
    return LibraryError(f"{path}: {text}. Nothing was changed.")


def _unopened(path: Path) -> LibraryError:
    return LibraryError(f"{path} can't be opened. Check the folder and its permissions.")


KIND = FileKind(0x56524254, FORMAT_VERSION, damaged, _disk_full, _unusable)  # "VRBT"
explained, reading, writing, check_pages = KIND.explained, KIND.reading, KIND.writing, KIND.check_pages


def connect(path: Path, *, write: bool) -> sqlite3.Connection:
    """Open the library at ``path``, in this format, or in an earlier one, which is brought up to date.

    Raises LibraryDamagedError, StaleLibraryError, LibraryError.
    """
    check_file(path)
    private.tighten(path)
    with explained(path):
        connection = sqlite.connect(path)
    try:
        with explained(path):
            connection.execute("PRAGMA foreign_keys = ON")
            if write:
                sqlite.prepare_writing(connection)
            else:
                connection.execute("PRAGMA query_only = ON")
            if _format_version(connection, path) == 1:
                _bring_up_to_date(connection, path)
            if missing := _wanted() - _layout(connection):
                raise damaged(path, f"{min(missing)[1]} is missing or different")
    except BaseException:
        connection.close()
        raise
    return connection


def check_file(path: Path) -> None:
    """Return unless the file at ``path``, if there is one, can be seen to be none of SQLite's.

    Raises LibraryDamagedError: SQLite would take an empty file for a new one. Raises LibraryError.
    """
    try:
        fault = find_fault(path)
    except OSError:
        raise _unopened(path) from None
    if fault:
        raise damaged(path, fault)


def _format_version(connection: sqlite3.Connection, path: Path) -> int:
    application_id, format_version = KIND.versions(connection)
    if application_id != KIND.application_id:
        raise LibraryDamagedError(f"{path} isn't a library. Move it away, or choose another name.")
    if not 1 <= format_version <= FORMAT_VERSION:
        raise StaleLibraryError(
            f"{path} has format {format_version}, but this program reads format {FORMAT_VERSION}. Use "
            "the version that made it."
        )
    return format_version


def create(connection: sqlite3.Connection) -> None:
    """Lay out an empty library in an empty database."""
    for part in (CONFIGURATION, ARTICLES, ARTICLE_ATTACHMENTS, PASSAGES):
        sqlite.run(connection, part)
    KIND.mark(connection)


def is_laid_out(connection: sqlite3.Connection) -> bool:
    """Return whether a library holds what this program lays out, and nothing else."""
    return _layout(connection) == _wanted()


@cache
def _wanted() -> set[tuple[str, ...]]:
    with closing(sqlite3.connect(":memory:")) as fresh:
        create(fresh)
        return _layout(fresh)


def _layout(connection: sqlite3.Connection) -> set[tuple[str, ...]]:
    """Return every table, index, view and trigger; of those that FTS5 keeps for itself, the names."""
    found = connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_schema").fetchall()
    return {row[:3] if row[1].startswith("words_") else row for row in found}


def _bring_up_to_date(connection: sqlite3.Connection, path: Path) -> None:
    """Bring a library of format 1 up to this one, in one transaction."""
    query_only = connection.execute("PRAGMA query_only").fetchone()[0]
    for pragma in ("query_only = OFF", "foreign_keys = OFF", "legacy_alter_table = ON", "secure_delete = ON"):
        connection.execute(f"PRAGMA {pragma}")
    with writing(connection, path):
        if _format_version(connection, path) == 1:  # else another process was faster
            connection.execute("DROP INDEX one_current_version")
            connection.execute("ALTER TABLE articles RENAME TO articles_1")
            sqlite.run(connection, ARTICLES)
            columns = (
                "number, id, source_id, is_current, source, added, title, url, publisher, author, published,"
                " language, pages, sections, text"
            )
            connection.execute(
                f"INSERT INTO articles ({columns}) SELECT {columns} FROM articles_1"  # noqa: S608 - constants
            )
            connection.execute("DROP TABLE articles_1")
            sqlite.run(connection, ARTICLE_ATTACHMENTS)
            KIND.mark(connection)
    for pragma in ("legacy_alter_table = OFF", "foreign_keys = ON", f"query_only = {query_only}"):
        connection.execute(f"PRAGMA {pragma}")


@contextmanager
def read_from(path: Path) -> Iterator[None]:
    """Turn what SQLite says, and values in the file that cannot be, into an error of ours."""
    with explained(path):
        try:
            yield
        except (ValueError, TypeError, LookupError, ArithmeticError, RecursionError, zlib.error) as error:
            raise damaged(path, error) from error
