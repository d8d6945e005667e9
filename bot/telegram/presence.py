"""Whether the bot is in a chat, where Telegram did not tell: it was thrown out while it was not running, say.

A message that is refused as forbidden says that it is out; one that comes from there, that it is in.
"""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import Callable
from typing import Any

from bot.errors import StateError
from bot.store import Database, State

log = logging.getLogger(__name__)


class Presence:
    """Writes down what it hears, off the event loop, and only what is news."""

    def __init__(self, database: Database, state: State, now: Callable[[], float]) -> None:
        """Remember nothing yet; ``now`` gives seconds since 1970."""
        self._database = database
        self._state = state
        self._now = now
        self._awaited: Counter[int] = Counter()
        self._writing: set[asyncio.Task[None]] = set()

    def refused(self, chat_id: int) -> None:
        """Note that nothing may be said in a chat: the bot is not in it any more."""
        if not self._state.has_left(chat_id):
            self._begin(self._state.leave, chat_id, self._now())

    def expects_news(self, chat_id: int) -> None:
        """Leave it to the news of the bot itself, which waits for its turn, to say that it is in a chat."""
        self._awaited[chat_id] += 1

    def has_news(self, chat_id: int) -> None:
        """Note that this news was taken."""
        self._awaited -= Counter([chat_id])

    def heard(self, chat_id: int) -> None:
        """Note that somebody has written in a chat: the bot is in it, whatever was thought."""
        if chat_id not in self._awaited and self._state.has_left(chat_id):
            self._begin(self._state.come, chat_id)

    def _begin(self, write: Callable[..., Any], *values: Any) -> None:
        task = asyncio.get_running_loop().create_task(self._write(write, *values))
        self._writing.add(task)  # the loop itself does not keep it
        task.add_done_callback(self._writing.discard)

    async def _write(self, write: Callable[..., Any], *values: Any) -> None:
        try:
            await self._database.do(write, *values)
        except StateError as error:
            log.error("%s", error)
