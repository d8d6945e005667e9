"""Fetches updates from Telegram, whatever comes.

The library's own Updater loses a whole batch, for ever, to one update it cannot parse, writes people's words
to the log when it does, and ends without a word when the token is revoked; so this is our own.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import suppress
from typing import Any

from telegram import Update
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError, TimedOut
from telegram.ext import ExtBot

from bot.chat import texts
from bot.errors import SecondBotError, StateError
from bot.store import Inbox
from bot.store.inbox import has_number
from bot.telegram.delivery.backoff import back_off, pause_after, unless

log = logging.getLogger(__name__)

ALLOWED_UPDATES = ("message", "edited_message", "callback_query", "my_chat_member", "chat_member")
POLL_S = 30  # Telegram holds the line so long when there is nothing new
READ_S = 10.0  # and may take so much longer to say so
CONFIRM_S = 1.0
CONFLICT_S = 600.0
"""So long another program may fetch our messages before the bot ends; replacing a service takes less."""

CALM_S = 120.0
"""After so long without a conflict there is none any more. One call that is answered says nothing: two
programs take turns at cutting each other off."""


class PatientBot(ExtBot[None]):
    """A bot that takes updates one by one: what cannot be parsed becomes an update with nothing in it."""

    async def fetch(self, offset: int | None, wait_s: int) -> list[Any]:
        """Fetch the updates from ``offset`` on, oldest first, as Telegram sends them.

        Waits up to ``wait_s`` seconds for the first one.
        """
        asked = {"offset": offset, "timeout": wait_s, "allowed_updates": ALLOWED_UPDATES}
        raw = await self._post("getUpdates", asked, read_timeout=wait_s + READ_S)
        if not isinstance(raw, list):
            raise TelegramError("getUpdates gave no list")
        return raw

    def parsed(self, item: Any) -> Update:
        """Parse the update of an item that has a number."""
        try:
            return Update.de_json(item, self)
        except Exception as error:  # anything may be missing, or of another type
            log.error("update %s cannot be read and is skipped: %s", item["update_id"], type(error).__name__)
            return Update(item["update_id"])


async def poll(
    bot: PatientBot,
    inbox: Inbox,
    put: Callable[[Update], Awaitable[None]],
    stop: asyncio.Event,
    left: Sequence[Any] = (),
    now: Callable[[], float] | None = None,
) -> None:
    """Hand what was ``left`` undone and every new update to ``put``, in order, until ``stop``.

    Telegram is told that we have an update only once it is in the ``inbox``. Raises InvalidToken when the
    token is refused, SecondBotError when another program has fetched the updates for CONFLICT_S; everything
    else is tried again. ``now`` gives seconds that only go forward.
    """
    for item in left:
        await put(bot.parsed(item))
    offset: int | None = None
    waits = back_off()
    conflict = _Conflict(now or asyncio.get_running_loop().time)
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
        except Exception as error:  # whatever a server, or what stands before it, has said
            conflict.notice(error)
            await _wait_after(error, waits, stop)
            continue
        for item in new:
            await put(bot.parsed(item))
        numbers = [item["update_id"] for item in items if has_number(item)]
        if numbers or not items:
            waits = back_off()
            offset = max(numbers) + 1 if numbers else offset
        else:
            log.warning("what Telegram sent is not an update")
            await unless(stop, asyncio.sleep(next(waits)))
    if offset is not None:
        with suppress(TimeoutError):
            await asyncio.wait_for(_confirm(bot, offset), CONFIRM_S)


class _Conflict:
    """How long another program has been fetching what is ours."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._first = self._last = float("-inf")

    def notice(self, error: Exception) -> None:
        """Take in how a call failed. Raises SecondBotError where conflicts have gone on for CONFLICT_S."""
        if not isinstance(error, Conflict):
            return
        now = self._now()
        if now - self._last > CALM_S:
            self._first = now
        self._last = now
        if now - self._first > CONFLICT_S:
            raise SecondBotError(texts.SECOND_BOT)


async def _confirm(bot: PatientBot, offset: int) -> None:
    """Tell Telegram that we have what is before ``offset``, or it would come again at the next start."""
    while True:
        try:
            await bot.fetch(offset, 0)
            return
        except Exception as error:  # a conflict, as long as it holds the line of our last poll
            log.debug("not confirmed yet: %s", type(error).__name__)
        await asyncio.sleep(0.2)


async def _wait_after(error: Exception, waits: Iterator[float], stop: asyncio.Event) -> None:
    wait_s = next(waits)
    if isinstance(error, TimedOut):
        log.debug("nothing from Telegram in time")
        return
    if isinstance(error, RetryAfter):
        wait_s = pause_after(error)
    if isinstance(error, Conflict):
        log.warning("another program fetches this bot's messages with the same token; stop one of the two")
    elif isinstance(error, TelegramError):
        log.warning("Telegram cannot be reached, next try in %.0f s: %s", wait_s, error)
    else:  # its words may be somebody's
        log.warning("Telegram's answer cannot be read, next try in %.0f s: %s", wait_s, type(error).__name__)
    await unless(stop, asyncio.sleep(wait_s))
