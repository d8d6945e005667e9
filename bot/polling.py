"""Fetches updates from Telegram, whatever comes.

The library's own Updater loses a whole batch, for ever, to one update it cannot parse, writes people's words
to the log when it does, and ends without a word when the token is revoked; so this is our own.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import suppress
from typing import Any, TypeVar

from telegram import Update
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError, TimedOut
from telegram.ext import ExtBot

from bot.errors import StateError
from bot.inbox import Inbox, has_number

log = logging.getLogger(__name__)

ALLOWED_UPDATES = ("message", "edited_message", "callback_query", "my_chat_member", "chat_member")
POLL_S = 30  # Telegram holds the line so long when there is nothing new
READ_S = 10.0  # and may take so much longer to say so
CONFIRM_S = 2.0

T = TypeVar("T")


class PatientBot(ExtBot[None]):
    """A bot that takes updates one by one: what cannot be parsed becomes an update with nothing in it."""

    async def fetch(self, offset: int | None, wait_s: int) -> list[Any]:
        """The updates from ``offset`` on, oldest first, as Telegram sends them.

        Waits up to ``wait_s`` seconds for the first one.
        """
        asked = {"offset": offset, "timeout": wait_s, "allowed_updates": ALLOWED_UPDATES}
        raw = await self._post("getUpdates", asked, read_timeout=wait_s + READ_S)
        if not isinstance(raw, list):
            raise TelegramError("getUpdates gave no list")
        return raw

    def parsed(self, item: Any) -> Update:
        """The update of an item that has a number."""
        try:
            return Update.de_json(item, self)
        except Exception as error:  # anything may be missing, or of another type
            log.error("update %s cannot be read and is skipped: %s", item["update_id"], type(error).__name__)
            return Update(item["update_id"])


async def poll(
    bot: PatientBot, inbox: Inbox, put: Callable[[Update], Awaitable[None]], stop: asyncio.Event
) -> None:
    """Hand what was left undone and every new update to ``put``, in order, until ``stop``.

    Telegram is told that we have an update only once it is in the ``inbox``. Raises InvalidToken when the
    token is refused, StateError when what was left undone cannot be read; everything else is tried again.
    """
    for item in await asyncio.to_thread(inbox.left):
        await put(bot.parsed(item))
    offset: int | None = None
    waits = back_off()
    while not stop.is_set():
        try:
            items = await unless(stop, bot.fetch(offset, POLL_S)) or []
            new = await asyncio.to_thread(inbox.take, items)
        except InvalidToken:
            raise
        except StateError as error:
            log.error("%s", error)
            await unless(stop, asyncio.sleep(next(waits)))
            continue
        except TelegramError as error:
            await _wait_after(error, waits, stop)
            continue
        waits = back_off()
        for item in new:
            await put(bot.parsed(item))
        numbers = [item["update_id"] for item in items if has_number(item)]
        offset = max(numbers) + 1 if numbers else offset
    if offset is not None:
        with suppress(TimeoutError):
            await asyncio.wait_for(_confirm(bot, offset), CONFIRM_S)


async def _confirm(bot: PatientBot, offset: int) -> None:
    """Tell Telegram that we have what is before ``offset``, or it would come again at the next start."""
    while True:
        try:
            await bot.fetch(offset, 0)
            return
        except TelegramError as error:  # a conflict, as long as it holds the line of our last poll
            log.debug("not confirmed yet: %s", error)
        await asyncio.sleep(0.2)


async def _wait_after(error: TelegramError, waits: Iterator[float], stop: asyncio.Event) -> None:
    wait_s = next(waits)
    if isinstance(error, TimedOut):
        log.debug("nothing from Telegram in time")
        return
    if isinstance(error, RetryAfter):
        pause = error.retry_after
        wait_s = float(pause) if isinstance(pause, int) else pause.total_seconds()
    if isinstance(error, Conflict):
        log.warning("another program fetches this bot's messages with the same token; stop one of the two")
    else:
        log.warning("Telegram cannot be reached, next try in %.0f s: %s", wait_s, error)
    await unless(stop, asyncio.sleep(wait_s))


def back_off() -> Iterator[float]:
    """Seconds to wait after each failure in a row: 1, 2, 4, … 30, 30, …"""
    wait_s = 1.0
    while True:
        yield wait_s
        wait_s = min(30.0, 2 * wait_s)


async def unless(stop: asyncio.Event, work: Awaitable[T]) -> T | None:
    """What ``work`` gives; None when ``stop`` comes first, and then the work is cancelled."""
    working, stopping = asyncio.ensure_future(work), asyncio.create_task(stop.wait())
    pending: Sequence[asyncio.Future[Any]] = (working, stopping)
    try:
        await asyncio.wait(pending, return_when=asyncio.FIRST_COMPLETED)
        return working.result() if working.done() else None
    finally:
        for task in pending:
            task.cancel()
        await asyncio.gather(*pending, return_exceptions=True)
