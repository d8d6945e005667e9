"""How the bot starts and stops."""

import asyncio
import logging
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from bot.chat import Answering, texts
from bot.chat.protocols import AnswererLike
from bot.errors import BotError
from bot.settings import BotSettings
from bot.store import Database
from bot.telegram import application
from bot.telegram.delivery.pacing import Pacer
from index.errors import ModelError
from tests.bot.fakes import FakeAnswerer, FakeLibraries, article
from tests.patience import PATIENT_S
from tests.standin.loopback import TOKEN
from tests.standin.people import in_group, message, update
from tests.standin.recording import RecordingRequest

TWO_CHATS = [update(number=1, **message("jam?")), update(number=2, **in_group("/ask jam?"))]


class Running:
    """A bot, not started; ``run`` runs it until ``stop``."""

    def __init__(
        self,
        request: RecordingRequest | None = None,
        database: Database | None = None,
        *,
        api_url: str = "https://api.telegram.org",
    ) -> None:
        self.request, self.answerer = request or RecordingRequest(), FakeAnswerer()
        self.libraries = FakeLibraries(article())
        self.settings = BotSettings(api_url=api_url)
        self.stop = asyncio.Event()
        self.load_error: Exception | None = None
        self.answering = Answering(self._load, self.libraries, ["main"])
        self.database = database or Database(Path(":memory:"))
        self.application = application.build(
            TOKEN, self.settings, self.answering, self.database, quotes=3, request=self.request
        )

    async def run(self) -> None:
        async with asyncio.timeout(PATIENT_S):
            await application.run(self.application, self.settings, self.answering, self.stop)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        task = asyncio.create_task(self.run())
        yield
        self.stop.set()
        await task

    async def until_asked(self, count: int) -> None:
        await until(lambda: len(self.answerer.asked) >= count)

    def _load(self) -> AnswererLike:
        if self.load_error:
            raise self.load_error
        return self.answerer


async def until(happens: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENT_S):
        while not happens():
            await asyncio.sleep(0.01)


async def test_ready_is_said_once(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    bot = Running()
    async with bot.running():
        await until(lambda: "ready" in caplog.text)
    assert caplog.text.count("ready: @verbatim_bot answers from the articles in main") == 1


async def test_a_stop_waits_for_what_is_asked_and_closes_the_libraries(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO)
    bot = Running()
    bot.answerer.may_answer.clear()
    bot.request.updates.append(TWO_CHATS)
    async with bot.running():
        await bot.until_asked(1)
        bot.stop.set()
        await until(lambda: "stopping" in caplog.text)
        bot.answerer.may_answer.set()
    assert sorted(sent["chat_id"] for sent in bot.request.sent()) == [-100_123, 5]
    await until(lambda: bot.libraries.closed)


async def test_a_stop_does_not_wait_for_ever(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(application, "STOP_S", 0.1)
    bot = Running()
    bot.answerer.may_answer.clear()
    bot.request.updates.append(TWO_CHATS)
    async with bot.running():
        await bot.until_asked(1)
    bot.answerer.may_answer.set()
    assert "stopped before 2 messages were answered" in caplog.text
    assert bot.request.sent() == []


async def test_a_message_that_is_on_its_way_at_a_stop_is_not_said_again(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    class Slow(RecordingRequest):
        """Answers a message only when the bot has given up on what is unfinished."""

        began, may_end = asyncio.Event(), asyncio.Event()

        async def do_request(self, url: str, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
            done = await super().do_request(url, *args, **kwargs)
            if url.endswith("/sendMessage"):
                self.began.set()
                await self.may_end.wait()
            return done

    request = Slow()
    monkeypatch.setattr(application, "STOP_S", 0.0)
    stop = Pacer.stop

    async def stop_then_end(pacer: Pacer, within_s: float) -> None:
        asyncio.get_running_loop().call_soon(request.may_end.set)
        await stop(pacer, within_s)

    monkeypatch.setattr(Pacer, "stop", stop_then_end)
    request.updates.append(TWO_CHATS[:1])
    bot = Running(request, Database(tmp_path / "bot.db"))
    async with bot.running():
        await request.began.wait()
    bot.database.close()
    again = Running(RecordingRequest(), Database(tmp_path / "bot.db"))
    async with again.running():
        while again.database.all("SELECT 1 FROM outbox"):
            await asyncio.sleep(0.01)
    assert (len(request.sent()), again.request.sent()) == (1, [])
    again.database.close()


async def test_models_that_do_not_load_end_it() -> None:
    bot = Running()
    bot.load_error = ModelError("The weights have changed; install them again.")
    with pytest.raises(ModelError, match="install them again"):
        await bot.run()


@pytest.mark.parametrize("method", ["getMe", "getUpdates"])
@pytest.mark.parametrize(("status", "description"), [(401, "Unauthorized"), (404, "Not Found")])
async def test_a_token_that_is_refused_ends_it(method: str, status: int, description: str) -> None:
    bot = Running()
    bot.request.faults[method] = deque([(status, {"description": description})])
    with pytest.raises(BotError) as caught:
        await bot.run()
    assert str(caught.value) == texts.refused(None)
    assert TOKEN not in str(caught.value)


async def test_another_server_may_be_what_is_wrong() -> None:
    bot = Running(api_url="http://127.0.0.1:8081")
    bot.request.faults["getMe"] = deque([(404, {"description": "Not Found"})])
    with pytest.raises(BotError, match=r"check \[bot\] api_url: http://127.0.0.1:8081"):
        await bot.run()


async def test_a_webhook_is_taken_away_and_nothing_that_waits_is_dropped() -> None:
    bot = Running()
    async with bot.running():
        await until(lambda: ("deleteWebhook", {}) in bot.request.calls)


async def test_commands_that_cannot_be_set_are_no_reason_to_stop(caplog: pytest.LogCaptureFixture) -> None:
    bot = Running()
    bot.request.faults["setMyCommands"] = deque([(400, {"description": "Bad Request: no"})])
    bot.request.updates.append([update(number=1, **message("jam?"))])
    async with bot.running():
        await bot.until_asked(1)
    assert len(bot.request.sent()) == 1
    assert "the list of commands could not be set" in caplog.text
