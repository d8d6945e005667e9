"""Updates that Telegram was told we have, on disk until they are taken care of: no crash loses one."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable, Sequence
from typing import Any

from bot.database import Database

log = logging.getLogger(__name__)

TRIES = 3
"""An update that was there when the bot ended so often may be why it ended."""

LASTS_S = 86_400.0
"""Telegram itself delivers nothing that is older than a day."""


class Inbox:
    """The updates of a database. Everything raises StateError."""

    def __init__(self, database: Database, now: Callable[[], float] = time.time) -> None:
        """``now`` gives seconds since 1970."""
        self._database = database
        self._now = now

    def take(self, updates: Sequence[Any]) -> list[Any]:
        """Those of ``updates``, as Telegram sent them, that are not here already; they are on disk now.

        What has no number is left out.
        """
        numbered = {update["update_id"]: update for update in updates if has_number(update)}
        with self._database.writing() as connection:
            return [
                update
                for number, update in numbered.items()
                if connection.execute(
                    "INSERT OR IGNORE INTO inbox (number, body, at) VALUES (?, ?, ?)",
                    (number, json.dumps(update), self._now()),
                ).rowcount
            ]

    def done(self, number: int) -> None:
        """The update of this number is taken care of."""
        with self._database.writing() as connection:
            connection.execute("DELETE FROM inbox WHERE number = ?", (number,))

    def left(self) -> list[Any]:
        """What an earlier run left undone, oldest first; without what is too old, or was tried too often."""
        with self._database.writing() as connection:
            connection.execute("UPDATE inbox SET tries = tries + 1")
            gone = connection.execute(
                "DELETE FROM inbox WHERE tries > ? OR at < ? RETURNING number", (TRIES, self._now() - LASTS_S)
            ).fetchall()
        if gone:
            log.error("given up: updates %s", ", ".join(str(number) for (number,) in gone))
        rows = self._database.all("SELECT number, body FROM inbox ORDER BY number")
        return [update for number, body in rows if (update := _to_update(number, body)) is not None]


def _to_update(number: int, body: str) -> Any:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        log.error("update %d is damaged in the inbox and cannot be read", number)
        return None


def has_number(update: Any) -> bool:
    """Whether it can be told from others: what Telegram sends always can."""
    return isinstance(update, dict) and isinstance(update.get("update_id"), int)
