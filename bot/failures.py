"""When a handler fails: a line in the log without anybody's words, one sentence for the asker."""

from __future__ import annotations

import logging
import traceback
from contextlib import suppress

from telegram import Update
from telegram.error import TelegramError
from telegram.ext import CallbackContext

from bot import texts
from bot.addressing import Addressed, address
from bot.render import render_text
from bot.replies import reply

log = logging.getLogger(__name__)


async def on_error(update: object, context: CallbackContext) -> None:  # type: ignore[type-arg]  # its defaults
    """Log what failed, and tell the asker, if it was not the telling that failed."""
    error = context.error
    number = update.update_id if isinstance(update, Update) else None
    if isinstance(error, TelegramError):  # blocked, no right to write, topic closed, unreachable, …
        log.warning("update %s could not be answered: %s: %s", number, type(error).__name__, error)
        return
    log.error("update %s failed: %s", number, described(error))
    message = update.message or update.edited_message if isinstance(update, Update) else None
    if message and isinstance(address(message, message.get_bot().bot), Addressed):
        with suppress(TelegramError):
            await reply(message, render_text(texts.FAILED))


def described(error: BaseException | None) -> str:
    """Kind and place of ``error`` and of what caused it; its message may hold what somebody wrote."""
    parts = []
    while error is not None:
        parts.append(type(error).__qualname__ + "\n" + "".join(traceback.format_tb(error.__traceback__)))
        error = error.__cause__ or error.__context__
    return "caused by ".join(parts).rstrip()
