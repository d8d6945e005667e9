"""What a question goes on with: the answer it replies to, else the last one where it stands.

In a private chat and in a topic a question goes on with the last one there, for ``GOES_ON_S``. In a group
without topics, where several talk at once, only a reply does.
"""

from __future__ import annotations

from telegram import Message
from telegram.constants import ChatType

from bot.exchanges import Exchanges
from bot.types import Kept

GENERAL = 0
"""The topic of a forum whose messages carry no number."""

PRIVATE = 0
"""The place of a private chat without topics."""

GOES_ON_S = 6 * 3600.0
"""Who comes back tomorrow begins anew, unless by a reply."""


def topic_of(message: Message) -> int | None:
    """The topic of a forum that a message stands in; None where there are none."""
    if not message.chat.is_forum:
        return None
    return message.message_thread_id if message.is_topic_message else GENERAL


def place_of(message: Message) -> int | None:
    """Where a question goes on with the last: a topic, a private chat; None where several talk at once."""
    if message.is_topic_message and message.message_thread_id is not None:
        return message.message_thread_id
    return PRIVATE if message.chat.type == ChatType.PRIVATE else None


def followed(exchanges: Exchanges, message: Message, now: float) -> Kept | None:
    """What ``message`` goes on with; None where it begins anew. ``now`` counts seconds since 1970."""
    replied = message.reply_to_message
    if replied is not None and not replied.forum_topic_created:
        return exchanges.by_message(message.chat.id, replied.message_id)
    place = place_of(message)
    last = None if place is None else exchanges.last_in(message.chat.id, place)
    return last if last is not None and now - last.at < GOES_ON_S else None
