"""How updates reach what deals with them: messages by what they want, presses by their button."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from telegram import CallbackQuery, MaybeInaccessibleMessage, Message, Update
from telegram.constants import ChatType
from telegram.error import TelegramError
from telegram.ext import BaseHandler, CallbackContext

from bot.chat import texts
from bot.telegram.admission import Admission
from bot.telegram.messages.buttons import ButtonKind, Values
from bot.telegram.messages.commands import Handle
from bot.telegram.messages.render import render_text
from bot.telegram.messages.replies import reply_to
from bot.telegram.services import Services

log = logging.getLogger(__name__)

Context = CallbackContext[Any, Any, Any, Any]
"""What python-telegram-bot gives a handler beside the update."""


class ByPurpose(BaseHandler[Update, Any, None]):
    """Messages that are for us, each by what it wants; that was read when it arrived."""

    def __init__(self, services: Services, admission: Admission, handles: Mapping[str, Handle]) -> None:
        super().__init__(partial(by_purpose, services, admission, handles))
        self._admission = admission

    def check_update(self, update: object) -> bool:
        """Tell whether ``update`` is one of them."""
        return isinstance(update, Update) and self._admission.is_addressed(update.update_id)


async def by_purpose(
    services: Services,
    admission: Admission,
    handles: Mapping[str, Handle],
    update: Update,
    _context: Context,
) -> None:
    """Give a message to what does what it wants; strangers hear in private how to be listed."""
    message = update.message or update.edited_message
    to_us = admission.take_addressed(update.update_id, message) if message is not None else None
    if message is None or to_us is None:
        return
    if to_us.is_by_topic and services.addressed(message) is None:
        return  # the topic is free no more since the message arrived
    if services.admits(message):
        await handles[to_us.purpose](services, message, to_us)
    elif is_private(message) and update.message is not None:
        await stranger(services, message)


def is_private(message: Message) -> bool:
    """Tell whether nobody else reads along."""
    return message.chat.type == ChatType.PRIVATE


def name_in_groups(message: Message) -> str | None:
    """Return the bot's name where it has to be called by it; None in a private chat."""
    return None if is_private(message) else message.get_bot().username


@dataclass(frozen=True, slots=True)
class Press:
    """The press of a button under ``message``, with what the button's data says."""

    query: CallbackQuery
    message: MaybeInaccessibleMessage
    values: Values


async def _always(_services: Services, _press: Press) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Button:
    """A row in the table of buttons: a kind of them, and what a press does, which has to answer it, too.

    ``is_there`` tells whether what the button is about still is; it is asked before who presses is looked at.
    """

    kind: ButtonKind
    press: Callable[[Services, Press], Awaitable[None]]
    is_there: Callable[[Services, Press], Awaitable[bool]] = _always


async def by_button(services: Services, buttons: Sequence[Button], update: Update, _context: Context) -> None:
    """Give a press to what the button does, if there is such a button and who presses may ask there."""
    query = update.callback_query
    if query is None:
        return
    button, press = _read(query, buttons)
    if button is None or press is None or not await button.is_there(services, press):
        await answer_press(query, texts.BUTTON_GONE)
    elif not services.admits_press(query):
        await answer_press(query, texts.NOT_ADMITTED)
    else:
        await button.press(services, press)


def _read(query: CallbackQuery, buttons: Sequence[Button]) -> tuple[Button, Press] | tuple[None, None]:
    """Return the row of the button that is pressed, and what it says; None where it is none of ours."""
    if query.message is not None and query.data is not None:
        for button in buttons:
            values = button.kind.read(query.data)
            if values is not None:
                return button, Press(query, query.message, values)
    return None, None


async def answer_press(query: CallbackQuery, text: str | None = None, *, is_alert: bool = True) -> None:
    """Tell Telegram that the press is heard, with a word to who pressed, if there is one to say.

    What the button does is done also where Telegram does not hear of it: after a restart a press may be too
    old to be answered.
    """
    try:
        await query.answer(text, show_alert=True if is_alert and text is not None else None)
    except TelegramError as error:
        log.debug("a press could not be answered: %s", type(error).__name__)


async def stranger(services: Services, message: Message) -> None:
    """Say what an operator needs to list who wrote."""
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
