"""data/bot.db, open for reading and writing, by one thread at a time. Everything raises StateError."""

from __future__ import annotations

import asyncio
import functools
import sqlite3
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any, Concatenate, ParamSpec, TypeVar

from bot.store import schema

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True)
class _Write:
    work: Callable[[sqlite3.Connection], Any]
    done: Future[Any]


class Database:
    """The file at ``path``; it is made where there is none."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._connection = schema.connect(path)
        self._lock = threading.RLock()
        self._worker = ThreadPoolExecutor(1, "database")
        self._waiting: SimpleQueue[_Write] = SimpleQueue()

    def sibling(self, name: str) -> Path | None:
        """Name a file beside this one; None where the database is only in memory."""
        return None if self._path == schema.IN_MEMORY else self._path.parent / name

    def close(self) -> None:
        """Let go of the file, once what is being done in it is done."""
        self._worker.shutdown(wait=True)
        with self._lock:
            self._connection.close()

    async def do(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Return what ``work`` gives, done off the event loop; first come, first served."""
        return await asyncio.get_running_loop().run_in_executor(
            self._worker, functools.partial(work, *args, **kwargs)
        )

    async def write(
        self,
        work: Callable[Concatenate[sqlite3.Connection, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """Return what ``work`` gives once it is on disk: all that it does to the connection, or nothing.

        Whatever waits at that moment is committed together, for a commit takes longer than what it commits.
        """
        write = _Write(lambda connection: work(connection, *args, **kwargs), Future())
        self._waiting.put(write)  # not under the lock, which a commit holds: the event loop would wait for it
        self._worker.submit(self._write_waiting)
        result: T = await asyncio.wrap_future(write.done)
        return result

    def all(self, statement: str, *values: Any) -> list[tuple[Any, ...]]:
        """Return all rows of a query."""
        with self._lock, schema.explained(self._path):
            return self._connection.execute(statement, values).fetchall()

    def one(self, statement: str, *values: Any) -> tuple[Any, ...] | None:
        """Return the first row of a query; None where there is none."""
        found = self.all(statement, *values)
        return found[0] if found else None

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Open a transaction on the connection: all of the block is kept, or nothing."""
        with self._lock, schema.writing(self._connection, self._path):
            yield self._connection

    def _write_waiting(self) -> None:
        """Do all writes that wait in one transaction; one that fails undoes only itself."""
        writes = []
        with suppress(Empty):
            while True:
                writes.append(self._waiting.get_nowait())
        writes = [write for write in writes if write.done.set_running_or_notify_cancel()]
        if not writes:
            return
        try:
            with self.writing() as connection:
                outcomes = [_attempt(write.work, connection) for write in writes]
        except BaseException as error:
            outcomes = [error] * len(writes)
        for write, outcome in zip(writes, outcomes, strict=True):
            if isinstance(outcome, BaseException):
                write.done.set_exception(outcome)
            else:
                write.done.set_result(outcome)


def _attempt(work: Callable[[sqlite3.Connection], Any], connection: sqlite3.Connection) -> Any:
    """Return what ``work`` gives, or the error it raised, and then undo what it did."""
    connection.execute("SAVEPOINT attempt")
    try:
        result = work(connection)
    except sqlite3.Error:  # of the disk or the file: nothing else in this transaction can be trusted either
        raise
    except Exception as error:
        connection.execute("ROLLBACK TO attempt")
        connection.execute("RELEASE attempt")
        return error
    connection.execute("RELEASE attempt")
    return result
