"""The form of a library file: one SQLite database, and how it is opened.

``journal_mode=DELETE`` leaves no file beside it at rest (TRUNCATE leaves an empty one); WAL would, and the
SQLite of Debian 12 has a bug there that loses commits.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from index.errors import LibraryBusyError, LibraryDamagedError, LibraryError, StaleLibraryError

APPLICATION_ID = 0x56524254  # "VRBT"
FORM = 1
BUSY_S = 15.0

SCHEMA = """
CREATE TABLE made_with (model TEXT NOT NULL, passage_tokens INTEGER NOT NULL) STRICT;
CREATE TABLE articles (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    source_id TEXT NOT NULL,
    source TEXT NOT NULL,
    added TEXT NOT NULL,
    title TEXT NOT NULL,
    text TEXT NOT NULL,
    url TEXT, publisher TEXT, author TEXT, published TEXT, language TEXT,
    pages TEXT NOT NULL,
    sections TEXT NOT NULL,
    is_current INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX one_current_version ON articles (source_id) WHERE is_current;
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
);
"""


def connect(path: Path, *, write: bool, create: bool) -> sqlite3.Connection:
    """An open connection to the library at ``path``, checked to be one of this form.

    With ``create`` an absent file is made, and an empty one is taken; it still has to be laid out. Raises
    LibraryDamagedError, StaleLibraryError, LibraryError.
    """
    with explained(path):
        # A reader opens the file "rw", too: else it could not roll back what a crashed writer left half done.
        connection = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode={'rwc' if create else 'rw'}",
            uri=True,
            timeout=BUSY_S,
            isolation_level=None,
            check_same_thread=False,
        )
    try:
        with explained(path):
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA trusted_schema = OFF")
            if write:
                connection.execute("PRAGMA secure_delete = ON")
                connection.execute("PRAGMA synchronous = FULL")
            else:
                connection.execute("PRAGMA query_only = ON")
            _check_form(connection, path, may_be_empty=create)
    except BaseException:
        connection.close()
        raise
    return connection


def _check_form(connection: sqlite3.Connection, path: Path, *, may_be_empty: bool) -> None:
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    form = connection.execute("PRAGMA user_version").fetchone()[0]
    is_empty = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0] == 0
    if is_empty and not application and may_be_empty:
        return
    if application != APPLICATION_ID:
        raise LibraryDamagedError(f"{path} is not a library; move it away, or choose another name.")
    if form != FORM:
        raise StaleLibraryError(
            f"{path} has form {form}, this program reads form {FORM}; use the version that made it."
        )


def create(connection: sqlite3.Connection) -> None:
    """Lay out an empty library, within the transaction that is open."""
    for statement in SCHEMA.split(";\n"):
        if statement.strip():
            connection.execute(statement)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {FORM}")


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn what SQLite says into an error of ours, with the way out."""
    try:
        yield
    except sqlite3.OperationalError as error:
        text = str(error)
        if "locked" in text or "busy" in text:
            raise LibraryBusyError(f"{path} is being written by another process; try again.") from None
        if "unable to open" in text:
            raise LibraryError(f"{path} cannot be opened; check the folder and its rights.") from None
        raise LibraryError(f"{path}: {text}; nothing was changed.") from None
    except sqlite3.DatabaseError as error:
        raise LibraryDamagedError(
            f"{path} is not a library or is broken ({error}); put a copy of it back, or move it away and add "
            "the articles again."
        ) from None


@contextmanager
def writing(connection: sqlite3.Connection, path: Path) -> Iterator[None]:
    """One transaction that holds the file's write lock; everything in it is kept, or nothing.

    Raises LibraryBusyError when another process keeps the lock for 15 s.
    """
    with explained(path):
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise


@contextmanager
def reading(connection: sqlite3.Connection, path: Path) -> Iterator[None]:
    """One view of the file: what is read inside belongs together, whatever others write meanwhile."""
    with explained(path):
        connection.execute("BEGIN")
        try:
            yield
        finally:
            if connection.in_transaction:
                connection.execute("COMMIT")
