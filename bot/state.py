"""How chats are set, and where the bot is. Only here is that written. Everything raises StateError."""

from __future__ import annotations

import sqlite3
from typing import Any, cast

from bot import additions, outbox
from bot.database import Database
from bot.types import ChatSettings, Keepers


class State:
    """The chats of a database."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._free = self._read_free()
        self._former = self._read_former()

    def settings(self, chat_id: int) -> ChatSettings:
        """How a chat is set; one that was never heard of has the defaults."""
        row = self._database.one("SELECT quotes, keepers FROM chats WHERE id = ?", chat_id)
        topics = self._database.all("SELECT topic FROM free_topics WHERE chat = ?", chat_id)
        free = frozenset(topic for (topic,) in topics)
        return ChatSettings() if row is None else ChatSettings(row[0], cast(Keepers, row[1]), free)

    def is_free(self, chat_id: int, topic: int) -> bool:
        """Whether everything in a topic is a question; from memory, so that every message may be asked."""
        return (chat_id, topic) in self._free

    def former(self, chat_id: int) -> int | None:
        """The id that a supergroup had as a group; from memory. None of one that always was one."""
        return self._former.get(chat_id)

    def set_quotes(self, chat_id: int, quotes: int | None) -> None:
        """At most so many quotes in an answer from now on."""
        self._write(chat_id, "UPDATE chats SET quotes = ? WHERE id = ?", quotes, chat_id)

    def set_keepers(self, chat_id: int, keepers: Keepers) -> None:
        """Who may add and remove articles from now on."""
        self._write(chat_id, "UPDATE chats SET keepers = ? WHERE id = ?", keepers, chat_id)

    def set_free(self, chat_id: int, topic: int, *, is_free: bool) -> None:
        """Whether everything in a topic is a question."""
        if is_free:
            self._write(chat_id, "INSERT OR IGNORE INTO free_topics VALUES (?, ?)", chat_id, topic)
        else:
            self._write(chat_id, "DELETE FROM free_topics WHERE chat = ? AND topic = ?", chat_id, topic)
        self._free = self._read_free()

    def leave(self, chat_id: int, at: float) -> None:
        """The bot was blocked or removed; what it knows stays, in case it comes back."""
        self._write(chat_id, "UPDATE chats SET left_at = ? WHERE id = ?", at, chat_id)

    def come(self, chat_id: int) -> bool:
        """The bot is in a chat; whether it never was there before, or had left."""
        with self._database.writing() as connection:
            row = _one(connection, "SELECT left_at FROM chats WHERE id = ?", chat_id)
            connection.execute(
                "INSERT INTO chats (id) VALUES (?) ON CONFLICT (id) DO UPDATE SET left_at = NULL", (chat_id,)
            )
        return row is None or row[0] is not None

    def move(self, old: int, new: int) -> None:
        """A group has become a supergroup: all that was its own is the new one's. Twice does no harm."""
        with self._database.writing() as connection:
            _move(connection, old, new)
            connection.execute("INSERT OR IGNORE INTO chats (id) VALUES (?)", (new,))
            connection.execute("UPDATE chats SET former = ? WHERE id = ?", (old, new))
        self._free, self._former = self._read_free(), self._read_former()

    def _read_former(self) -> dict[int, int]:
        return dict(self._database.all("SELECT id, former FROM chats WHERE former IS NOT NULL"))

    def _read_free(self) -> frozenset[tuple[int, int]]:
        return frozenset((chat, topic) for chat, topic in self._database.all("SELECT * FROM free_topics"))

    def _write(self, chat_id: int, statement: str, *values: Any) -> None:
        with self._database.writing() as connection:
            connection.execute("INSERT OR IGNORE INTO chats (id) VALUES (?)", (chat_id,))
            connection.execute(statement, values)


def _move(connection: sqlite3.Connection, old: int, new: int) -> None:
    # Messages are counted anew there: what was said under a number before is under none now.
    connection.execute("DELETE FROM messages WHERE chat = ?", (old,))
    connection.execute("UPDATE exchanges SET question = NULL WHERE chat = ?", (old,))
    outbox.move_in(connection, old, new)
    if _one(connection, "SELECT 1 FROM chats WHERE id = ?", old) is None:
        return
    if _one(connection, "SELECT 1 FROM chats WHERE id = ?", new) is None:
        connection.execute("UPDATE chats SET id = ? WHERE id = ?", (new, old))
        additions.move_in(connection, old, new)
        return
    # The new chat was heard of first; nothing was set there yet, or it is newer than what was before.
    connection.execute(
        "UPDATE chats SET quotes = coalesce(quotes, (SELECT quotes FROM chats WHERE id = ?1)), "
        "keepers = iif(keepers = 'admins', (SELECT keepers FROM chats WHERE id = ?1), keepers) "
        "WHERE id = ?2",
        (old, new),
    )
    connection.execute(
        "INSERT OR IGNORE INTO free_topics SELECT ?2, topic FROM free_topics WHERE chat = ?1", (old, new)
    )
    connection.execute("UPDATE exchanges SET chat = ? WHERE chat = ?", (new, old))
    additions.move_in(connection, old, new)
    connection.execute("DELETE FROM chats WHERE id = ?", (old,))


def _one(connection: sqlite3.Connection, statement: str, *values: Any) -> sqlite3.Row | None:
    row: sqlite3.Row | None = connection.execute(statement, values).fetchone()
    return row
