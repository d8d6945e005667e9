"""A reply as a value that can be written to disk, and how it is made from the message it answers."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from telegram import InlineKeyboardMarkup, Message, MessageEntity
from telegram.constants import ChatType

from bot.telegram.messages.rendered import Rendered


@dataclass(frozen=True, slots=True)
class Reply:
    """Messages to one chat, sent in order; the first in reply to a message, if there is one."""

    chat_id: int
    parts: tuple[Rendered, ...]
    to: int | None = None  # the message that is replied to
    thread: int | None = None  # the topic, in Telegram's words the message thread
    is_quiet: bool = False  # without a notification
    keyboard: InlineKeyboardMarkup | None = None  # under the last part
    placeholders: tuple[int, ...] = ()  # messages of ours whose place the parts take, in order

    def moved(self, chat_id: int) -> Reply:
        """Return the same for the chat that the old one became: nothing there can be replied to or edited."""
        return Reply(chat_id, self.parts, is_quiet=True, keyboard=self.keyboard)


def reply_to(
    message: Message,
    parts: Sequence[Rendered],
    *,
    keyboard: InlineKeyboardMarkup | None = None,
    placeholders: Sequence[int] = (),
) -> Reply:
    """Make the reply to ``message``, in the same topic, quietly in groups; empty parts are left out."""
    return Reply(
        message.chat.id,
        tuple(part for part in parts if part.text.strip()),
        message.message_id,
        message.message_thread_id if message.is_topic_message else None,  # else a thread of replies
        message.chat.type != ChatType.PRIVATE,
        keyboard,
        tuple(placeholders),
    )


def as_json(reply: Reply) -> str:
    """Write ``reply`` down, all but its chat, which may become another."""
    values = {
        "parts": [
            {"text": part.text, "entities": [entity.to_dict() for entity in part.entities]}
            for part in reply.parts
        ],
        "to": reply.to,
        "thread": reply.thread,
        "is_quiet": reply.is_quiet,
        "keyboard": reply.keyboard.to_dict() if reply.keyboard else None,
        "standing": reply.placeholders,
    }
    return json.dumps(values)


def from_json(chat_id: int, text: str) -> Reply:
    """Read what ``as_json`` wrote. Raises ValueError where it is damaged."""
    try:
        values: dict[str, Any] = json.loads(text)
        parts = [
            Rendered(part["text"], tuple(MessageEntity.de_list(part["entities"], None)))
            for part in values["parts"]
        ]
        keyboard = values["keyboard"]
        return Reply(
            chat_id,
            tuple(parts),
            values["to"],
            values["thread"],
            bool(values["is_quiet"]),
            InlineKeyboardMarkup.de_json(keyboard, None) if keyboard else None,
            tuple(values["standing"]),
        )
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError(f"no reply: {type(error).__name__}") from None
