"""What was planned is said, once if Telegram lets us know, whatever stops the bot between."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, MessageEntity
from telegram.error import ChatMigrated, Forbidden, NetworkError, TimedOut

from bot.store import Database, Exchange, Exchanges, Inbox, State
from bot.store.exchanges import keyed
from bot.store.inbox import current
from bot.telegram.delivery.outbox import MOVES, Outbox, Planned
from bot.telegram.delivery.sending import PATIENCE_S, Sender, UnsentError, may_have_arrived
from bot.telegram.messages.rendered import Rendered
from bot.telegram.messages.replies import Reply, as_json, from_json
from bot.telegram.polling import PatientBot
from tests.patience import PATIENT_S
from tests.standin.loopback import TOKEN
from tests.standin.people import message, update
from tests.standin.recording import RecordingRequest

KEYS = InlineKeyboardMarkup([[InlineKeyboardButton("Context", callback_data="a:k:c")]])
PARTS = (Rendered("One 🦔", (MessageEntity("bold", 0, 3),)), Rendered("Two"))
REPLY = Reply(5, PARTS, to=30, keyboard=KEYS)
EXCHANGE = Exchange("key", 5, 30, None, None, None, (), 1_790_000_000.0)
BAD = (502, {"description": "Bad Gateway"})
LOST = httpx.ReadError("cut")  # behind the request: it may have been done
UNSENT = httpx.ConnectError("no way")
GONE = (400, {"description": "Bad Request: message to edit not found"})

Fault = tuple[int, dict[str, Any]] | httpx.HTTPError


class Request(RecordingRequest):
    """Also breaks connections: a fault that is an error of httpx is raised when the call was done."""

    async def do_request(self, url: str, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        name = url.rpartition("/")[2]
        waiting: deque[Any] = self.faults.get(name, deque())
        if not waiting or not isinstance(waiting[0], httpx.HTTPError):
            return await super().do_request(url, *args, **kwargs)
        fault = waiting.popleft()
        if fault is not UNSENT:
            self.faults[name] = deque()
            await super().do_request(url, *args, **kwargs)
            self.faults[name] = waiting
        raise NetworkError(f"httpx.{type(fault).__name__}") from fault


class Services:
    """An outbox, what it sends, and a clock that goes on only while it waits."""

    def __init__(self, folder: Path) -> None:
        self.request = Request()
        self.bot = PatientBot(TOKEN, request=self.request, get_updates_request=self.request)
        self.folder = folder
        self.clock = 0.0
        self.waits: list[float] = []
        self.on_wait: Callable[[], None] = lambda: None
        self.start()

    def start(self) -> None:
        self.database = Database(self.folder / "bot.db")
        self.inbox = Inbox(self.database)
        self.exchanges = Exchanges(self.database)
        self.outbox = Outbox(self.database, Sender(self.bot, lambda: self.clock, self._sleep))

    def restart(self) -> None:
        self.outbox.close()
        self.database.close()
        self.start()

    def fail(self, method: str, *faults: Fault) -> None:
        self.request.faults[method] = deque(faults)  # type: ignore[arg-type]  # Request takes more

    @property
    def said(self) -> list[str]:
        return [sent["text"] for sent in self.request.sent()]

    @property
    def planned(self) -> int:
        return len(self.database.all("SELECT 1 FROM outbox"))

    async def _sleep(self, seconds: float) -> None:
        self.clock += seconds
        self.waits.append(seconds)
        self.on_wait()
        await asyncio.sleep(0)


@pytest.fixture
async def services(tmp_path: Path) -> AsyncIterator[Services]:
    made = Services(tmp_path)
    async with made.bot:
        yield made
    made.database.close()


async def cut_off(services: Services, reply: Reply, after: int, **fields: Any) -> None:
    """The process stops when ``after`` parts are sent and the next one is about to be."""
    reached = asyncio.Event()
    services.fail("sendMessage", *[(200, {})] * 0)

    async def send(place: int) -> None:
        if place == after:
            reached.set()
            await asyncio.Event().wait()

    original = services.outbox._part

    async def part(reply: Reply, place: int, until: float) -> int:
        await send(place)
        return await original(reply, place, until)

    services.outbox._part = part  # type: ignore[method-assign]  # where a stop is to come
    posting = asyncio.create_task(services.outbox.post(reply, **fields))
    async with asyncio.timeout(PATIENT_S):
        await reached.wait()
    posting.cancel()
    await asyncio.gather(posting, return_exceptions=True)
    services.restart()


async def test_it_is_sent_in_parts_the_first_in_reply_buttons_under_the_last(services: Services) -> None:
    await services.outbox.post(REPLY, keep=EXCHANGE)
    first, second = services.request.sent()
    assert (first["text"], first["reply_parameters"]["message_id"]) == ("One 🦔", 30)
    assert first["entities"] == [{"type": "bold", "offset": 0, "length": 3}]
    assert "reply_markup" not in first
    assert "reply_parameters" not in second
    assert second["reply_markup"] == KEYS.to_dict()
    exchange = services.exchanges.by_key("key")
    assert exchange is not None
    assert exchange.messages == (1001, 1002)
    assert services.planned == 0


def test_a_reply_is_read_as_it_was_written() -> None:
    for reply in (REPLY, Reply(-5, PARTS[:1], 3, 40, is_quiet=True, placeholders=(7, 8))):
        assert from_json(reply.chat_id, as_json(reply)) == reply


@pytest.mark.parametrize("after", [0, 1])
async def test_what_was_planned_and_not_sent_is_sent_after_a_restart(services: Services, after: int) -> None:
    await cut_off(services, REPLY, after, keep=EXCHANGE)
    assert services.said == ["One 🦔"][:after]
    await services.outbox.resume()
    assert services.said == ["One 🦔", "Two"]
    exchange = services.exchanges.by_key("key")
    assert exchange is not None
    assert exchange.messages == (1001, 1002)
    await services.outbox.resume()
    assert len(services.said) == 2


async def test_the_update_is_closed_with_the_plan_and_not_before(services: Services) -> None:
    asked = update(number=7, **message("Who?"))
    services.inbox.take([asked])
    token = current.set(7)
    await cut_off(services, REPLY, 0)
    current.reset(token)
    assert services.inbox.unfinished() == []
    assert services.planned == 1
    assert services.inbox.take([asked]) == []


@pytest.mark.parametrize(
    "fault", [BAD, (429, {"description": "x", "parameters": {"retry_after": 120}}), UNSENT]
)
async def test_short_trouble_at_telegram_is_waited_for(services: Services, fault: Fault) -> None:
    services.fail("sendMessage", *[fault] * 7)
    await services.outbox.post(Reply(5, PARTS[:1]))
    sent = [method for method, _ in services.request.calls if method == "sendMessage"]
    assert len(sent) == (1 if fault is UNSENT else 8)
    wanted = [120.0] * 7 if isinstance(fault, tuple) and fault[0] == 429 else [1, 2, 4, 8, 16, 30, 30]
    assert services.waits == wanted
    assert services.planned == 0


async def test_after_an_hour_it_stays_ready_for_the_next_thing_said_there(services: Services) -> None:
    services.fail("sendMessage", *[UNSENT] * 1000)
    with pytest.raises(UnsentError):
        await services.outbox.post(Reply(5, PARTS[:1]))
    assert PATIENCE_S - 31 < services.clock <= PATIENCE_S
    assert services.planned == 1
    services.fail("sendMessage")
    await services.outbox.post(Reply(6, (Rendered("Elsewhere"),)))
    assert services.said == ["Elsewhere"]
    await services.outbox.post(Reply(5, (Rendered("Later"),)))
    assert services.said == ["Elsewhere", "One 🦔", "Later"]
    assert services.planned == 0


@pytest.mark.parametrize("lost", [1, 2, 5])
async def test_a_connection_cut_behind_the_request_repeats_it_at_most_once(
    services: Services, lost: int
) -> None:
    services.fail("sendMessage", *[LOST] * lost)
    await services.outbox.post(Reply(5, PARTS[:1]), keep=EXCHANGE)
    assert services.said == ["One 🦔"] * 2
    assert services.planned == 0
    assert ("getMe", {}) in services.request.calls


async def test_the_one_repeat_waits_until_telegram_answers_something(services: Services) -> None:
    services.fail("sendMessage", LOST)
    services.fail("getMe", *[UNSENT] * 5)
    await services.outbox.post(Reply(5, PARTS[:1]))
    assert services.waits == [1, 2, 4, 8, 16, 1]
    assert services.said == ["One 🦔"] * 2


def test_what_may_have_arrived() -> None:
    def caused(cause: Exception) -> NetworkError:
        error = TimedOut()
        error.__cause__ = cause
        return error

    assert may_have_arrived(caused(httpx.ReadTimeout("")))
    assert may_have_arrived(caused(httpx.RemoteProtocolError("")))
    assert not may_have_arrived(caused(httpx.ConnectTimeout("")))
    assert not may_have_arrived(caused(httpx.PoolTimeout("")))
    assert not may_have_arrived(NetworkError("Bad Gateway"))


async def test_what_telegram_refuses_for_good_is_not_kept(services: Services) -> None:
    services.fail("sendMessage", (403, {"description": "Forbidden: bot was blocked by the user"}))
    with pytest.raises(Forbidden):
        await services.outbox.post(REPLY)
    assert services.planned == 0


async def test_it_takes_the_place_of_what_stands_there(services: Services) -> None:
    await services.outbox.post(Reply(5, PARTS, placeholders=(70, 71, 72)))
    changed = [call for call in services.request.calls if call[0] != "getMe"]
    assert [(method, fields["message_id"]) for method, fields in changed] == [
        ("editMessageText", 70),
        ("editMessageText", 71),
        ("deleteMessage", 72),
    ]
    services.fail("editMessageText", GONE)
    await services.outbox.post(Reply(5, PARTS[:1], to=30, placeholders=(70,)))
    assert services.said == ["One 🦔"]


async def test_a_group_that_moves_takes_along_what_is_to_be_said(services: Services) -> None:
    moved = (400, {"description": "upgraded", "parameters": {"migrate_to_chat_id": -1009}})
    services.fail("sendMessage", moved)
    await services.outbox.post(Reply(-9, PARTS[:1], to=30, placeholders=()))
    (first, sent) = services.request.sent()
    assert (first["chat_id"], sent["chat_id"]) == (-9, -1009)
    assert "reply_parameters" not in sent
    await cut_off(services, Reply(-9, PARTS[:1], to=30), 0)
    State(services.database).move(-9, -1009)
    await services.outbox.resume()
    assert [sent["chat_id"] for sent in services.request.sent()][2:] == [-1009]


async def test_what_is_planned_for_a_group_that_moved_is_said_where_it_is_now(services: Services) -> None:
    State(services.database).move(-9, -1009)
    await services.outbox.post(
        Reply(-9, PARTS[:1], to=30), keep=Exchange("key", -9, 30, None, None, None, (), 1.0)
    )
    (sent,) = services.request.sent()
    assert sent["chat_id"] == -1009
    assert "reply_parameters" not in sent
    exchange = services.exchanges.by_key("key")
    assert exchange is not None
    assert (exchange.chat_id, exchange.messages) == (-1009, (1001,))


async def test_a_group_that_moves_while_a_reply_waits_for_its_turn_gets_it(services: Services) -> None:
    services.fail("sendMessage", BAD)
    state = State(services.database)
    moved = (400, {"description": "upgraded", "parameters": {"migrate_to_chat_id": -1009}})

    def move() -> None:
        if services.planned == 2:
            state.move(-9, -1009)
            services.fail("sendMessage", moved)
            services.on_wait = lambda: None

    services.on_wait = move
    services.fail("sendMessage", *[BAD] * 6)
    texts = ("First", "Second")
    await asyncio.gather(*(services.outbox.post(Reply(-9, (Rendered(text),))) for text in texts))
    assert [sent["text"] for sent in services.request.sent() if sent["chat_id"] == -1009] == [
        "First",
        "Second",
    ]
    assert services.planned == 0


async def test_a_reply_that_is_being_sent_while_its_group_moves_is_sent_once(services: Services) -> None:
    begun, found = asyncio.Event(), asyncio.Event()
    loop, part, due = asyncio.get_running_loop(), services.outbox._part, services.outbox._due

    def find(chat_id: int, number: int) -> list[Planned]:
        planned = due(chat_id, number)
        if chat_id == -1009:
            loop.call_soon_threadsafe(found.set)
        return planned

    async def send(reply: Reply, place: int, until: float) -> int:
        if reply.parts[0].text == "First" and not begun.is_set():
            begun.set()
            await found.wait()
        return await part(reply, place, until)

    services.outbox._part, services.outbox._due = send, find  # type: ignore[method-assign]  # where they meet
    async with asyncio.timeout(PATIENT_S):
        first = asyncio.create_task(services.outbox.post(Reply(-9, (Rendered("First"),))))
        await begun.wait()
        State(services.database).move(-9, -1009)
        await services.outbox.post(Reply(-1009, (Rendered("Other"),)))
        await first
    assert services.said == ["First", "Other"]
    assert services.planned == 0


async def test_a_server_that_moves_a_group_for_ever_is_not_followed(services: Services) -> None:
    moved = (400, {"description": "upgraded", "parameters": {"migrate_to_chat_id": -9}})
    services.fail("sendMessage", *[moved] * 100)
    with pytest.raises(ChatMigrated):
        await services.outbox.post(Reply(-9, PARTS[:1]))
    assert len(services.request.sent()) == MOVES + 1
    assert services.planned == 0


async def test_what_is_said_in_a_chat_is_said_in_order(services: Services) -> None:
    texts = [f"{number}" for number in range(20)]
    services.fail("sendMessage", BAD, BAD)
    await asyncio.gather(*(services.outbox.post(Reply(5, (Rendered(text),))) for text in texts))
    assert services.said[2:] == texts


async def test_one_that_is_refused_for_good_keeps_back_none_behind_it(services: Services) -> None:
    await cut_off(services, Reply(5, PARTS[:1]), 0)
    services.fail("sendMessage", (400, {"description": "Bad Request: TOPIC_CLOSED"}))
    await services.outbox.post(Reply(5, (Rendered("Behind"),)))
    assert services.said == ["One 🦔", "Behind"]
    assert services.planned == 0


async def test_a_damaged_reply_is_dropped_and_said_in_the_log(
    services: Services, caplog: pytest.LogCaptureFixture
) -> None:
    await cut_off(services, REPLY, 0)
    with services.database.writing() as connection:
        connection.execute("UPDATE outbox SET body = substr(body, 3)")
    await services.outbox.resume()
    assert services.planned == 0
    assert caplog.messages == ["reply 1 is damaged and cannot be sent"]


async def test_an_exchange_is_kept_though_nothing_is_said(services: Services) -> None:
    await services.outbox.post(Reply(5, ()), keep=keyed(EXCHANGE))
    assert services.exchanges.by_question(5, 30) is not None
    assert services.said == []
