"""How updates reach a bot: kept in order until it says which ones it has, or pushed to its webhook.

By tdlib/telegram-bot-api (WebhookActor.cpp, Client.cpp): one queue a chat, chats side by side; what was not
taken is tried again at once, then after 2, 4, 8 … seconds, and later updates of the same chat wait for it.
"""

from __future__ import annotations

import asyncio
import copy
import itertools
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from aiohttp import ClientError, ClientResponse, ClientSession

from tests.standin import refusals as say
from tests.standin.gate import check_update
from tests.standin.refusals import Refusal, conflict, too_many
from tests.standin.world import Json

NOT_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
MAX_POLL_S = 50.0
MAX_RETRY_S = 60.0
SET_WEBHOOK_EVERY_S = 1.0
SHORT_LIVED = {"inline_query": 30.0}  # seconds; all others live for a day
DAY_S = 86_400.0


@dataclass(frozen=True)
class Webhook:
    """Where updates are pushed."""

    url: str
    secret: str | None
    max_connections: int = 40


@dataclass(frozen=True)
class Waiting:
    """An update that the bot does not have yet."""

    update: Json
    key: int  # the chat, or the person of a query
    until: float

    @property
    def number(self) -> int:
        """Its update_id."""
        return int(self.update["update_id"])


class Updates:
    """Everything that waits for the bot."""

    _numbers = itertools.count(700_000_001)  # on over all servers: a bot's next life knows the last one's

    def __init__(self, answer: Callable[[str, Json], Awaitable[Any]], clock: Callable[[], float]) -> None:
        self._answer = answer  # takes the method call that a webhook may answer with
        self._clock = clock
        self._waiting: list[Waiting] = []
        self._allowed: frozenset[str] | None = None  # None: all but NOT_BY_DEFAULT
        self._more = asyncio.Event()
        self._poll: asyncio.Future[None] | None = None
        self._connections = asyncio.Semaphore()
        self._webhook_set = -SET_WEBHOOK_EVERY_S
        self._pushing: dict[int, asyncio.Task[None]] = {}
        self.webhook: Webhook | None = None
        self.pace = 1.0  # seconds of ours that a second of waiting takes
        self.held_count = 0  # of polls that wait for something new
        self.last_error: str | None = None
        self.pushed: list[tuple[int, int | None]] = []  # update_id and status of every try

    def add(self, kind: str, payload: Json, key: int) -> None:
        """Let an update arrive, if the bot wants this kind."""
        wanted = kind not in NOT_BY_DEFAULT if self._allowed is None else kind in self._allowed
        if not wanted:
            return
        update = check_update({"update_id": next(self._numbers), kind: copy.deepcopy(payload)})
        self._enter(Waiting(update, key, self._clock() + SHORT_LIVED.get(kind, DAY_S)))

    def add_unread(self, content: Json, key: int) -> None:
        """Let an update arrive as it is, whatever it holds: it may be none."""
        self._enter(Waiting({"update_id": next(self._numbers), **content}, key, self._clock() + DAY_S))

    def _enter(self, waiting: Waiting) -> None:
        self._waiting.append(waiting)
        self._more.set()
        if self.webhook:
            self._push(waiting.key)

    @property
    def is_polled(self) -> bool:
        """Whether somebody waits at the line for what comes."""
        return self._poll is not None and not self._poll.done()

    @property
    def pending_count(self) -> int:
        """How many the bot does not have yet."""
        self._drop(lambda _: False)
        return len(self._waiting)

    def allow(self, kinds: list[str] | None) -> None:
        """What the bot wants from now on; an empty list is the default, None changes nothing."""
        if kinds is not None:
            self._allowed = frozenset(kinds) if kinds else None

    async def poll(self, offset: int = 0, limit: int = 100, wait_s: float = 0) -> list[Json]:
        """getUpdates. Raises Refusal."""
        if self.webhook:
            raise conflict(say.WEBHOOK_IS_SET)
        self._end_poll(say.ANOTHER_POLLER)
        mine = self._poll = asyncio.get_running_loop().create_future()
        if offset < 0:
            offset = self._waiting[offset:][0].number if self._waiting else 0
        self._drop(lambda waiting: waiting.number < offset)
        until = time.monotonic() + min(wait_s, MAX_POLL_S)
        while not (ready := self._waiting[: max(1, min(limit, 100))]):
            left = until - time.monotonic()
            if left <= 0:
                break
            self._more.clear()
            more = asyncio.ensure_future(self._more.wait())
            self.held_count += 1
            await asyncio.wait({more, mine}, timeout=left, return_when=asyncio.FIRST_COMPLETED)
            self.held_count -= 1
            more.cancel()
            if mine.done():
                mine.result()
        if not mine.done():
            mine.set_result(None)
        return [waiting.update for waiting in ready]

    def set_webhook(self, webhook: Webhook | None, *, drop: bool) -> None:
        """Push from now on, or no more. Raises Refusal when one was set just before."""
        if webhook:
            if time.monotonic() - self._webhook_set < SET_WEBHOOK_EVERY_S:
                raise too_many(1)
            self._webhook_set = time.monotonic()
            self._connections = asyncio.Semaphore(webhook.max_connections)
            self._end_poll(say.WEBHOOK_WAS_SET)
        self.webhook = webhook
        if drop:
            self._waiting.clear()
        if webhook:
            for key in {waiting.key for waiting in self._waiting}:
                self._push(key)

    async def close(self) -> None:
        """End what is under way."""
        tasks = [*self._pushing.values()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        if self._poll and not self._poll.done():
            self._poll.cancel()

    def supersede(self) -> None:
        """End the poll that is held: another one has come, whatever becomes of that."""
        self._end_poll(say.ANOTHER_POLLER)

    def _end_poll(self, why: str) -> None:
        if self._poll and not self._poll.done():
            self._poll.set_exception(conflict(why))

    def _drop(self, which: Callable[[Waiting], bool]) -> None:
        now = self._clock()
        self._waiting = [waiting for waiting in self._waiting if not which(waiting) and waiting.until > now]

    def _push(self, key: int) -> None:
        if key not in self._pushing:
            task = self._pushing[key] = asyncio.ensure_future(self._push_all(key))
            task.add_done_callback(lambda _: self._pushing.pop(key, None))

    async def _push_all(self, key: int) -> None:
        async with ClientSession() as session:
            failures: dict[int, int] = defaultdict(int)
            while self.webhook:
                self._drop(lambda _: False)
                mine = [waiting for waiting in self._waiting if waiting.key == key]
                if not mine:
                    return
                async with self._connections:
                    wait_s = await self._try(session, self.webhook, mine[0])
                number = mine[0].number
                if wait_s is None:
                    self._waiting = [waiting for waiting in self._waiting if waiting.number != number]
                    continue
                failures[number] += 1
                doubled = 0.0 if failures[number] == 1 else float(2 ** (failures[number] - 1))
                await asyncio.sleep(min(MAX_RETRY_S, max(wait_s, doubled)) * self.pace)

    async def _try(self, session: ClientSession, webhook: Webhook, waiting: Waiting) -> float | None:
        """None when the bot took it, else the seconds that it asks to be left alone."""
        headers = {"X-Telegram-Bot-Api-Secret-Token": webhook.secret} if webhook.secret else {}
        try:
            async with session.post(webhook.url, json=waiting.update, headers=headers) as response:
                self.pushed.append((waiting.number, response.status))
                if 200 <= response.status < 300:
                    await self._do(response)
                    return None
                self.last_error = f"Wrong response from the webhook: {response.status} {response.reason}"
                return float(response.headers.get("Retry-After", 0))
        except (ClientError, OSError) as error:
            self.pushed.append((waiting.number, None))
            self.last_error = str(error)
            return 0.0

    async def _do(self, response: ClientResponse) -> None:
        """Telegram does the call that the answer may hold, and tells nobody what became of it."""
        call = await response.json() if response.content_type == "application/json" else None
        if call and not call["method"].startswith("get"):
            with suppress(Refusal):
                await self._answer(call.pop("method"), call)
