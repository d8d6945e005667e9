"""Which messages reach a handler: new ones, that are for us, and want what it does."""

from __future__ import annotations

from telegram import Message, Update
from telegram.constants import ChatType
from telegram.ext import CallbackContext, filters

from bot import texts
from bot.addressing import Purpose
from bot.desk import Desk


class ForUs(filters.MessageFilter):
    """Messages that are for us and want one of ``purposes``."""

    def __init__(self, desk: Desk, *purposes: Purpose) -> None:
        super().__init__(name=f"ForUs({', '.join(purposes)})")
        self._desk = desk
        self._purposes = purposes

    def filter(self, message: Message) -> bool:
        """Whether ``message`` is one of them."""
        to_us = self._desk.addressed(message)
        return to_us is not None and to_us.purpose in self._purposes


def wants(desk: Desk, *purposes: Purpose) -> filters.BaseFilter:
    """New messages that want one of ``purposes``: no edited ones, no channel posts, no guest messages."""
    return filters.UpdateType.MESSAGE & ForUs(desk, *purposes)


def message_of(update: Update) -> Message:
    """The message of an update that ``wants`` let through."""
    if update.message is None:
        raise ValueError("only updates with a new message reach a handler")
    return update.message


def is_private(message: Message) -> bool:
    """Whether nobody else reads along."""
    return message.chat.type == ChatType.PRIVATE


def name_in_groups(message: Message) -> str | None:
    """The bot's name where it has to be called by it; None in a private chat."""
    return None if is_private(message) else message.get_bot().username


async def gone(update: Update, _context: CallbackContext) -> None:  # type: ignore[type-arg]
    """A button that means nothing any more, or never did."""
    if update.callback_query is not None:
        await update.callback_query.answer(texts.BUTTON_GONE, show_alert=True)
