"""Writes that wait together are committed together; one that fails undoes only itself."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.errors import StateError
from bot.store import Database


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = Database(tmp_path / "bot.db")
    yield opened
    opened.close()


def write_down(connection: sqlite3.Connection, chat: int) -> int:
    connection.execute("INSERT INTO chats (id) VALUES (?)", (chat,))
    return chat


def fail(connection: sqlite3.Connection) -> None:
    write_down(connection, 99)
    raise ValueError("no")


def chats(database: Database) -> list[int]:
    return [chat for (chat,) in database.all("SELECT id FROM chats ORDER BY id")]


async def test_what_waits_is_committed_together(database: Database) -> None:
    commits: list[str] = []
    database._connection.set_trace_callback(lambda said: commits.append(said) if said == "COMMIT" else None)
    may_go_on = threading.Event()
    blocking = asyncio.create_task(database.do(may_go_on.wait))
    writing = [asyncio.create_task(database.write(write_down, chat)) for chat in range(1, 51)]
    await asyncio.sleep(0)
    may_go_on.set()
    assert await asyncio.gather(*writing) == list(range(1, 51))
    await blocking
    assert chats(database) == list(range(1, 51))
    assert len(commits) == 1


async def test_one_that_fails_undoes_only_itself(database: Database) -> None:
    outcomes = await asyncio.gather(
        database.write(write_down, 1),
        database.write(fail),
        database.write(write_down, 2),
        return_exceptions=True,
    )
    assert [type(outcome) for outcome in outcomes] == [int, ValueError, int]
    assert chats(database) == [1, 2]


async def test_what_the_database_refuses_is_said_to_all_that_were_in_it(database: Database) -> None:
    database._connection.execute("PRAGMA query_only = ON")
    outcomes = await asyncio.gather(
        database.write(write_down, 1), database.write(write_down, 2), return_exceptions=True
    )
    assert [type(outcome) for outcome in outcomes] == [StateError, StateError]
    database._connection.execute("PRAGMA query_only = OFF")
    assert await database.write(write_down, 3) == 3
    assert chats(database) == [3]


async def test_many_writers_lose_nothing(database: Database) -> None:
    async def one_after_the_other(first: int) -> None:
        for chat in range(first, first + 20):
            await database.write(write_down, chat)

    await asyncio.gather(*(one_after_the_other(100 * writer) for writer in range(1, 11)))
    assert len(chats(database)) == 200
