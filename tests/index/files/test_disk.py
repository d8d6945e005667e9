"""A full disk is called one, in bot.db and in a library, wherever it stops SQLite; then all is as before."""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.errors import StateError
from bot.store import schema as bot_schema
from index.errors import AppError, LibraryError
from index.files import disk
from index.files.disk import is_full
from index.store import SqliteLibrary, schema
from index.types import IndexConfiguration
from tests.small_disk import SmallDisk, small_disk

CONFIGURATION = IndexConfiguration("fake", 40)
PAGE = 4096


@pytest.fixture
def mounted(tmp_path: Path) -> Iterator[SmallDisk]:
    with small_disk(tmp_path, 512 << 10) as found:
        yield found


def bot_connection(path: Path) -> sqlite3.Connection:
    """The bot's database, with a table to fill."""
    connection = bot_schema.connect(path)
    connection.execute("CREATE TABLE filled (text TEXT)")
    return connection


def library_connection(path: Path) -> sqlite3.Connection:
    """A library, with a table to fill."""
    SqliteLibrary(path, CONFIGURATION).close()
    connection = schema.connect(path, write=True)
    connection.execute("CREATE TABLE filled (text TEXT)")
    return connection


def fill_table(connection: sqlite3.Connection) -> None:
    """Write a row, and change earlier pages, until nothing fits any more."""
    connection.execute("UPDATE filled SET text = text || 'x'")
    while True:
        connection.execute("INSERT INTO filled VALUES (?)", ("x" * PAGE,))


@dataclass(frozen=True)
class Kind:
    """One of the two databases, and what is said where its disk is full."""

    connect: Callable[[Path], sqlite3.Connection]
    writing: Callable[[sqlite3.Connection, Path], AbstractContextManager[None]]
    error: type[AppError]
    sentence: str


KINDS = pytest.mark.parametrize(
    "kind",
    [
        Kind(
            bot_connection,
            bot_schema.writing,
            StateError,
            "The disk is full, so {path} can't be written. Make room on it.",
        ),
        Kind(
            library_connection,
            schema.writing,
            LibraryError,
            "The disk is full, so {path} can't be written or copied. Make room, and try again.",
        ),
    ],
    ids=["bot.db", "library"],
)


@KINDS
@pytest.mark.parametrize("left", [0, PAGE, 3 * PAGE, 10 * PAGE, 40 * PAGE])
def test_a_full_disk_is_called_one_and_nothing_is_half_written(
    mounted: SmallDisk, kind: Kind, left: int
) -> None:
    path = mounted.folder / "kept.db"
    with closing(kind.connect(path)) as connection:
        connection.executemany("INSERT INTO filled VALUES (?)", [("kept",)] * 200)
        for _ in range(2):
            mounted.fill(left)
            with pytest.raises(kind.error) as caught, kind.writing(connection, path):
                fill_table(connection)
            assert str(caught.value) == kind.sentence.format(path=path)
            assert not connection.in_transaction
            mounted.empty()
            rows = connection.execute("SELECT count(*), min(text), max(text) FROM filled").fetchall()
            assert rows == [(200, "kept", "kept")]
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        with kind.writing(connection, path):
            connection.execute("INSERT INTO filled VALUES ('more')")
        assert connection.execute("SELECT count(*) FROM filled").fetchone() == (201,)


@KINDS
def test_a_database_that_may_not_grow_is_called_full_without_a_small_disk(tmp_path: Path, kind: Kind) -> None:
    path = tmp_path / "kept.db"
    with closing(kind.connect(path)) as connection:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages + 5}")
        with pytest.raises(kind.error) as caught, kind.writing(connection, path):
            fill_table(connection)
        assert str(caught.value) == kind.sentence.format(path=path)
        assert connection.execute("SELECT count(*) FROM filled").fetchone() == (0,)


@KINDS
def test_a_rollback_that_fails_does_not_hide_what_failed_first(tmp_path: Path, kind: Kind) -> None:
    path = tmp_path / "kept.db"
    with closing(kind.connect(path)) as connection:

        def fail_for_good() -> None:
            connection.set_authorizer(
                lambda action, *_: sqlite3.SQLITE_DENY if action == sqlite3.SQLITE_TRANSACTION else 0
            )
            raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError), kind.writing(connection, path):
            fail_for_good()
        assert connection.in_transaction  # so it was tried


def test_what_is_no_full_disk_is_not_called_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def said_by_sqlite(code: int) -> sqlite3.OperationalError:
        error = sqlite3.OperationalError("disk I/O error")
        error.sqlite_errorcode = code
        return error

    path = tmp_path / "kept.db"
    unclear = [said_by_sqlite(code) for code in (sqlite3.SQLITE_IOERR_WRITE, sqlite3.SQLITE_CANTOPEN)]
    assert not any(is_full(error, path) for error in unclear)  # there is room
    assert not is_full(said_by_sqlite(sqlite3.SQLITE_BUSY), path)
    assert not is_full(sqlite3.OperationalError("database or disk is full"), path)  # which SQLite did not say
    assert not is_full(PermissionError(errno.EACCES, "Permission denied"), path)
    assert not is_full(ValueError("full"), path)
    assert is_full(said_by_sqlite(sqlite3.SQLITE_FULL), path)
    assert is_full(OSError(errno.EDQUOT, "Disk quota exceeded"), path)
    monkeypatch.setattr(disk, "LEAST_BYTES", os.statvfs(tmp_path).f_bavail * PAGE * 1000)
    assert all(is_full(error, path) for error in unclear)
    assert not is_full(said_by_sqlite(sqlite3.SQLITE_BUSY), path)
