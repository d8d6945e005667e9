"""What no handler dealt with: a line in the log, and a sentence for who asked or pressed."""

from __future__ import annotations

import logging

from telegram import CallbackQuery, Message, Update
from telegram.error import TelegramError

from bot.chat.failures import public_message, report
from bot.telegram.handlers.routing import Context
from bot.telegram.messages.addressing import Addressed, address
from bot.telegram.messages.render import render_text
from bot.telegram.messages.replies import reply_to
from bot.telegram.services import Services
from index.errors import AppError

log = logging.getLogger(__name__)


async def on_error(services: Services, update: object, context: Context) -> None:  # its defaults
    """Log what failed, and tell who asked or pressed, if it was not the telling that failed."""
    error = context.error
    number = update.update_id if isinstance(update, Update) else None
    if isinstance(error, TelegramError):  # blocked, no right to write, topic closed, unreachable, …
        log.warning("update %s could not be answered: %s: %s", number, type(error).__name__, error)
        return
    if error is None:
        return
    sentence = public_message(error, f"update {number} failed")
    if not isinstance(update, Update):
        return
    try:
        await _tell(services, update, sentence)
    except TelegramError as unsaid:
        log.warning(
            "update %s failed, and saying so failed, too: %s: %s", number, type(unsaid).__name__, unsaid
        )
    except Exception as unsaid:  # the library would log its message, and all that caused it
        report(unsaid, f"update {number} failed, and saying so failed, too")


async def _tell(services: Services, update: Update, sentence: str) -> None:
    message = update.message or update.edited_message
    if update.callback_query is not None:
        await _tell_presser(services, update.callback_query, sentence)
    elif message is not None and _is_for_us(services, message):
        placeholders = services.inbox.placeholders(update.update_id)
        await services.outbox.post(reply_to(message, render_text(sentence), placeholders=placeholders))


async def _tell_presser(services: Services, query: CallbackQuery, sentence: str) -> None:
    """Answer the press; where it was answered before it failed, reply to the message with the button."""
    try:
        await query.answer(sentence, show_alert=True)
    except TelegramError:
        if isinstance(query.message, Message):
            await services.outbox.post(reply_to(query.message, render_text(sentence)))


def _is_for_us(services: Services, message: Message) -> bool:
    try:
        return services.addressed(message) is not None and services.admits(message)
    except AppError:  # what failed may be the very database that says so
        return isinstance(address(message, message.get_bot().bot, services.known_commands), Addressed)
