"""What was asked and answered before a message: by the answer it replies to, else by where it stands.

In a private chat and in a topic a question goes on with the last one there. In a group without topics, where
several talk at once, only a reply does. Kept in memory, the last ``MOST_KEPT`` answers of all chats.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable

from telegram import Message
from telegram.constants import ChatType

from retrieval.conversation import EMPTY, Conversation

MOST_KEPT = 5_000

Place = tuple[int, str, int]
"""A chat, and in it a message of ours, or a topic (0: the chat itself)."""


class Conversations:
    """Conversations by the last answer of each, the one used least recently forgotten first."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Place, Conversation] = OrderedDict()

    def before(self, message: Message) -> Conversation:
        """What ``message`` goes on with; nothing, where it begins anew."""
        replied = message.reply_to_message
        if replied is not None and not replied.forum_topic_created:
            return self._at((message.chat.id, "message", replied.message_id))
        place = _place_of(message)
        return EMPTY if place is None else self._at(place)

    def keep(self, question: Message, answers: Iterable[Message], conversation: Conversation) -> None:
        """``conversation`` ends with ``answers``, the messages that answered ``question``."""
        places: list[Place] = [(answer.chat.id, "message", answer.message_id) for answer in answers]
        place = _place_of(question)
        for one in [*places, *([place] if place else [])]:
            self._kept[one] = conversation
            self._kept.move_to_end(one)
        while len(self._kept) > MOST_KEPT:
            self._kept.popitem(last=False)

    def _at(self, place: Place) -> Conversation:
        if place not in self._kept:
            return EMPTY
        self._kept.move_to_end(place)
        return self._kept[place]


def _place_of(message: Message) -> Place | None:
    """Where a question goes on with the last one; None where several talk at once."""
    if message.is_topic_message and message.message_thread_id is not None:
        return message.chat.id, "topic", message.message_thread_id
    return (message.chat.id, "topic", 0) if message.chat.type == ChatType.PRIVATE else None
