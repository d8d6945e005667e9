"""Lists the updates that were set aside, for the operator: numbers, chats and times, nobody's words."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.store import Database, Inbox, SetAside


def listed(path: Path) -> list[str]:
    """Make a line of each update that was set aside in the database at ``path``, oldest first.

    Raises StateError.
    """
    with closing(Database(path)) as database:
        return [_line(aside) for aside in Inbox(database).set_aside()]


def _line(aside: SetAside) -> str:
    at = datetime.fromtimestamp(aside.at, UTC).strftime("%Y-%m-%d %H:%M UTC")
    return f"update {aside.number}  {at}  {_kind_of(aside.update)}"


def _kind_of(update: Any) -> str:
    """Say which kind of update it is, and in which chat, as far as that can be read."""
    kinds = [kind for kind in update if kind != "update_id"] if isinstance(update, dict) else []
    if not kinds:
        return "can't be read"
    part = update[kinds[0]]
    part = part.get("message", part) if isinstance(part, dict) else part
    chat = part.get("chat") if isinstance(part, dict) else None
    number = chat.get("id") if isinstance(chat, dict) else None
    return f"{kinds[0]} in chat {number}" if isinstance(number, int) else kinds[0]
