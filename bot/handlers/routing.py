"""Which messages reach a handler: new ones, that are for us, and want what it does."""

from __future__ import annotations

from telegram import Message, Update
from telegram.constants import ChatType
from telegram.ext import filters

from bot.addressing import Addressed, Purpose, address


class ForUs(filters.MessageFilter):
    """Messages that are for us and want one of ``purposes``."""

    def __init__(self, *purposes: Purpose) -> None:
        super().__init__(name=f"ForUs({', '.join(purposes)})")
        self._purposes = purposes

    def filter(self, message: Message) -> bool:
        """Whether ``message`` is one of them."""
        to_us = address(message, message.get_bot().bot)
        return isinstance(to_us, Addressed) and to_us.purpose in self._purposes


def wants(*purposes: Purpose) -> filters.BaseFilter:
    """New messages that want one of ``purposes``: no edited ones, no channel posts, no guest messages."""
    return filters.UpdateType.MESSAGE & ForUs(*purposes)


def message_of(update: Update) -> Message:
    """The message of an update that ``wants`` let through."""
    if update.message is None:
        raise ValueError("only updates with a new message reach a handler")
    return update.message


def question_of(message: Message) -> str:
    """What a message for us asks, without our name."""
    to_us = address(message, message.get_bot().bot)
    return to_us.text if isinstance(to_us, Addressed) else ""


def is_private(message: Message) -> bool:
    """Whether nobody else reads along."""
    return message.chat.type == ChatType.PRIVATE


def name_in_groups(message: Message) -> str | None:
    """The bot's name where it has to be called by it; None in a private chat."""
    return None if is_private(message) else message.get_bot().username
