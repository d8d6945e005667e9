"""Updates that Telegram was told we have, on disk until they are taken care of: no crash loses one.

An update is *received* when it is taken, *in work* while its handler does something, and closed once what is
to be said to it is planned (``bot.telegram.delivery.outbox``), or there is nothing to say. One that was
in work each time the process died may be why it died: after ``TRIES`` such deaths it is set aside.
"""

from __future__ import annotations

import json
import logging
import sqlite3
import time
from collections.abc import Callable, Iterable, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from bot.errors import StateError
from bot.store.database import Database
from bot.store.in_work import InWork, Mark
from bot.store.message_notes import MessageNotes
from bot.store.sealed import seal, unseal

log = logging.getLogger(__name__)

TRIES = 3
"""So many times the process may die while an update is in work; then the update is set aside."""

SUSPECT = 1
"""After this many deaths an update is taken last, and while no other suspect is: it may be what kills."""

ASIDE_DAYS = 7
DAY_S = 86_400.0

REMEMBERED = 10_000
"""Numbers of closed updates that are remembered: Telegram may deliver one again after a crash."""

LARGEST = 2**63 - 1
"""The largest number that SQLite holds; Telegram's are far smaller."""

current: ContextVar[int | None] = ContextVar("current", default=None)
"""The number of the update that is in work here: what is said without more is said to it."""


@dataclass(frozen=True, slots=True)
class SetAside:
    """An update that is not tried any more."""

    number: int
    update: Any  # as Telegram sent it; None where its row cannot be read
    placeholders: tuple[int, ...]  # messages of ours that only said that an answer is coming
    at: float  # seconds since 1970


class Inbox:
    """The updates of a database. Everything raises StateError."""

    def __init__(self, database: Database, now: Callable[[], float] | None = None) -> None:
        """Read the files beside the database. ``now`` gives seconds since 1970; it may jump."""
        self._database = database
        self._in_work = InWork(database.sibling("bot.work"))
        self._placeholders = MessageNotes(database.sibling("bot.standing"))
        self._now = now or time.time
        self._left: frozenset[int] = frozenset()
        self._suspects: frozenset[int] = frozenset()
        self._owed: set[int] = set()  # closed, which could not be written

    def take(self, updates: Sequence[Any]) -> list[Any]:
        """Write down those of ``updates``, as Telegram sent them, that never came before; return them.

        What has no number is left out. One that cannot be written as JSON is kept as its number alone.
        """
        numbered = {update["update_id"]: update for update in updates if has_number(update)}
        with self._database.writing() as connection:
            return [
                update
                for number, update in numbered.items()
                if connection.execute(
                    "INSERT OR IGNORE INTO inbox (number, body, at)"
                    " SELECT ?1, ?2, ?3 WHERE NOT EXISTS (SELECT 1 FROM closed WHERE number = ?1)",
                    (number, seal(_as_json(update), number), self._at(update)),
                ).rowcount
            ]

    def begin(self, number: int) -> Mark:
        """Mark the update as in work: should the process die before the mark goes, it counts against it."""
        return self._in_work.enter(number)

    async def close(self, number: int) -> None:
        """Forget the update of this number: it is taken care of.

        One that was closed with what was said to it costs no commit here.
        """
        numbers = {number, *self._owed}
        try:
            if still_here := await self._database.do(self._here, numbers):
                await self._database.write(_close_all, still_here)
        except StateError:
            self._owed.add(number)  # closed with the next one that can be
            raise
        self._placeholders.forget(number)
        self._owed -= numbers

    def note_placeholder(self, number: int, message: int) -> None:
        """Remember the message that only says to this update that an answer is coming."""
        self._placeholders.forget(number)
        self._placeholders.add(number, message)

    def placeholders(self, number: int) -> tuple[int, ...]:
        """Return the message that stands there for an update, from this run or an earlier one, if any."""
        return self._placeholders.messages(number)[-1:]

    def forget_placeholder(self, number: int) -> None:
        """Drop what is noted of a message: it says something of its own by now, and is to stay."""
        self._placeholders.forget(number)

    def release(self) -> None:
        """Count nothing against what is in work: the process ends in good order."""
        self._in_work.clear()
        self._in_work.close()
        self._placeholders.close()

    def unfinished(self) -> list[Any]:
        """Return what an earlier run left undone, oldest first, and last what was in work when it died.

        What was in work at each of TRIES deaths is set aside.
        """
        died = [(number,) for number in self._in_work.take_dead()]
        with self._database.writing() as connection:
            connection.executemany("UPDATE inbox SET tries = tries + 1 WHERE number = ?", died)
            aside = connection.execute(
                "INSERT INTO set_aside (number, body, standing, at) SELECT number, body, '[]', max(at, ?)"
                " FROM inbox WHERE tries >= ? RETURNING number",
                (self._now(), TRIES),
            ).fetchall()
            for (number,) in aside:
                placeholders = json.dumps(self.placeholders(number))
                connection.execute(
                    "UPDATE set_aside SET standing = ? WHERE number = ?", (placeholders, number)
                )
                close_in(connection, number)
            rows = connection.execute(
                "SELECT number, body, tries FROM inbox ORDER BY tries >= ?, number", (SUSPECT,)
            ).fetchall()
        if aside:
            log.error("set aside after %d tries: updates %s", TRIES, ", ".join(str(n) for (n,) in aside))
        self._placeholders.keep_only([number for number, _, _ in rows])
        self._left = frozenset(number for number, _, _ in rows)
        self._suspects = frozenset(number for number, _, tries in rows if tries >= SUSPECT)
        return [_from_json(number, body) or {"update_id": number} for number, body, _ in rows]

    def was_unfinished(self, number: int) -> bool:
        """Tell whether an earlier run took this update and did not finish it; it may have done part of it."""
        return number in self._left

    def is_suspect(self, number: int) -> bool:
        """Tell whether the process has died with this update in work: then it should be alone in it."""
        return number in self._suspects

    def set_aside(self, *, only_untold: bool = False) -> list[SetAside]:
        """List what was set aside, oldest first; with ``only_untold`` what its chat was not told of yet."""
        where = "WHERE NOT is_told" if only_untold else ""
        rows = self._database.all(
            f"SELECT number, body, standing, at FROM set_aside {where} ORDER BY number"  # noqa: S608 - constants
        )
        return [
            SetAside(number, _from_json(number, body), _numbers(placeholders), at)
            for number, body, placeholders, at in rows
        ]

    def forget_set_aside(self) -> None:
        """Delete what was set aside more than ASIDE_DAYS ago, by the clock of Telegram or of this machine."""
        with self._database.writing() as connection:
            connection.execute("DELETE FROM set_aside WHERE at < ?", (self._now() - ASIDE_DAYS * DAY_S,))

    def _here(self, numbers: Iterable[int]) -> list[int]:
        """Find which of these updates are not closed yet."""
        statement = "SELECT 1 FROM inbox WHERE number = ?"
        return [number for number in numbers if self._database.one(statement, number)]

    def _at(self, update: Any) -> float:
        """Return when an update came: by Telegram's clock where ours is behind it."""
        return max(self._now(), *_dates_in(update))


def taken_at(connection: sqlite3.Connection, number: int) -> float:
    """Return when an update came, in seconds since 1970 by the better of two clocks; 0 where it is closed."""
    row = connection.execute("SELECT at FROM inbox WHERE number = ?", (number,)).fetchone()
    return float(row[0]) if row else 0.0


def close_in(connection: sqlite3.Connection, number: int) -> None:
    """Forget the update of this number, within the transaction that is open."""
    connection.execute("DELETE FROM inbox WHERE number = ?", (number,))
    place = connection.execute("INSERT OR IGNORE INTO closed (number) VALUES (?)", (number,)).lastrowid
    connection.execute("DELETE FROM closed WHERE place <= ?", ((place or 0) - REMEMBERED,))


def forget_in(connection: sqlite3.Connection, chat_id: int) -> None:
    """Delete the updates of a chat, also those that were set aside, within the transaction that is open."""
    for table in ("inbox", "set_aside"):
        rows = connection.execute(f"SELECT number, body FROM {table}").fetchall()  # noqa: S608 - constants
        found = [(number,) for number, body in rows if _is_of(chat_id, _from_json(number, body))]
        connection.executemany(f"DELETE FROM {table} WHERE number = ?", found)  # noqa: S608 - constants


def told_in(connection: sqlite3.Connection, number: int) -> None:
    """Note that the chat of an update that was set aside is told, within the transaction that is open."""
    connection.execute("UPDATE set_aside SET is_told = 1, standing = '[]' WHERE number = ?", (number,))


def has_number(update: Any) -> bool:
    """Tell whether an update has a number of its own: what Telegram sends always has."""
    if not isinstance(update, dict):
        return False
    number = update.get("update_id")
    return isinstance(number, int) and not isinstance(number, bool) and 0 <= number < LARGEST


def _close_all(connection: sqlite3.Connection, numbers: Sequence[int]) -> None:
    for number in numbers:
        close_in(connection, number)


def _dates_in(update: Any) -> list[float]:
    """List when the messages of an update were written, as Telegram says."""
    found = [0.0]
    for part in update.values() if isinstance(update, dict) else ():
        date = part.get("date") if isinstance(part, dict) else None
        if isinstance(date, int) and not isinstance(date, bool) and 0 < date < 2**33:
            found.append(float(date))
    return found


def _as_json(update: Any) -> str:
    try:
        return json.dumps(update)
    except (RecursionError, ValueError):
        return json.dumps({"update_id": update["update_id"]})


def _from_json(number: int, body: str) -> Any:
    try:
        return json.loads(unseal(body, number))
    except (ValueError, RecursionError):
        log.error("update %d is damaged in the inbox and cannot be read", number)
        return None


def _is_of(chat_id: int, update: Any) -> bool:
    """Tell whether an update of any kind came from a chat."""
    parts = update.values() if isinstance(update, dict) else ()
    messages = (part.get("message", part) for part in parts if isinstance(part, dict))
    chats = (message.get("chat") for message in messages if isinstance(message, dict))
    return any(isinstance(chat, dict) and chat.get("id") == chat_id for chat in chats)


def _numbers(text: str) -> tuple[int, ...]:
    try:
        found = json.loads(text)
    except ValueError:
        return ()
    return tuple(number for number in found if isinstance(number, int)) if isinstance(found, list) else ()
