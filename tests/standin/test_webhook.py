"""Updates that are pushed: with the secret, in order within a chat, and again until they are taken."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramConflictError, TelegramRetryAfter
from aiohttp import web

from tests.patience import PATIENT_S
from tests.standin.client import client
from tests.standin.loopback import free_port
from tests.standin.telegram import Telegram

SECRET = "s3cret"  # noqa: S105  # made up
Take = Callable[[dict[str, Any]], web.Response]


class Hook:
    """A program that updates are pushed to; ``take`` says what it answers."""

    def __init__(self) -> None:
        self.url = f"http://127.0.0.1:{free_port()}/hook"
        self.got: list[tuple[str | None, dict[str, Any]]] = []
        self.take: Take = lambda _: web.Response()
        self.waits_for = 0  # so many at once before it answers the first
        self._together = asyncio.Event()
        self.most_at_once = self._at_once = 0

    @property
    def texts(self) -> list[str]:
        """What people wrote, in the order in which it came, again and again."""
        return [update["message"]["text"] for _, update in self.got]

    @asynccontextmanager
    async def serve(self) -> AsyncIterator[None]:
        """Listen on loopback."""
        app = web.Application()
        app.router.add_post("/hook", self._handle)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", int(self.url.split(":")[2].split("/")[0])).start()
        yield
        await runner.cleanup()

    async def _handle(self, request: web.Request) -> web.Response:
        self._at_once += 1
        self.most_at_once = max(self.most_at_once, self._at_once)
        if self._at_once >= self.waits_for:
            self._together.set()
        await self._together.wait()
        update = await request.json()
        self.got.append((request.headers.get("X-Telegram-Bot-Api-Secret-Token"), update))
        self._at_once -= 1
        return self.take(update)


@pytest.fixture
def telegram() -> Iterator[Telegram]:
    with Telegram() as server:
        server.methods.updates.pace = 0.01
        yield server


@pytest.fixture
async def hook() -> AsyncIterator[Hook]:
    made = Hook()
    async with made.serve():
        yield made


@pytest.fixture
async def bot(telegram: Telegram) -> AsyncIterator[Bot]:
    async with client(telegram) as opened:
        yield opened


async def until(telegram: Telegram, what: Callable[[], bool]) -> None:
    await asyncio.wait_for(asyncio.to_thread(telegram.wait_for, what), PATIENT_S)


async def test_updates_come_with_the_secret_and_polling_is_refused(
    telegram: Telegram, bot: Bot, hook: Hook
) -> None:
    telegram.person("Ann").says("one")  # before there was a webhook
    await bot.set_webhook(hook.url, secret_token=SECRET)
    await until(telegram, lambda: hook.texts == ["one"])
    assert hook.got[0][0] == SECRET
    with pytest.raises(TelegramConflictError, match="can't use getUpdates method while webhook is active"):
        await bot.get_updates()
    await bot.delete_webhook()
    assert await bot.get_updates() == []


async def test_what_is_not_taken_holds_up_its_own_chat_only(telegram: Telegram, bot: Bot, hook: Hook) -> None:
    ann, ben = telegram.person("Ann"), telegram.person("Ben")
    failures = iter((500, 403, 502))
    hook.take = lambda update: web.Response(
        status=next(failures, 200) if update["message"]["text"] == "one" else 200
    )
    await bot.set_webhook(hook.url)
    ann.says("one")
    ann.says("two")
    ben.says("three")
    await until(telegram, lambda: "two" in hook.texts and "three" in hook.texts)
    assert [text for text in hook.texts if text != "three"] == ["one", "one", "one", "one", "two"]
    assert (await bot.get_webhook_info()).pending_update_count == 0


async def test_the_response_may_be_a_call(telegram: Telegram, bot: Bot, hook: Hook) -> None:
    ann = telegram.person("Ann")
    hook.take = lambda update: web.json_response(
        {"method": "sendMessage", "chat_id": update["message"]["chat"]["id"], "text": "Bears."}
    )
    await bot.set_webhook(hook.url)
    ann.says("who?")
    await until(telegram, lambda: bool(telegram.sent(ann.id)))
    assert [message["text"] for message in telegram.sent(ann.id)] == ["Bears."]


async def test_a_call_in_the_response_that_is_refused_is_told_to_nobody(
    telegram: Telegram, bot: Bot, hook: Hook
) -> None:
    ann = telegram.person("Ann")
    answers = iter(({"method": "sendMessage", "chat_id": -4_200_000, "text": "a"}, {"method": "getMe"}))
    hook.take = lambda _: web.json_response(next(answers))
    await bot.set_webhook(hook.url)
    ann.says("one")
    ann.says("two")
    await until(telegram, lambda: hook.texts == ["one", "two"])
    assert (await bot.get_webhook_info()).pending_update_count == 0
    assert [call.method for call in telegram.calls] == ["setWebhook", "getWebhookInfo"]


async def test_a_webhook_ends_a_poll_and_is_not_set_twice_at_once(telegram: Telegram, bot: Bot) -> None:
    url = f"http://127.0.0.1:{free_port()}/hook"
    polling = asyncio.create_task(bot.get_updates(timeout=20))
    await until(telegram, lambda: telegram.methods.updates.is_polled)
    async with client(telegram) as second:
        await second.set_webhook(url)
        with pytest.raises(TelegramConflictError, match="terminated by setWebhook request"):
            await polling
        with pytest.raises(TelegramRetryAfter) as caught:
            await second.set_webhook(url)
    assert caught.value.retry_after == 1


async def test_no_more_connections_than_asked_for(telegram: Telegram, bot: Bot, hook: Hook) -> None:
    people = [telegram.person(name) for name in ("Ann", "Ben", "Cem")]
    hook.waits_for = 2
    await bot.set_webhook(hook.url, max_connections=2)
    for person in people:
        person.says("hello")
    await until(telegram, lambda: len(hook.got) == 3)
    assert hook.most_at_once == 2
