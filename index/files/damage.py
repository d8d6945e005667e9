"""Whether an SQLite file is damaged: found quickly, and within a bound of time.

SQLite itself takes an empty file for a new database, and reads a page only when it is asked for what is
there.
"""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from index.errors import LibraryError

LONGEST = 200
"""The most characters that are repeated of what SQLite says."""

_BEGINNING = b"SQLite format 3\0"
_AGAIN_S = 0.02

FileState = tuple[int, int, int, int]
"""What of a file changes when it is written or replaced."""


@dataclass(frozen=True, slots=True)
class Damage:
    """Why a file cannot be read, and its state when that was found out."""

    error: LibraryError
    state: FileState | None  # None where there was no file
    at: float = field(default_factory=time.monotonic)  # in seconds


def state_of(path: Path) -> FileState | None:
    """Return the state of the file at ``path``; None where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns


def find_fault(path: Path) -> str | None:
    """Say what is wrong with the file at ``path`` as SQLite would find it; None where it may open it.

    None also where there is no file, unless something of one is left. Raises OSError.
    """
    try:
        with path.open("rb") as file:
            beginning = file.read(len(_BEGINNING))
    except (FileNotFoundError, NotADirectoryError):
        journal = path.with_name(f"{path.name}-journal")
        return f"it is gone, and only {journal.name} is left" if journal.exists() else None
    if not beginning:
        return "it is empty"
    return None if beginning == _BEGINNING else "file is not a database"


def find_broken_page(connection: sqlite3.Connection, within_s: float) -> str | None:
    """Say what SQLite's integrity_check finds first; None where it finds nothing, or is not done in time."""
    found = None
    with bounded(connection, within_s):
        found = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
    return None if found in {None, "ok"} else one_line(found)


def one_line(what: object) -> str:
    """Return what SQLite says of damage, which may repeat damaged words, as one short line."""
    line = " ".join("".join(c if c.isprintable() else " " for c in str(what)).split())
    return line if len(line) <= LONGEST else f"{line[:LONGEST]} …"


@contextmanager
def bounded(connection: sqlite3.Connection, within_s: float) -> Iterator[None]:
    """End the block, without an error, once its statements have taken ``within_s`` seconds."""
    done = threading.Event()

    def watch() -> None:
        if not done.wait(within_s):
            # SQLite 3.40 calls no progress handler within integrity_check, and forgets an interrupt that
            # comes between two statements.
            while not done.wait(_AGAIN_S):
                connection.interrupt()

    watching = threading.Thread(target=watch, name="bounded")
    watching.start()
    try:
        yield
    except sqlite3.OperationalError as error:
        if "interrupted" not in str(error):
            raise
    finally:
        done.set()
        watching.join()
