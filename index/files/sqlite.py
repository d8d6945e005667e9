"""Opening, reading, writing and checking our SQLite files, and turning SQLite's errors into ours.

There are two kinds of files: a library (``index.store.schema``), and what the bot keeps of its chats. Each
brings its own errors, with their words.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from index.errors import AppError
from index.files.damage import find_broken_page
from index.files.disk import is_full

BUSY_S = 15.0
"""How long a statement waits for another process that writes."""


def connect(path: Path) -> sqlite3.Connection:
    """Open the database at ``path``, which has to be there, without running any code that it may hold.

    The file is opened for writing also where it is only read: else what a crash left half done could not be
    rolled back. Raises sqlite3.Error.
    """
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=rw",
        uri=True,
        timeout=BUSY_S,
        isolation_level=None,
        check_same_thread=False,
    )
    connection.execute("PRAGMA trusted_schema = OFF")
    return connection


def prepare_writing(connection: sqlite3.Connection) -> None:
    """Let what is deleted leave the file, and what is committed survive a loss of power."""
    connection.execute("PRAGMA secure_delete = ON")
    connection.execute("PRAGMA synchronous = FULL")


def run(connection: sqlite3.Connection, statements: str) -> None:
    """Execute statements that end with ``;`` and a line break, within the transaction that is open."""
    for statement in statements.split(";\n"):
        connection.execute(statement.strip())


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of SQLite file: the numbers in its header, and what is said where one cannot be used."""

    application_id: int
    format_version: int  # the newest, which this program writes; from 1
    damaged: Callable[[Path, object], AppError]  # with what SQLite, or a check of ours, found
    disk_full: Callable[[Path], AppError]
    unusable: Callable[[Path, sqlite3.OperationalError], AppError]  # everything else: locked, read-only …

    def versions(self, connection: sqlite3.Connection) -> tuple[int, int]:
        """Return the application id and the format version that stand in the file."""
        application_id: int = connection.execute("PRAGMA application_id").fetchone()[0]
        format_version: int = connection.execute("PRAGMA user_version").fetchone()[0]
        return application_id, format_version

    def mark(self, connection: sqlite3.Connection) -> None:
        """Write into the file that it is of this kind, in the newest format."""
        connection.execute(f"PRAGMA application_id = {self.application_id}")
        connection.execute(f"PRAGMA user_version = {self.format_version}")

    def check_pages(self, connection: sqlite3.Connection, path: Path, within_s: float) -> None:
        """Raise the error of damage where SQLite finds a broken page within ``within_s`` seconds."""
        with self.explained(path):
            fault = find_broken_page(connection, within_s)
        if fault:
            raise self.damaged(path, fault)

    @contextmanager
    def explained(self, path: Path) -> Iterator[None]:
        """Turn what SQLite raises in the block into an error of ours, with the way out."""
        try:
            yield
        except sqlite3.DatabaseError as error:
            if is_full(error, path):
                raise self.disk_full(path) from None
            if isinstance(error, sqlite3.OperationalError):
                raise self.unusable(path, error) from None
            raise self.damaged(path, error) from None
        except UnicodeDecodeError as error:  # what SQLite says of a damaged name repeats it
            raise self.damaged(path, error) from None

    @contextmanager
    def writing(self, connection: sqlite3.Connection, path: Path) -> Iterator[None]:
        """Run the block as one transaction that holds the file's write lock: all of it is kept, or nothing.

        Raises what ``unusable`` makes of a lock that another process keeps for BUSY_S.
        """
        with self.explained(path):
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                connection.execute("COMMIT")
            except BaseException:
                # A full disk may have ended the transaction already; what failed first has to be said.
                if connection.in_transaction:
                    with suppress(sqlite3.Error):
                        connection.execute("ROLLBACK")
                raise

    @contextmanager
    def reading(self, connection: sqlite3.Connection, path: Path) -> Iterator[None]:
        """Hold one state of the file: what the block reads belongs together, whatever others write."""
        with self.explained(path):
            connection.execute("BEGIN")
            try:
                yield
            finally:
                if connection.in_transaction:
                    with suppress(sqlite3.Error):  # nothing was written; what was read may have failed
                        connection.execute("COMMIT")
