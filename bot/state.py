"""What the bot keeps about its chats, in data/bot.db. Only here is it written."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path
from typing import Any

from bot import schema
from bot.types import ChatSettings


class State:
    """Open for reading and writing, by one thread at a time. Everything raises StateError."""

    def __init__(self, path: Path) -> None:
        """The file at ``path``; it is made where there is none."""
        self._path = path
        self._connection = schema.connect(path)
        self._lock = threading.RLock()
        self._free = self._read_free()

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._connection.close()

    def settings(self, chat_id: int) -> ChatSettings:
        """How a chat is set; one that was never heard of has the defaults."""
        with self._lock, schema.explained(self._path):
            row = self._one("SELECT quotes FROM chats WHERE id = ?", chat_id)
            topics = self._connection.execute("SELECT topic FROM free_topics WHERE chat = ?", (chat_id,))
            free = frozenset(topic for (topic,) in topics)
        return ChatSettings() if row is None else ChatSettings(row[0], free)

    def is_free(self, chat_id: int, topic: int) -> bool:
        """Whether everything in a topic is a question; from memory, so that every message may be asked."""
        return (chat_id, topic) in self._free

    def set_quotes(self, chat_id: int, quotes: int | None) -> None:
        """At most so many quotes in an answer from now on."""
        self._write(chat_id, "UPDATE chats SET quotes = ? WHERE id = ?", quotes, chat_id)

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
        with self._lock, schema.writing(self._connection, self._path):
            row = self._one("SELECT left_at FROM chats WHERE id = ?", chat_id)
            self._connection.execute(
                "INSERT INTO chats (id) VALUES (?) ON CONFLICT (id) DO UPDATE SET left_at = NULL", (chat_id,)
            )
        return row is None or row[0] is not None

    def move(self, old: int, new: int) -> None:
        """A group has become a supergroup: all that was its own is the new one's. Twice does no harm."""
        with self._lock, schema.writing(self._connection, self._path):
            self._move(old, new)
        self._free = self._read_free()

    def _move(self, old: int, new: int) -> None:
        if self._one("SELECT 1 FROM chats WHERE id = ?", old) is None:
            return
        if self._one("SELECT 1 FROM chats WHERE id = ?", new) is None:
            self._connection.execute("UPDATE chats SET id = ? WHERE id = ?", (new, old))
            return
        # The new chat was heard of first; nothing was set there yet, or it is newer than what was before.
        self._connection.execute(
            "UPDATE chats SET quotes = coalesce(quotes, (SELECT quotes FROM chats WHERE id = ?1)) "
            "WHERE id = ?2",
            (old, new),
        )
        self._connection.execute(
            "INSERT OR IGNORE INTO free_topics SELECT ?2, topic FROM free_topics WHERE chat = ?1",
            (old, new),
        )
        self._connection.execute("DELETE FROM chats WHERE id = ?", (old,))

    def _read_free(self) -> frozenset[tuple[int, int]]:
        with self._lock, schema.explained(self._path):
            return frozenset(self._connection.execute("SELECT chat, topic FROM free_topics"))

    def _write(self, chat_id: int, statement: str, *values: Any) -> None:
        with self._lock, schema.writing(self._connection, self._path):
            self._connection.execute("INSERT OR IGNORE INTO chats (id) VALUES (?)", (chat_id,))
            self._connection.execute(statement, values)

    def _one(self, statement: str, *values: Any) -> sqlite3.Row | None:
        row: sqlite3.Row | None = self._connection.execute(statement, values).fetchone()
        return row
