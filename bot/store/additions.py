"""Who added what to which chat, by numbers only; so that what one person adds everywhere can be counted.

It stands in the database of the bot, not in the libraries: those can be given away, and name nobody.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from bot.store.database import Database
from bot.store.types import Usage


@dataclass(frozen=True, slots=True)
class Addition:
    """An article that ``person`` added to a chat, and how much it takes there."""

    chat_id: int
    source_id: str  # what all versions of the article share
    person: int  # the id of a group, where somebody speaks in its name
    characters: int  # of the newest version
    bytes: int  # of all versions, as estimated
    at: float  # seconds since 1970


class Additions:
    """The additions of a database. Everything raises StateError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @contextmanager
    def counting(self, addition: Addition) -> Iterator[None]:
        """Count ``addition``, unless the block fails; an earlier version of it becomes part of it.

        It is counted before it is there: if the process dies meanwhile, a person has less room, and not more,
        until what is counted is compared with what is there.
        """
        with self._database.writing() as connection:
            before = _row(connection, addition.chat_id, addition.source_id)
            earlier_bytes = before[4] if before else 0
            connection.execute("INSERT OR IGNORE INTO chats (id) VALUES (?)", (addition.chat_id,))
            _put(
                connection,
                (
                    addition.chat_id,
                    addition.source_id,
                    addition.person,
                    addition.characters,
                    earlier_bytes + addition.bytes,
                    addition.at,
                ),
            )
        try:
            yield
        except BaseException:
            with self._database.writing() as connection:
                _delete(connection, addition.chat_id, addition.source_id)
                if before:
                    _put(connection, before)
            raise

    def usage(self, person: int, *, without: tuple[int, str]) -> Usage:
        """Sum up what ``person`` has added everywhere, but for one article: its chat and source."""
        row = self._database.one(
            "SELECT count(*), coalesce(sum(characters), 0), coalesce(sum(bytes), 0) FROM additions"
            " WHERE person = ? AND NOT (chat = ? AND source = ?)",
            person,
            *without,
        )
        return Usage(*row) if row else Usage()

    def of(self, person: int) -> list[tuple[int, str]]:
        """List what ``person`` has added: chats and sources."""
        rows = self._database.all("SELECT chat, source FROM additions WHERE person = ?", person)
        return [(chat, source) for chat, source in rows]

    def since(self, at: float) -> list[Addition]:
        """List what was added after ``at``, in seconds since 1970, and is still there; oldest first."""
        rows = self._database.all(
            "SELECT chat, source, person, characters, bytes, at FROM additions WHERE at > ? ORDER BY at", at
        )
        return [Addition(*row) for row in rows]

    def forget(self, chat_id: int, source_id: str) -> None:
        """Count an article no more: it was removed."""
        with self._database.writing() as connection:
            _delete(connection, chat_id, source_id)


def move_in(connection: sqlite3.Connection, old: int, new: int) -> None:
    """Let what was added to one chat count as added to another, within the transaction that is open.

    Who spoke in the name of the one speaks in the name of the other.
    """
    connection.execute("UPDATE OR IGNORE additions SET chat = ? WHERE chat = ?", (new, old))
    connection.execute("DELETE FROM additions WHERE chat = ?", (old,))
    connection.execute("UPDATE additions SET person = ? WHERE person = ?", (new, old))


def _row(
    connection: sqlite3.Connection, chat_id: int, source_id: str
) -> tuple[int, str, int, int, int, float] | None:
    row: tuple[int, str, int, int, int, float] | None = connection.execute(
        "SELECT chat, source, person, characters, bytes, at FROM additions WHERE chat = ? AND source = ?",
        (chat_id, source_id),
    ).fetchone()
    return row


def _put(connection: sqlite3.Connection, row: tuple[int, str, int, int, int, float]) -> None:
    connection.execute(
        "INSERT OR REPLACE INTO additions (chat, source, person, characters, bytes, at)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        row,
    )


def _delete(connection: sqlite3.Connection, chat_id: int, source_id: str) -> None:
    connection.execute("DELETE FROM additions WHERE chat = ? AND source = ?", (chat_id, source_id))
