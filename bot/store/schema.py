"""What data/bot.db holds: chats and their settings, what was asked and answered, and what came in."""

from __future__ import annotations

import logging
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from bot.errors import StateError
from index.files import private, sqlite
from index.files.atomic_files import create_if_absent
from index.files.damage import bounded, find_fault, one_line
from index.files.disk import is_full
from index.files.sqlite import FileKind

log = logging.getLogger(__name__)

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
# Exchanges whose answer was not sent are answered anew: the updates that began them are still in the inbox.
DELIVERY = """
DELETE FROM exchanges WHERE open OR number NOT IN (SELECT exchange FROM messages);
ALTER TABLE exchanges DROP COLUMN open;
UPDATE inbox SET tries = 0;
CREATE TABLE closed (
    place INTEGER PRIMARY KEY AUTOINCREMENT,
    number INTEGER NOT NULL UNIQUE
) STRICT;
CREATE TABLE set_aside (
    number INTEGER PRIMARY KEY,
    body TEXT NOT NULL,
    standing TEXT NOT NULL,
    at REAL NOT NULL,
    is_told INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE outbox (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    chat INTEGER NOT NULL,
    body TEXT NOT NULL,
    exchange TEXT,
    at REAL NOT NULL
) STRICT;
CREATE INDEX outbox_by_chat ON outbox (chat);
"""
ADDITIONS = """
CREATE TABLE additions (
    number INTEGER PRIMARY KEY,
    chat INTEGER NOT NULL REFERENCES chats (id) ON UPDATE CASCADE ON DELETE CASCADE,
    source TEXT NOT NULL,
    person INTEGER NOT NULL,
    characters INTEGER NOT NULL,
    bytes INTEGER NOT NULL,
    at REAL NOT NULL,
    UNIQUE (chat, source)
) STRICT;
CREATE INDEX additions_by_person ON additions (person);
"""
FORMATS = (CHATS, EXCHANGES, MESSAGES_KEY_FIRST, DELIVERY, ADDITIONS)
"""What each format version added to the one before."""
FORMAT_VERSION = len(FORMATS)


CHECK_S = 5.0
"""So long the file is checked at most when it is opened: 4 GB, where the disk is no slower."""

JSON = (("exchanges", "given"), ("inbox", "body"), ("outbox", "body"), ("set_aside", "body"))
"""Columns that hold JSON."""


IN_MEMORY = Path(":memory:")
"""Names a database that is in no file and ends with its connection."""


def _damaged(path: Path, what: object) -> StateError:
    return StateError(
        f"{path} is damaged: {one_line(what)}. Restore a backup of it, or move it away to start "
        "afresh: that loses settings and buttons under old answers, but no articles."
    )


def _disk_full(path: Path) -> StateError:
    return StateError(f"The disk is full, so {path} can't be written. Make room on it.")


def _unusable(path: Path, error: sqlite3.OperationalError) -> StateError:
    if str(error).startswith("no such "):
        return _damaged(path, error)
    return StateError(f"{path} can't be used: {error}. Let this user write there, and check its disk.")


KIND = FileKind(0x56524254 + 1, FORMAT_VERSION, _damaged, _disk_full, _unusable)


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn what SQLite or the disk says in the block into a StateError with the way out."""
    try:
        with KIND.explained(path):
            yield
    except OSError as error:
        if is_full(error, path):
            raise _disk_full(path) from None
        raise StateError(
            f"{path} can't be used: {error.strerror}. Let this user write to its folder."
        ) from None


@contextmanager
def writing(connection: sqlite3.Connection, path: Path) -> Iterator[None]:
    """Run the block as one transaction: all of it is kept, or nothing. Raises StateError."""
    with explained(path), KIND.writing(connection, path):
        yield


def connect(path: Path) -> sqlite3.Connection:
    """Open the database at ``path``, made where there is none; look for damage, at most for CHECK_S.

    Raises StateError. Damaged rows are only logged: who reads one leaves it out.
    """
    with explained(path):
        connection = _open(path)
        try:
            # A damaged text is still a text: whoever reads it finds out, not the database.
            connection.text_factory = lambda text: text.decode(errors="replace")
            connection.execute("PRAGMA foreign_keys = ON")
            sqlite.prepare_writing(connection)
            _bring_up_to_date(connection, path)
            connection.execute("DELETE FROM chats WHERE 0")  # SQLite opens what it cannot write to as well
            _check(connection, path)
        except BaseException:
            connection.close()
            raise
    return connection


def _open(path: Path) -> sqlite3.Connection:
    if path == IN_MEMORY:
        connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        _lay_out(connection, 0)
        return connection
    fault = find_fault(path)
    if fault:
        raise _damaged(path, fault)
    if not path.exists():
        _make(path)
    private.tighten(path)
    return sqlite.connect(path)


def _make(path: Path) -> None:
    """Make an empty database, whole from the moment it is there."""
    with create_if_absent(path) as new:
        new.touch(private.FILE)
        with closing(sqlite3.connect(new, isolation_level=None)) as connection, writing(connection, path):
            _lay_out(connection, 0)


def _bring_up_to_date(connection: sqlite3.Connection, path: Path) -> None:
    if _version_of(connection, path) < FORMAT_VERSION:
        with writing(connection, path):  # another process may be faster
            _lay_out(connection, _version_of(connection, path))


def _version_of(connection: sqlite3.Connection, path: Path) -> int:
    application_id, format_version = KIND.versions(connection)
    if application_id != KIND.application_id or format_version not in range(1, FORMAT_VERSION + 1):
        raise StateError(
            f"{path} isn't from this version of the bot. Use the version that made it, or move the "
            "file away to start afresh."
        )
    return format_version


def _check(connection: sqlite3.Connection, path: Path) -> None:
    """Raise StateError where the file is damaged, as far as can be seen in CHECK_S; log damaged rows."""
    with closing(sqlite3.connect(IN_MEMORY, isolation_level=None)) as fresh:
        _lay_out(fresh, 0)
        missing = _layout(fresh) - _layout(connection)
    if missing:
        raise _damaged(path, f"{min(missing)[0]} is missing or different")
    until = time.monotonic() + CHECK_S
    KIND.check_pages(connection, path, CHECK_S)
    with bounded(connection, max(0.0, until - time.monotonic())):
        for table, column in JSON:
            count = connection.execute(
                f"SELECT count(*) FROM {table} WHERE NOT json_valid({column})"  # noqa: S608 - constants
            ).fetchone()[0]
            if count:
                log.error(
                    "%s: %d rows of %s are damaged and left out; if it's more than a few, restore a backup",
                    path,
                    count,
                    table,
                )


def _layout(connection: sqlite3.Connection) -> set[tuple[str, str]]:
    return set(connection.execute("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL").fetchall())


def _lay_out(connection: sqlite3.Connection, before: int) -> None:
    """Bring the format version ``before`` up to the newest, within the transaction that is open."""
    for statements in FORMATS[before:]:
        sqlite.run(connection, statements)
    KIND.mark(connection)
