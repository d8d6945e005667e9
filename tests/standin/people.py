"""Messages as people write them, in the form in which Telegram hands them to a bot.

What is a command or a mention in a text is marked by TDLib, as Telegram does, not by hand.
"""

from __future__ import annotations

from itertools import count
from typing import Any

from tests.standin.tdlib import marks_of

BOT = {"id": 7, "is_bot": True, "first_name": "Verbatim", "username": "verbatim_bot"}
ANN = {"id": 5, "is_bot": False, "first_name": "Ann"}
BEN = {"id": 6, "is_bot": False, "first_name": "Ben"}

PRIVATE = {"id": 5, "type": "private", "first_name": "Ann"}
GROUP = {"id": -100_123, "type": "supergroup", "title": "Readers"}
FORUM = {**GROUP, "id": -100_456, "is_forum": True}

_DATE = 1_790_000_000
_numbers = count(1)


def message(text: str | None = None, *, chat: dict[str, Any] = PRIVATE, **fields: Any) -> dict[str, Any]:
    """A message of Ann's; ``fields`` come on top, or instead."""
    written: dict[str, Any] = {"message_id": next(_numbers), "date": _DATE, "from": ANN, "chat": chat}
    if text is not None:
        written["text"] = text
        if marks := marks_of(text):
            written["entities"] = marks
    return {**written, **fields}


def in_group(text: str | None = None, **fields: Any) -> dict[str, Any]:
    """A message in a group where others talk, too."""
    return message(text, **{"chat": GROUP, **fields})


def in_topic(text: str, topic: int = 40, **fields: Any) -> dict[str, Any]:
    """A message in a topic: Telegram makes it a reply to the message that opened the topic."""
    opening = {
        "message_id": topic,
        "date": _DATE,
        "from": BOT,
        "chat": FORUM,
        "message_thread_id": topic,
        "is_topic_message": True,
        "forum_topic_created": {"name": "News", "icon_color": 7322096},
    }
    fields = {"reply_to_message": opening, **fields}
    return message(text, chat=FORUM, message_thread_id=topic, is_topic_message=True, **fields)


def of_ours(text: str = "— an answer", chat: dict[str, Any] = GROUP) -> dict[str, Any]:
    """A message that the bot wrote."""
    return message(text, chat=chat, **{"from": BOT})


def update(kind: str = "message", *, number: int | None = None, **fields: Any) -> dict[str, Any]:
    """An update that brings a message, or what else ``fields`` hold under ``kind``."""
    return {"update_id": next(_numbers) if number is None else number, kind: fields}
