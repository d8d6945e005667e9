"""The form of data/bot.db: chats and their settings, what was asked and answered, and what came in."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from bot.errors import StateError
from index import private
from index.disk import is_full

APPLICATION_ID = 0x56524254 + 1
BUSY_S = 15.0

CHATS = """
CREATE TABLE chats (
    id INTEGER PRIMARY KEY,
    quotes INTEGER,
    left_at REAL
) STRICT;
CREATE TABLE free_topics (
    chat INTEGER NOT NULL REFERENCES chats (id) ON UPDATE CASCADE ON DELETE CASCADE,
    topic INTEGER NOT NULL,
    PRIMARY KEY (chat, topic)
) STRICT, WITHOUT ROWID;
"""
EXCHANGES = """
ALTER TABLE chats ADD COLUMN keepers TEXT NOT NULL DEFAULT 'admins';
ALTER TABLE chats ADD COLUMN former INTEGER;
CREATE TABLE exchanges (
    number INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    chat INTEGER NOT NULL REFERENCES chats (id) ON UPDATE CASCADE ON DELETE CASCADE,
    question INTEGER,
    place INTEGER,
    follows TEXT,
    given TEXT NOT NULL,
    open INTEGER NOT NULL,
    at REAL NOT NULL
) STRICT;
CREATE INDEX exchanges_by_question ON exchanges (chat, question);
CREATE INDEX exchanges_by_place ON exchanges (chat, place);
CREATE INDEX exchanges_by_age ON exchanges (at);
CREATE TABLE messages (
    exchange INTEGER NOT NULL REFERENCES exchanges (number) ON DELETE CASCADE,
    chat INTEGER NOT NULL,
    message INTEGER NOT NULL,
    PRIMARY KEY (chat, message)
) STRICT, WITHOUT ROWID;
CREATE INDEX messages_by_exchange ON messages (exchange);
CREATE TABLE inbox (
    number INTEGER PRIMARY KEY,
    body TEXT NOT NULL,
    at REAL NOT NULL,
    tries INTEGER NOT NULL DEFAULT 0
) STRICT;
"""
# With a NOT NULL column before the key, quick_check of SQLite 3.40.1 reports a NULL that is not there.
MESSAGES_KEY_FIRST = """
CREATE TABLE messages_3 (
    chat INTEGER NOT NULL,
    message INTEGER NOT NULL,
    exchange INTEGER NOT NULL REFERENCES exchanges (number) ON DELETE CASCADE,
    PRIMARY KEY (chat, message)
) STRICT, WITHOUT ROWID;
INSERT INTO messages_3 (chat, message, exchange)
    SELECT chat, message, exchange FROM messages WHERE exchange IN (SELECT number FROM exchanges);
DROP TABLE messages;
ALTER TABLE messages_3 RENAME TO messages;
CREATE INDEX messages_by_exchange ON messages (exchange);
"""
FORMS = (CHATS, EXCHANGES, MESSAGES_KEY_FIRST)
"""What each form added to the one before."""
FORM = len(FORMS)


def connect(path: Path) -> sqlite3.Connection:
    """The database at ``path``, made where there is none. Raises StateError."""
    with explained(path):
        private.make_folder(path.parent)
        path.touch(private.FILE)
        private.tighten(path)
        connection = sqlite3.connect(path, timeout=BUSY_S, isolation_level=None, check_same_thread=False)
        try:
            # A damaged text is still a text: whoever reads it finds out, not the database.
            connection.text_factory = lambda text: text.decode(errors="replace")
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA trusted_schema = OFF")
            connection.execute("PRAGMA secure_delete = ON")
            connection.execute("PRAGMA synchronous = FULL")
            _lay_out(connection, path)
        except BaseException:
            connection.close()
            raise
    return connection


@contextmanager
def writing(connection: sqlite3.Connection, path: Path) -> Iterator[None]:
    """One transaction: all of it, or nothing. Raises StateError."""
    with explained(path):
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            connection.execute("COMMIT")
        except BaseException:
            # A full disk may have ended the transaction already; what failed first is what has to be said.
            if connection.in_transaction:
                with suppress(sqlite3.Error):
                    connection.execute("ROLLBACK")
            raise


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """What SQLite or the disk says becomes a StateError with the way out."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        if is_full(error, path):
            raise _no_room(path) from None
        if isinstance(error, sqlite3.OperationalError):
            raise StateError(
                f"{path} cannot be used: {error}; let this user write there, and look after its disk."
            ) from None
        raise StateError(f"{path} is damaged: {error}; restore it, or delete it to begin anew.") from None
    except OSError as error:
        if is_full(error, path):
            raise _no_room(path) from None
        raise StateError(
            f"{path} cannot be used: {error.strerror}; make its folder one this user may write."
        ) from None


def _no_room(path: Path) -> StateError:
    return StateError(f"The disk is full: {path} cannot be written; make room on it.")


def _lay_out(connection: sqlite3.Connection, path: Path) -> None:
    form = connection.execute("PRAGMA user_version").fetchone()[0]
    held = connection.execute("PRAGMA application_id").fetchone()[0]
    is_empty = form == 0 and held == 0 and not connection.execute("SELECT 1 FROM sqlite_schema").fetchone()
    if not is_empty and (held != APPLICATION_ID or form not in range(1, FORM + 1)):
        raise StateError(f"{path} is not the state of this version of the bot; move it away to begin anew.")
    if form < FORM:
        missing = "".join(FORMS[form:])
        connection.executescript(
            f"BEGIN IMMEDIATE;{missing}PRAGMA application_id={APPLICATION_ID};"
            f"PRAGMA user_version={FORM};COMMIT;"
        )
