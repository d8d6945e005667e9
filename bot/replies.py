"""Says something to the person who wrote a message: in reply to it, in the same topic, quietly in groups."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress

from telegram import InlineKeyboardMarkup, Message
from telegram.constants import ChatAction, ChatType
from telegram.error import BadRequest, ChatMigrated, NetworkError, RetryAfter, TelegramError

from bot.rendered import Rendered

log = logging.getLogger(__name__)

TYPING_LASTS_S = 4.5  # Telegram shows it for five seconds
TRIES = 4
LONGEST_WAIT_S = 60.0


async def reply(
    message: Message, parts: Sequence[Rendered], *, keyboard: InlineKeyboardMarkup | None = None
) -> list[Message]:
    """Send ``parts`` one after the other, the first in reply to ``message``; what was sent.

    ``keyboard`` stands under the last.
    """
    said = [part for part in parts if part.text.strip()]
    sent = []
    for number, part in enumerate(said):
        buttons = keyboard if number == len(said) - 1 else None
        sent.append(await _send(message, part, in_reply=number == 0, keyboard=buttons))
    return sent


@asynccontextmanager
async def typing(message: Message) -> AsyncIterator[None]:
    """Show that the bot is at it, while this lasts."""
    showing = asyncio.create_task(_keep_typing(message))
    try:
        yield
    finally:
        showing.cancel()
        with suppress(asyncio.CancelledError):
            await showing


async def _keep_typing(message: Message) -> None:
    while True:
        try:
            await message.reply_chat_action(ChatAction.TYPING)
        except TelegramError as error:
            log.debug("could not show that an answer is coming: %s", error)
        await asyncio.sleep(TYPING_LASTS_S)


async def _send(
    message: Message, part: Rendered, *, in_reply: bool, keyboard: InlineKeyboardMarkup | None
) -> Message:
    """Try again what may succeed later: a flood limit, a connection that broke. Raises what does not."""
    for left in reversed(range(TRIES)):
        try:
            return await message.reply_text(
                part.text,
                entities=part.entities,
                do_quote=in_reply,
                disable_notification=message.chat.type != ChatType.PRIVATE,
                reply_markup=keyboard,
            )
        except BadRequest:  # which is a NetworkError, to the library
            raise
        except ChatMigrated as error:  # the question stayed behind: nothing there can be replied to
            return await message.get_bot().send_message(
                error.new_chat_id,
                part.text,
                entities=part.entities,
                disable_notification=True,
                reply_markup=keyboard,
            )
        except RetryAfter as error:
            wait_s = _seconds(error)
            if not left or wait_s > LONGEST_WAIT_S:
                raise
        except NetworkError:
            wait_s = float(TRIES - left)
            if not left:
                raise
        await asyncio.sleep(wait_s)
    raise AssertionError("the last try returns or raises")


def _seconds(error: RetryAfter) -> float:
    wait = error.retry_after
    return float(wait) if isinstance(wait, int) else wait.total_seconds()
