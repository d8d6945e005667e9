"""data/bot.db, open for reading and writing, by one thread at a time. Everything raises StateError."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bot import schema


class Database:
    """The file at ``path``; it is made where there is none."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._connection = schema.connect(path)
        self._lock = threading.RLock()

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._connection.close()

    def all(self, statement: str, *values: Any) -> list[tuple[Any, ...]]:
        """Every row that there is."""
        with self._lock, schema.explained(self._path):
            return self._connection.execute(statement, values).fetchall()

    def one(self, statement: str, *values: Any) -> tuple[Any, ...] | None:
        """The first row."""
        found = self.all(statement, *values)
        return found[0] if found else None

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction on the connection: all of it, or nothing."""
        with self._lock, schema.writing(self._connection, self._path):
            yield self._connection
