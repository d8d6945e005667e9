"""Which messages reach a handler: new ones, that are for us, and want what it does."""

from __future__ import annotations

import logging
from functools import partial
from typing import Any

from telegram import CallbackQuery, Message, Update
from telegram.constants import ChatType
from telegram.error import TelegramError
from telegram.ext import BaseHandler, CallbackContext, filters

from bot.chat import texts
from bot.telegram.admission import Admission
from bot.telegram.messages.addressing import Purpose
from bot.telegram.messages.render import render_text
from bot.telegram.messages.replies import reply_to
from bot.telegram.services import Services

log = logging.getLogger(__name__)

Context = CallbackContext[Any, Any, Any, Any]
"""What python-telegram-bot gives a handler beside the update."""


class ForUs(filters.MessageFilter):
    """Messages that are for us, want one of ``purposes``, and are of who may ask."""

    def __init__(self, services: Services, *purposes: Purpose) -> None:
        super().__init__(name=f"ForUs({', '.join(purposes)})")
        self._services = services
        self._purposes = purposes

    def filter(self, message: Message) -> bool:
        """Tell whether ``message`` is one of them."""
        to_us = self._services.addressed(message)
        return to_us is not None and to_us.purpose in self._purposes and self._services.admits(message)


class OfStrangers(filters.MessageFilter):
    """Messages to us, in private, of people who are not listed."""

    def __init__(self, services: Services) -> None:
        super().__init__(name="OfStrangers")
        self._services = services

    def filter(self, message: Message) -> bool:
        """Tell whether ``message`` is one of them."""
        to_us = self._services.addressed(message)
        return to_us is not None and is_private(message) and not self._services.admits(message)


def wants(services: Services, *purposes: Purpose) -> filters.BaseFilter:
    """Let through new messages that want one of ``purposes``: no edited ones, posts, or guest messages."""
    return filters.UpdateType.MESSAGE & ForUs(services, *purposes)


def wants_now(services: Services, *purposes: Purpose) -> filters.BaseFilter:
    """Let through messages that want one of ``purposes`` since they were edited, or did before."""
    return filters.UpdateType.EDITED_MESSAGE & ForUs(services, *purposes)


def message_of(update: Update) -> Message:
    """Return the message of an update that ``wants`` or ``wants_now`` let through."""
    message = update.message or update.edited_message
    if message is None:
        raise ValueError("only updates with a message reach a handler")
    return message


def is_private(message: Message) -> bool:
    """Tell whether nobody else reads along."""
    return message.chat.type == ChatType.PRIVATE


def name_in_groups(message: Message) -> str | None:
    """Return the bot's name where it has to be called by it; None in a private chat."""
    return None if is_private(message) else message.get_bot().username


async def gone(update: Update, _context: Context) -> None:
    """Answer the press of a button that means nothing any more, or never did."""
    if update.callback_query is not None:
        await answer_press(update.callback_query, texts.BUTTON_GONE)


async def answer_press(query: CallbackQuery, text: str | None = None, *, is_alert: bool = True) -> None:
    """Tell Telegram that the press is heard, with a word to who pressed, if there is one to say.

    What the button does is done also where Telegram does not hear of it: after a restart a press may be too
    old to be answered.
    """
    try:
        await query.answer(text, show_alert=True if is_alert and text is not None else None)
    except TelegramError as error:
        log.debug("a press could not be answered: %s", type(error).__name__)


async def stranger(services: Services, update: Update, _context: Context) -> None:
    """Say what an operator needs to list who wrote."""
    message = message_of(update)
    text = texts.not_admitted_person(message.chat.id)
    await services.outbox.post(reply_to(message, render_text(text)))


class TooMuch(BaseHandler[Update, Any, None]):
    """What arrived too often, message or press: it gets a word at most."""

    def __init__(self, services: Services, admission: Admission) -> None:
        super().__init__(partial(too_much, services, admission))
        self._admission = admission

    def check_update(self, update: object) -> bool:
        """Tell whether ``update`` is one of them."""
        return isinstance(update, Update) and self._admission.is_too_much(update.update_id)


async def too_much(services: Services, admission: Admission, update: Update, _context: Context) -> None:
    """Say once that it is too much; a press is answered each time, so that the button does not spin."""
    said = admission.take_reply(update.update_id)
    if update.callback_query is not None:
        await answer_press(update.callback_query, said or None)
    elif update.message is not None:
        await services.outbox.post(reply_to(update.message, render_text(said)))
