"""What was asked and answered, on disk: for buttons, follow-ups and edited questions after a restart, too.

Everything raises StateError.
"""

from __future__ import annotations

import logging
import secrets
import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from pydantic import TypeAdapter

from bot.store.database import Database
from bot.store.sealed import seal, unseal
from bot.store.types import Exchange, StoredAnswer

log = logging.getLogger(__name__)

KEY_BYTES = 12
"""96 bits: nobody guesses the key of another chat's exchange."""

_ANSWER: TypeAdapter[StoredAnswer | None] = TypeAdapter(StoredAnswer | None)
_COLUMNS = "number, key, chat, question, place, follows, given, at"


class Exchanges:
    """The exchanges of a database."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._damaged: set[int] = set()  # numbers of exchanges that the log has

    def keep(self, exchange: Exchange) -> Exchange:
        """Keep an exchange, in the place of the one that has its key; return it with a key."""
        exchange = keyed(exchange)
        with self._database.writing() as connection:
            keep_in(connection, exchange)
        return exchange

    def say(self, key: str, chat_id: int, messages: Sequence[int]) -> None:
        """Keep which messages were said, in order, in the place of any others."""
        with self._database.writing() as connection:
            say_in(connection, key, chat_id, messages)

    def by_key(self, key: str) -> Exchange | None:
        """Find the exchange of a key; None where it is not kept any more, or never was."""
        return self._find("key = ?", key)

    def by_message(self, chat_id: int, message_id: int) -> Exchange | None:
        """Find the exchange in which a message of the bot's was said."""
        where = "number = (SELECT exchange FROM messages WHERE chat = ? AND message = ?)"
        return self._find(where, chat_id, message_id)

    def by_question(self, chat_id: int, question_id: int) -> Exchange | None:
        """Find the exchange that a person's message began."""
        return self._find("chat = ? AND question = ?", chat_id, question_id)

    def last_in(self, chat_id: int, topic: int) -> Exchange | None:
        """Find the newest exchange of a topic in a chat."""
        return self._find("chat = ? AND place = ?", chat_id, topic)

    def chain(self, key: str | None, count: int) -> list[Exchange]:
        """Return the exchange of ``key`` and those it followed, oldest first, the last ``count`` at most."""
        found: list[Exchange] = []
        while key is not None and len(found) < count and (exchange := self.by_key(key)) is not None:
            found.append(exchange)
            key = exchange.follows
        return found[::-1]

    def forget_before(self, at: float) -> int:
        """Delete exchanges older than ``at``, in seconds since 1970; return how many."""
        with self._database.writing() as connection:
            return connection.execute("DELETE FROM exchanges WHERE at < ?", (at,)).rowcount

    def _find(self, where: str, *values: Any) -> Exchange | None:
        row = self._database.one(
            f"SELECT {_COLUMNS} FROM exchanges WHERE {where} ORDER BY number DESC LIMIT 1",  # noqa: S608 - constants
            *values,
        )
        if row is None:
            return None
        number, key, chat_id, question_id, place, follows, given, at = row
        said = self._database.all("SELECT message FROM messages WHERE exchange = ? ORDER BY message", number)
        return Exchange(
            key,
            chat_id,
            question_id or 0,
            place,
            follows,
            self._to_answer(number, given, key, follows),
            tuple(message for (message,) in said),
            at,
        )

    def _to_answer(self, number: int, given: str, key: str, follows: str | None) -> StoredAnswer | None:
        """Read what was answered; None where the row is damaged, which is logged once."""
        try:
            return _ANSWER.validate_json(unseal(given, key, follows))
        except ValueError:
            if number not in self._damaged:
                self._damaged.add(number)
                log.error(
                    "the answer in exchange %d is damaged: its buttons no longer work; if this happens more "
                    "often, restore a backup of bot.db",
                    number,
                )
            return None


def keyed(exchange: Exchange) -> Exchange:
    """Return ``exchange`` with a key: its own, or a new one that nobody guesses."""
    return exchange if exchange.key else replace(exchange, key=secrets.token_urlsafe(KEY_BYTES))


def keep_in(connection: sqlite3.Connection, exchange: Exchange) -> None:
    """Keep an exchange that has a key, within the transaction that is open."""
    connection.execute("INSERT OR IGNORE INTO chats (id) VALUES (?)", (exchange.chat_id,))
    given = seal(_ANSWER.dump_json(exchange.answer).decode(), exchange.key, exchange.follows)
    connection.execute(
        "INSERT INTO exchanges (key, chat, question, place, follows, given, at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (key) DO UPDATE SET given = excluded.given",
        (
            exchange.key,
            exchange.chat_id,
            exchange.question_id,
            exchange.topic,
            exchange.follows,
            given,
            exchange.at,
        ),
    )


def say_in(connection: sqlite3.Connection, key: str, chat_id: int, messages: Sequence[int]) -> None:
    """Keep which messages were said, within the transaction that is open."""
    found = connection.execute("SELECT number FROM exchanges WHERE key = ?", (key,)).fetchone()
    if found is None:  # too old: it was forgotten meanwhile
        return
    connection.execute("DELETE FROM messages WHERE exchange = ?", found)
    connection.executemany(
        "INSERT OR REPLACE INTO messages (exchange, chat, message) VALUES (?, ?, ?)",
        [(*found, chat_id, message) for message in messages],
    )
