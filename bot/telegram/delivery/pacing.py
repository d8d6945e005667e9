"""Keeps what the bot writes under Telegram's limits, so that nothing has to be refused and sent again.

Telegram's FAQ: a message a second a chat, 20 a minute in a group, 30 a second overall; edits count.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from typing import Any, TypeVar

from telegram.error import Forbidden, NetworkError
from telegram.ext import BaseRateLimiter

CHAT_S = 1.05  # from the answer to one message of a chat to the next; a little more than has to be
GROUP_COUNT = 20
GROUP_S = 60.5
OVERALL_S = 1 / 25  # 30 a second, and some for what arrives faster than it was sent

COURTESIES_A_SECOND = 15

PACED = frozenset({"sendMessage", "sendDocument", "editMessageText", "editMessageReplyMarkup"})
COURTESIES = frozenset({"sendChatAction", "sendMessageDraft"})
"""They only show that something is coming: what is too many is left out, and nobody waits."""

OUT = (
    "bot was blocked",
    "bot was kicked",
    "bot is not a member",
    "can't initiate conversation",
    "group chat was deleted",
    "user is deactivated",
)
"""What Telegram says, beside that it is forbidden, about a chat that the bot is not in any more."""

T = TypeVar("T")


@dataclass
class _Chat:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    sent: deque[float] = field(default_factory=lambda: deque(maxlen=GROUP_COUNT))


class Pacer(BaseRateLimiter[None]):
    """Lets every message wait for its turn: in order within a chat, and first come, first served across."""

    def __init__(
        self,
        now: Callable[[], float] | None = None,
        sleep: Callable[[float], Coroutine[Any, Any, None]] = asyncio.sleep,
    ) -> None:
        self._now = now or (lambda: asyncio.get_running_loop().time())
        self._sleep = sleep
        self._chats: dict[int, _Chat] = {}
        self._overall = asyncio.Lock()
        self._next = float("-inf")
        self._courtesies = deque[float](maxlen=COURTESIES_A_SECOND)
        self._is_stopped = False
        self._under_way = 0
        self._is_quiet = asyncio.Event()
        self._is_quiet.set()
        self.on_out: Callable[[int], None] = lambda _chat_id: None  # hears the id of such a chat

    async def stop(self, within_s: float) -> None:
        """Let no message begin its way any more; wait, ``within_s`` at most, for those that are on it.

        What is cut off on its way may have arrived, and would be sent again after the next start.
        """
        self._is_stopped = True
        with suppress(TimeoutError):
            await asyncio.wait_for(self._is_quiet.wait(), within_s)

    async def initialize(self) -> None:
        """Open nothing."""

    async def shutdown(self) -> None:
        """Close nothing."""

    def has_room(self, chat_id: int) -> bool:
        """Tell whether a message that need not be would keep no other waiting."""
        chat = self._chats.get(chat_id)
        if chat is None:
            return True
        now = self._now()
        recent = sum(now - at < GROUP_S for at in chat.sent)
        return not chat.lock.locked() and recent < GROUP_COUNT // 2 and self._next <= now

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, Any]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: None,  # noqa: ARG002  # the library's; nobody gives any
    ) -> Any:
        """Return the result of the call, made when its turn has come."""
        chat_id = data.get("chat_id")
        if endpoint in COURTESIES and self._is_one_too_many():
            return True
        if not isinstance(chat_id, int):
            return await callback(*args, **kwargs)
        call = partial(callback, *args, **kwargs)
        try:
            return await (self._in_turn(call, chat_id) if endpoint in PACED else call())
        except Forbidden as error:
            if any(words in error.message for words in OUT):
                self.on_out(chat_id)
            raise

    async def _in_turn(self, call: Callable[[], Awaitable[T]], chat_id: int) -> T:
        chat = self._chats.setdefault(chat_id, _Chat())
        async with chat.lock:
            await self._wait(self._allowed(chat, is_group=chat_id < 0))
            async with self._overall:
                await self._wait(self._next)
                self._next = self._now() + OVERALL_S
            self._forget()
            if self._is_stopped:
                raise NetworkError("the bot is being stopped")
            self._begin()
            try:
                return await call()
            finally:  # it may have been long on its way: by now it has arrived
                chat.sent.append(self._now())
                self._end()

    def _begin(self) -> None:
        self._under_way += 1
        self._is_quiet.clear()

    def _end(self) -> None:
        self._under_way -= 1
        if not self._under_way:
            self._is_quiet.set()

    def _is_one_too_many(self) -> bool:
        now, recent = self._now(), self._courtesies
        if len(recent) == COURTESIES_A_SECOND and now - recent[0] < 1.0:
            return True
        recent.append(now)
        return False

    def _allowed(self, chat: _Chat, *, is_group: bool) -> float:
        if not chat.sent:
            return float("-inf")
        after_last = chat.sent[-1] + CHAT_S
        if is_group and len(chat.sent) == GROUP_COUNT:
            return max(after_last, chat.sent[0] + GROUP_S)
        return after_last

    async def _wait(self, until: float) -> None:
        left = until - self._now()
        if left > 0:
            await self._sleep(left)

    def _forget(self) -> None:
        """Drop the chats whose last message is too old to matter, once there are many."""
        if len(self._chats) > 10_000:
            old = self._now() - GROUP_S
            self._chats = {
                chat_id: chat
                for chat_id, chat in self._chats.items()
                if chat.lock.locked() or (chat.sent and chat.sent[-1] > old)
            }
