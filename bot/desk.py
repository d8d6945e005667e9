"""What the handlers need beside the message: one of each, made where the bot is put together."""

from __future__ import annotations

import time
from dataclasses import dataclass

from telegram import Message

from bot.addressing import Addressed, address
from bot.answering import Answering
from bot.conversations import Conversations
from bot.limits import Limits, Rate
from bot.polling import PatientBot
from bot.rights import Rights
from bot.settings import BotSettings
from bot.state import State

GENERAL = 0
"""The topic of a forum whose messages carry no number."""


@dataclass(frozen=True)
class Desk:
    """All of it."""

    settings: BotSettings
    answering: Answering
    state: State
    rights: Rights
    limits: Limits
    conversations: Conversations
    quotes: int  # at most so many in an answer, where a chat is not set otherwise

    @classmethod
    def set_up(
        cls, settings: BotSettings, answering: Answering, state: State, bot: PatientBot, *, quotes: int
    ) -> Desk:
        """As ``settings`` has it."""
        rights = Rights(bot.get_chat_administrators, settings.operators, time.monotonic)
        person = Rate(settings.person_a_minute, settings.person_at_once)
        chat = Rate(settings.chat_a_minute, settings.chat_at_once)
        return cls(
            settings, answering, state, rights, Limits(person, chat, time.monotonic), Conversations(), quotes
        )

    def addressed(self, message: Message) -> Addressed | None:
        """What ``message`` wants of us; None when it is not for us."""
        topic = topic_of(message)
        is_free = topic is not None and self.state.is_free(message.chat.id, topic)
        to_us = address(message, message.get_bot().bot, is_free=is_free)
        return to_us if isinstance(to_us, Addressed) else None

    def admits(self, message: Message) -> bool:
        """Whether who wrote ``message`` may ask where it stands."""
        return self.settings.admits(asker_of(message), message.chat.id)


def asker_of(message: Message) -> int:
    """Who asks: a person; the chat or channel in whose name they speak, where they hide."""
    if message.sender_chat is not None:
        return message.sender_chat.id
    return message.from_user.id if message.from_user else message.chat.id


def topic_of(message: Message) -> int | None:
    """The topic of a forum that a message stands in; None where there are none."""
    if not message.chat.is_forum:
        return None
    return message.message_thread_id if message.is_topic_message else GENERAL
