"""data/bot.db, open for reading and writing, by one thread at a time. Everything raises StateError."""

from __future__ import annotations

import asyncio
import functools
import sqlite3
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from bot import schema

P = ParamSpec("P")
T = TypeVar("T")


class Database:
    """The file at ``path``; it is made where there is none."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._connection = schema.connect(path)
        self._lock = threading.RLock()
        self._worker = ThreadPoolExecutor(1, "database")

    def close(self) -> None:
        """Let go of the file, once what is being done in it is done."""
        self._worker.shutdown(wait=True)
        with self._lock:
            self._connection.close()

    async def do(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What ``work`` gives, done off the event loop; first come, first served."""
        return await asyncio.get_running_loop().run_in_executor(
            self._worker, functools.partial(work, *args, **kwargs)
        )

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
