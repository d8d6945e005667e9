"""Where in a Telegram chat a message stands, and which message of a conversation it is. Pure."""

from __future__ import annotations

from telegram import Message
from telegram.constants import ChatType

from bot.chat import AskingMessage

GENERAL = 0
"""The topic of a forum whose messages carry no number."""

PRIVATE = 0
"""What stands for the topic in a private chat without topics."""


def topic_of(message: Message) -> int | None:
    """Return the topic of a forum that a message stands in; None where there are none."""
    if not message.chat.is_forum:
        return None
    return message.message_thread_id if message.is_topic_message else GENERAL


def conversation_topic_of(message: Message) -> int | None:
    """Return the topic in which a question goes on with the last one; None where several talk at once."""
    if message.is_topic_message and message.message_thread_id is not None:
        return message.message_thread_id
    return PRIVATE if message.chat.type == ChatType.PRIVATE else None


def asking_message(message: Message) -> AskingMessage:
    """Return ``message`` as the conversation takes it: the one that opened a topic is not replied to."""
    replied = message.reply_to_message
    return AskingMessage(
        message.chat.id,
        message.message_id,
        message.date.timestamp(),
        conversation_topic_of(message),
        replied.message_id if replied is not None and not replied.forum_topic_created else None,
        message.edit_date is not None,
    )
