"""What was asked and answered, on disk: for buttons, follow-ups and edited questions after a restart, too.

Only here is it written. Everything raises StateError.
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
from bot.store.types import Given, Kept

log = logging.getLogger(__name__)

KEY_BYTES = 12
"""96 bits: nobody guesses the key of another chat's exchange."""

_GIVEN: TypeAdapter[Given | None] = TypeAdapter(Given | None)
_COLUMNS = "number, key, chat, question, place, follows, given, at"


class Exchanges:
    """The exchanges of a database."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._damaged: set[int] = set()  # numbers of exchanges that the log has

    def keep(self, kept: Kept) -> Kept:
        """Keep an exchange, in the place of the one that has its key; return it with a key."""
        kept = keyed(kept)
        with self._database.writing() as connection:
            keep_in(connection, kept)
        return kept

    def say(self, key: str, chat_id: int, messages: Sequence[int]) -> None:
        """Keep which messages were said, in order, in the place of any others."""
        with self._database.writing() as connection:
            say_in(connection, key, chat_id, messages)

    def by_key(self, key: str) -> Kept | None:
        """None when it is not kept any more, or never was."""
        return self._kept("key = ?", key)

    def by_message(self, chat_id: int, message_id: int) -> Kept | None:
        """The exchange in which a message of the bot's was said."""
        where = "number = (SELECT exchange FROM messages WHERE chat = ? AND message = ?)"
        return self._kept(where, chat_id, message_id)

    def by_question(self, chat_id: int, question_id: int) -> Kept | None:
        """The exchange that a person's message began."""
        return self._kept("chat = ? AND question = ?", chat_id, question_id)

    def last_in(self, chat_id: int, topic: int) -> Kept | None:
        """Find the newest exchange of a topic in a chat."""
        return self._kept("chat = ? AND place = ?", chat_id, topic)

    def thread(self, key: str | None, count: int) -> list[Kept]:
        """The exchange of ``key`` and those it followed, oldest first, the last ``count`` at most."""
        found: list[Kept] = []
        while key is not None and len(found) < count and (kept := self.by_key(key)) is not None:
            found.append(kept)
            key = kept.follows
        return found[::-1]

    def forget_before(self, at: float) -> int:
        """How many exchanges from before ``at`` are gone now."""
        with self._database.writing() as connection:
            return connection.execute("DELETE FROM exchanges WHERE at < ?", (at,)).rowcount

    def _kept(self, where: str, *values: Any) -> Kept | None:
        row = self._database.one(
            f"SELECT {_COLUMNS} FROM exchanges WHERE {where} ORDER BY number DESC LIMIT 1",  # noqa: S608 - constants
            *values,
        )
        if row is None:
            return None
        number, key, chat_id, question_id, place, follows, given, at = row
        said = self._database.all("SELECT message FROM messages WHERE exchange = ? ORDER BY message", number)
        return Kept(
            key,
            chat_id,
            question_id or 0,
            place,
            follows,
            self._to_given(number, given, key, follows),
            tuple(message for (message,) in said),
            at,
        )

    def _to_given(self, number: int, given: str, key: str, follows: str | None) -> Given | None:
        """Read what was answered; None where the row is damaged, which is logged once."""
        try:
            return _GIVEN.validate_json(unseal(given, key, follows))
        except ValueError:
            if number not in self._damaged:
                self._damaged.add(number)
                log.error(
                    "the answer in exchange %d is damaged: its buttons do not work any more; restore bot.db "
                    "from a backup if there is more of this",
                    number,
                )
            return None


def keyed(kept: Kept) -> Kept:
    """Return ``kept`` with a key: its own, or a new one that nobody guesses."""
    return kept if kept.key else replace(kept, key=secrets.token_urlsafe(KEY_BYTES))


def keep_in(connection: sqlite3.Connection, kept: Kept) -> None:
    """Keep an exchange that has a key, within the transaction that is open."""
    connection.execute("INSERT OR IGNORE INTO chats (id) VALUES (?)", (kept.chat_id,))
    given = seal(_GIVEN.dump_json(kept.given).decode(), kept.key, kept.follows)
    connection.execute(
        "INSERT INTO exchanges (key, chat, question, place, follows, given, at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (key) DO UPDATE SET given = excluded.given",
        (kept.key, kept.chat_id, kept.question_id, kept.topic, kept.follows, given, kept.at),
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
