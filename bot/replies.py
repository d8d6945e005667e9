"""Says something to the person who wrote a message: in reply to it, in the same topic, quietly in groups."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from typing import TypeVar

from telegram import InlineKeyboardMarkup, Message
from telegram.constants import ChatType
from telegram.error import BadRequest, ChatMigrated, NetworkError, RetryAfter, TelegramError

from bot.rendered import Rendered

log = logging.getLogger(__name__)

TRIES = 4
LONGEST_WAIT_S = 60.0

T = TypeVar("T")


async def reply(
    message: Message, parts: Sequence[Rendered], *, keyboard: InlineKeyboardMarkup | None = None
) -> list[int]:
    """Send ``parts`` one after the other, the first in reply to ``message``; the ids of what was sent.

    ``keyboard`` stands under the last.
    """
    return await replace(message, (), parts, keyboard=keyboard)


async def replace(
    message: Message,
    standing: Sequence[int],
    parts: Sequence[Rendered],
    *,
    keyboard: InlineKeyboardMarkup | None = None,
) -> list[int]:
    """The same, in the place of messages of ours that are ``standing`` there; those left over are deleted.

    Where nothing is to be said, nothing changes.
    """
    said = [part for part in parts if part.text.strip()]
    if not said:
        return list(standing)
    ids = []
    for number, part in enumerate(said):
        buttons = keyboard if number == len(said) - 1 else None
        old = standing[number] if number < len(standing) else None
        if old is None or not await edit(message, old, part, keyboard=buttons):
            old = await _send(message, part, in_reply=number == 0, keyboard=buttons)
        ids.append(old)
    for number in standing[len(said) :]:
        with suppress(TelegramError):
            await message.get_bot().delete_message(message.chat.id, number)
    return ids


async def edit(
    message: Message, standing: int, part: Rendered, *, keyboard: InlineKeyboardMarkup | None = None
) -> bool:
    """Whether ``part`` stands now where ``standing`` does, a message in the chat of ``message``."""

    async def change() -> bool:
        try:
            await message.get_bot().edit_message_text(
                part.text,
                message.chat.id,
                standing,
                entities=part.entities,
                reply_markup=keyboard,
            )
        except BadRequest as error:
            return "is not modified" in error.message  # else it is gone
        return True

    return await _insist(change)


async def _send(
    message: Message, part: Rendered, *, in_reply: bool, keyboard: InlineKeyboardMarkup | None
) -> int:
    """The id of what was sent."""

    async def send() -> int:
        try:
            sent = await message.reply_text(
                part.text,
                entities=part.entities,
                do_quote=in_reply,
                disable_notification=message.chat.type != ChatType.PRIVATE,
                reply_markup=keyboard,
            )
        except ChatMigrated as error:  # the question stayed behind: nothing there can be replied to
            sent = await message.get_bot().send_message(
                error.new_chat_id,
                part.text,
                entities=part.entities,
                disable_notification=True,
                reply_markup=keyboard,
            )
        return sent.message_id

    return await _insist(send)


async def _insist(call: Callable[[], Awaitable[T]]) -> T:
    """Try again what may succeed later: a flood limit, a connection that broke. Raises what does not."""
    for left in reversed(range(TRIES)):
        try:
            return await call()
        except BadRequest:  # which is a NetworkError, to the library
            raise
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
