"""Sends and edits messages, again and again where Telegram may take them later.

What came of a call is not always known: a connection that breaks behind the request may have carried it.
Then Telegram is asked for something harmless until it answers, and the message is sent once more and no more
often: rather twice than not at all, and never three times.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, TypeVar

import httpx
from telegram import Bot, InlineKeyboardMarkup, Message, ReplyParameters
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, RetryAfter, TelegramError

from bot.store import in_work
from bot.telegram.delivery.backoff import back_off, pause_after
from bot.telegram.delivery.request import UnreadableError
from bot.telegram.messages.rendered import Rendered
from bot.telegram.messages.replies import Reply

log = logging.getLogger(__name__)

PATIENCE_S = 3600.0
"""So long an answer is tried to be sent; after that it waits for the next one to its chat."""

EDIT_PATIENCE_S = 600.0

_REFUSALS = (BadRequest, ChatMigrated, Forbidden, InvalidToken)
"""Trying again would change nothing. To the library a BadRequest is a NetworkError."""

_NOT_SENT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.WriteError,
    httpx.WriteTimeout,
)

T = TypeVar("T")


class UnsentError(TelegramError):
    """Telegram could not be reached for as long as it made sense to try."""


class Sender:
    """The bot's messages on their way. ``now`` gives seconds that only go forward."""

    def __init__(
        self,
        bot: Bot,
        now: Callable[[], float] | None = None,
        sleep: Callable[[float], Coroutine[Any, Any, None]] = asyncio.sleep,
    ) -> None:
        self._bot = bot
        self._now = now or (lambda: asyncio.get_running_loop().time())
        self._sleep = sleep

    def deadline(self, patience_s: float = PATIENCE_S) -> float:
        """Return the moment until which something that begins now is tried."""
        return self._now() + patience_s

    async def send(self, reply: Reply, place: int, until: float) -> int | None:
        """Send the part at ``place``; return the id of the message, None where it is not known.

        Raises UnsentError at ``until``, and what Telegram refuses for good.
        """
        part = reply.parts[place]
        in_reply = reply.to is not None and place == 0

        async def send() -> int:
            sent = await self._bot.send_message(
                reply.chat_id,
                part.text,
                entities=part.entities,
                message_thread_id=reply.thread,
                reply_parameters=_to(reply.to) if in_reply and reply.to is not None else None,
                disable_notification=reply.is_quiet,
                reply_markup=_keyboard(reply, place),
            )
            return sent.message_id

        return await self._insist(send, until, once_more=True)

    async def edit(self, reply: Reply, place: int, until: float) -> bool:
        """Put the part at ``place`` where the message of that place stands; return False where it is gone."""
        part, keyboard = reply.parts[place], _keyboard(reply, place)
        return await self.change(reply.chat_id, reply.placeholders[place], part, keyboard, until)

    async def change(
        self,
        chat_id: int,
        message_id: int,
        part: Rendered,
        keyboard: InlineKeyboardMarkup | None,
        until: float,
    ) -> bool:
        """Make a message say ``part``; return False where the message is gone.

        Raises UnsentError at ``until``, and what Telegram refuses for good.
        """

        async def change() -> bool:
            try:
                await self._bot.edit_message_text(
                    part.text, chat_id, message_id, entities=part.entities, reply_markup=keyboard
                )
            except ChatMigrated:
                raise
            except BadRequest as error:
                return "is not modified" in error.message  # else it is gone
            return True

        return bool(await self._insist(change, until, once_more=False))

    async def delete(self, chat_id: int, message_id: int) -> None:
        """Take a message of ours away, if Telegram lets us; tried once."""
        try:
            await self._bot.delete_message(chat_id, message_id)
        except TelegramError as error:
            log.debug("a message could not be deleted: %s", type(error).__name__)

    async def _insist(self, call: Callable[[], Awaitable[T]], until: float, *, once_more: bool) -> T | None:
        """Make a call until it succeeds, and return what it gives.

        With ``once_more`` one that may have been done is made once again; None where both may have been.
        """
        is_unsure = False
        waits = back_off()
        while True:
            try:
                with in_work.paused():
                    return await _read_well(call)
            except _REFUSALS:
                raise
            except RetryAfter as error:
                wait_s = pause_after(error)
            except TelegramError as error:
                if once_more and may_have_arrived(error):
                    if is_unsure:
                        log.warning("a message was sent twice, and neither was confirmed: %s", error)
                        return None
                    is_unsure = True
                    await self._until_reachable(until)
                wait_s = next(waits)
            if self._now() + wait_s > until:
                raise UnsentError("a message could not be sent in time")
            with in_work.paused():
                await self._sleep(wait_s)

    async def _until_reachable(self, until: float) -> None:
        for wait_s in back_off():
            try:
                await _read_well(self._bot.get_me)
                return
            except InvalidToken:
                raise
            except TelegramError as error:
                pause_s = pause_after(error) if isinstance(error, RetryAfter) else wait_s
            if self._now() + pause_s > until:
                raise UnsentError("a message may have been sent; Telegram did not say")
            await self._sleep(pause_s)


async def change(
    message: Message,
    message_id: int,
    part: Rendered,
    *,
    keyboard: InlineKeyboardMarkup | None = None,
    patience_s: float = EDIT_PATIENCE_S,
) -> bool:
    """Make a message of ours in the chat of ``message`` say ``part``; return False where it is gone."""
    sender = Sender(message.get_bot())
    return await sender.change(message.chat.id, message_id, part, keyboard, sender.deadline(patience_s))


def may_have_arrived(error: TelegramError) -> bool:
    """Tell whether a call that failed so may have been done: the connection broke behind the request."""
    cause = error.__cause__
    if isinstance(cause, httpx.HTTPError):
        return not isinstance(cause, _NOT_SENT)
    return isinstance(error, UnreadableError)


async def _read_well(call: Callable[[], Awaitable[T]]) -> T:
    try:
        return await call()
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError, RecursionError) as error:
        raise UnreadableError(f"an answer that cannot be read ({type(error).__name__})") from error


def _to(message_id: int) -> ReplyParameters:
    return ReplyParameters(message_id, allow_sending_without_reply=True)  # it may be deleted meanwhile


def _keyboard(reply: Reply, place: int) -> InlineKeyboardMarkup | None:
    return reply.keyboard if place == len(reply.parts) - 1 else None
