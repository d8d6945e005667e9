"""In which order updates are taken: one after the other within a chat or topic, chats side by side."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from contextlib import contextmanager
from typing import Any
from weakref import WeakValueDictionary

from telegram import Update
from telegram.ext import BaseUpdateProcessor

from bot.errors import StateError
from bot.store import Inbox, in_work
from bot.store.inbox import current

log = logging.getLogger(__name__)

# Waiting for one's turn takes a place too: one chat that asks much must not take those of all others.
MAX_WAITING = 10_000

Place = tuple[int | None, int | str | None]


class OrderedUpdates(BaseUpdateProcessor):
    """Order inside a chat or topic, parallel across them; the inbox hears what is in work and done."""

    __slots__ = ("_admits", "_alone", "_inbox", "_is_addition", "_turns")

    def __init__(
        self,
        inbox: Inbox,
        admits: Callable[[Update], bool],
        is_addition: Callable[[int], bool] = lambda _: False,
    ) -> None:
        """Order the updates of ``inbox``; close at once what ``admits`` refuses."""
        super().__init__(MAX_WAITING)
        self._inbox = inbox
        self._admits = admits
        self._is_addition = is_addition
        self._turns: WeakValueDictionary[Place, asyncio.Lock] = WeakValueDictionary()
        self._alone = asyncio.Lock()

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Take this update when those before it, from the same place, are done."""
        try:
            if isinstance(update, Update) and not self._is_admitted(update):
                with _logging_errors():
                    await self._inbox.close(update.update_id)
                return
            async with self._turn(update):
                if not isinstance(update, Update):
                    await coroutine
                elif self._inbox.is_suspect(update.update_id):
                    async with self._alone:
                        await self._work(update.update_id, coroutine)
                else:
                    await self._work(update.update_id, coroutine)
        finally:
            if isinstance(coroutine, Coroutine):  # Python complains of one whose turn did not come
                coroutine.close()

    async def _work(self, number: int, coroutine: Awaitable[Any]) -> None:
        mark = self._inbox.begin(number)
        tokens = current.set(number), in_work.current.set(mark)
        try:
            await coroutine
            with _logging_errors():  # else it comes again at the next start
                await self._inbox.close(number)
        finally:
            mark.leave()
            current.reset(tokens[0])
            in_work.current.reset(tokens[1])

    def _is_admitted(self, update: Update) -> bool:
        try:
            return self._admits(update)
        except Exception as error:  # its handler fails, too, and then it is told
            log.error("update %d cannot be judged: %s", update.update_id, type(error).__name__)
            return True

    def _turn(self, update: object) -> asyncio.Lock:
        is_addition = isinstance(update, Update) and self._is_addition(update.update_id)
        place = place_of(update, is_addition=is_addition)
        turn = self._turns.get(place)
        if turn is None:  # held by who waits for it, forgotten with the last of them
            turn = self._turns[place] = asyncio.Lock()
        return turn

    async def initialize(self) -> None:
        """Open nothing."""

    async def shutdown(self) -> None:
        """Close nothing."""


@contextmanager
def _logging_errors() -> Iterator[None]:
    """Log what cannot be written down; the update is answered all the same."""
    try:
        yield
    except StateError as error:
        log.error("%s", error)


def place_of(update: object, *, is_addition: bool = False) -> Place:
    """Return the chat and topic that an update belongs to, and waits for its turn in.

    Nothing waits for an article that is read, and a press for no question.
    """
    if not isinstance(update, Update):
        return None, None
    if update.callback_query is not None:
        return update.callback_query.from_user.id, "presses"
    chat, message = update.effective_chat, update.effective_message
    if chat is not None and is_addition:
        return chat.id, "articles"
    topic = message.message_thread_id if message is not None and message.is_topic_message else None
    return chat.id if chat is not None else None, topic
