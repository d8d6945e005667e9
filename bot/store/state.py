"""How chats are set, and in which of them the bot is. Everything raises StateError."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Any, cast

from bot.store import additions, inbox, outbox_rows
from bot.store.database import Database
from bot.store.types import ChatSettings, Keepers


@dataclass(frozen=True, slots=True)
class LeftChat:
    """A chat that the bot is not in any more, since ``at``, in seconds since 1970."""

    chat_id: int
    at: float
    former: int | None  # the id that it had as a group

    @property
    def ids(self) -> tuple[int, ...]:
        """All that it was known by."""
        return (self.chat_id,) if self.former is None else (self.chat_id, self.former)


class State:
    """The chats of a database."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._free = self._read_free()
        self._former = self._read_former()
        self._left = self._read_left()

    def settings(self, chat_id: int) -> ChatSettings:
        """Return how a chat is set; one that was never heard of has the defaults."""
        row = self._database.one("SELECT quotes, keepers FROM chats WHERE id = ?", chat_id)
        topics = self._database.all("SELECT topic FROM free_topics WHERE chat = ?", chat_id)
        free = frozenset(topic for (topic,) in topics)
        return ChatSettings() if row is None else ChatSettings(row[0], cast(Keepers, row[1]), free)

    def is_free(self, chat_id: int, topic: int) -> bool:
        """Tell from memory whether everything in a topic is a question."""
        return (chat_id, topic) in self._free

    def former(self, chat_id: int) -> int | None:
        """Return the id that a supergroup had as a group, from memory; None of one that always was one."""
        return self._former.get(chat_id)

    def set_quotes(self, chat_id: int, quotes: int | None) -> None:
        """Set how many quotes an answer has at most."""
        self._write(chat_id, "UPDATE chats SET quotes = ? WHERE id = ?", quotes, chat_id)

    def set_keepers(self, chat_id: int, keepers: Keepers) -> None:
        """Set who may add and remove articles."""
        self._write(chat_id, "UPDATE chats SET keepers = ? WHERE id = ?", keepers, chat_id)

    def set_free(self, chat_id: int, topic: int, *, is_free: bool) -> None:
        """Set whether everything in a topic is a question."""
        if is_free:
            self._write(chat_id, "INSERT OR IGNORE INTO free_topics VALUES (?, ?)", chat_id, topic)
        else:
            self._write(chat_id, "DELETE FROM free_topics WHERE chat = ? AND topic = ?", chat_id, topic)
        self._free = self._read_free()

    def leave(self, chat_id: int, at: float) -> None:
        """Note that the bot was blocked or removed; what it knows stays for a while, in case it comes back.

        Of a chat that it left before, and of a group that is a supergroup by now, that is no news.
        """
        if chat_id not in self._former.values():
            self._write(chat_id, "UPDATE chats SET left_at = coalesce(left_at, ?) WHERE id = ?", at, chat_id)
            self._left = self._read_left()

    def come(self, chat_id: int) -> bool:
        """Note that the bot is in a chat; return whether it never was there before, or had left."""
        with self._database.writing() as connection:
            row = _one(connection, "SELECT left_at FROM chats WHERE id = ?", chat_id)
            connection.execute(
                "INSERT INTO chats (id) VALUES (?) ON CONFLICT (id) DO UPDATE SET left_at = NULL", (chat_id,)
            )
        self._left = self._read_left()
        return row is None or row[0] is not None

    def has_left(self, chat_id: int) -> bool:
        """Tell from memory whether the bot is known to have left a chat."""
        return chat_id in self._left

    def left_chats(self) -> list[LeftChat]:
        """List the chats that the bot is not in any more, those it left first first."""
        rows = self._database.all(
            "SELECT id, left_at, former FROM chats WHERE left_at IS NOT NULL ORDER BY left_at, id"
        )
        return [LeftChat(*row) for row in rows]

    def forget(self, chat_id: int, before: float) -> bool:
        """Delete all that is known of a chat that the bot left ``before`` then; return whether it did.

        It may have come back meanwhile.
        """
        with self._database.writing() as connection:
            row = _one(connection, "SELECT former FROM chats WHERE id = ? AND left_at < ?", chat_id, before)
            if row is not None:
                for known_as in (chat_id, row[0]):
                    if known_as is not None:
                        _forget(connection, known_as)
        self._free, self._former, self._left = self._read_free(), self._read_former(), self._read_left()
        return row is not None

    def move(self, old: int, new: int) -> None:
        """Give all that a group had to the supergroup that it became. Twice does no harm."""
        with self._database.writing() as connection:
            _move(connection, old, new)
            connection.execute("INSERT OR IGNORE INTO chats (id) VALUES (?)", (new,))
            # Only in a group that the bot is in it hears of this.
            connection.execute("UPDATE chats SET former = ?, left_at = NULL WHERE id = ?", (old, new))
        self._free, self._former, self._left = self._read_free(), self._read_former(), self._read_left()

    def _read_former(self) -> dict[int, int]:
        return dict(self._database.all("SELECT id, former FROM chats WHERE former IS NOT NULL"))

    def _read_left(self) -> frozenset[int]:
        return frozenset(
            chat for (chat,) in self._database.all("SELECT id FROM chats WHERE left_at IS NOT NULL")
        )

    def _read_free(self) -> frozenset[tuple[int, int]]:
        return frozenset((chat, topic) for chat, topic in self._database.all("SELECT * FROM free_topics"))

    def _write(self, chat_id: int, statement: str, *values: Any) -> None:
        with self._database.writing() as connection:
            connection.execute("INSERT OR IGNORE INTO chats (id) VALUES (?)", (chat_id,))
            connection.execute(statement, values)


def _forget(connection: sqlite3.Connection, chat_id: int) -> None:
    inbox.forget_in(connection, chat_id)
    outbox_rows.forget_in(connection, chat_id)
    connection.execute("DELETE FROM chats WHERE id = ?", (chat_id,))  # with all that refers to it


def _move(connection: sqlite3.Connection, old: int, new: int) -> None:
    # Messages are counted anew there: what was said under a number before is under none now.
    connection.execute("DELETE FROM messages WHERE chat = ?", (old,))
    connection.execute("UPDATE exchanges SET question = NULL WHERE chat = ?", (old,))
    outbox_rows.move_in(connection, old, new)
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
