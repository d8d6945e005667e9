"""The rows of replies that are planned and not sent yet, within a transaction that is open.

A row holds a reply as JSON, sealed with its chat and the key of its exchange; what is in it, the surface that
sends it knows (``bot.telegram.messages.replies``).
"""

from __future__ import annotations

import json
import sqlite3
from contextlib import suppress
from typing import Any

from bot.store.sealed import seal, unseal

IN_ANOTHER_CHAT: dict[str, Any] = {"to": None, "thread": None, "is_quiet": True, "standing": []}
"""What a reply is in the chat that its own became: nothing there can be replied to or edited."""


def add_in(connection: sqlite3.Connection, chat_id: int, body: str, exchange: str | None, at: float) -> int:
    """Plan a reply in a chat; return its number, above 0."""
    return (
        connection.execute(
            "INSERT INTO outbox (chat, body, exchange, at) VALUES (?, ?, ?, ?)",
            (chat_id, seal(body, chat_id, exchange), exchange, at),
        ).lastrowid
        or 0
    )


def drop_in(connection: sqlite3.Connection, number: int) -> None:
    """Delete a reply: it is sent, or never will be."""
    connection.execute("DELETE FROM outbox WHERE number = ?", (number,))


def move_in(connection: sqlite3.Connection, old: int, new: int) -> None:
    """Send to the chat ``new`` what was planned for ``old``."""
    rows = connection.execute("SELECT number, body, exchange FROM outbox WHERE chat = ?", (old,)).fetchall()
    for number, body, exchange in rows:
        with suppress(ValueError, TypeError):  # a damaged one stays where it is found out
            values: dict[str, Any] = json.loads(unseal(body, old, exchange))
            moved = seal(json.dumps({**values, **IN_ANOTHER_CHAT}), new, exchange)
            connection.execute("UPDATE outbox SET chat = ?, body = ? WHERE number = ?", (new, moved, number))


def forget_in(connection: sqlite3.Connection, chat_id: int) -> None:
    """Delete what was planned to be said in a chat."""
    connection.execute("DELETE FROM outbox WHERE chat = ?", (chat_id,))
