"""What becomes of one message, whatever Telegram says to it."""

from __future__ import annotations

import asyncio
import json
from collections import deque
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from telegram.error import ChatMigrated, Forbidden, TelegramError

from bot.telegram.delivery.request import SturdyRequest, UnreadableError
from bot.telegram.delivery.sending import PATIENCE_S, Sender, UnsentError, may_have_arrived
from bot.telegram.messages.rendered import Rendered
from bot.telegram.messages.replies import Reply
from bot.telegram.polling import PatientBot
from tests.bot.telegram.delivery.test_outbox import BAD, GONE, UNSENT, Request
from tests.standin.loopback import TOKEN

PART = Rendered("Bears like jam.")
REPLY = Reply(5, (PART,), placeholders=(70,))
WAIT = (429, {"description": "Too Many Requests", "parameters": {"retry_after": 120}})
GARBLED = (
    b"null",
    b"",
    b"<html>",
    b"{",
    b"[" * 100_000,
    b'{"ok": true}',
    b'{"ok": true, "result": {}}',
    b'{"ok": 1}',
)


class Garbling(Request):
    """Does what it is asked, and says ``bodies`` to the first messages."""

    parse_json_payload = staticmethod(SturdyRequest.parse_json_payload)

    def __init__(self) -> None:
        super().__init__()
        self.bodies: deque[bytes] = deque()

    async def do_request(self, url: str, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        done = await super().do_request(url, *args, **kwargs)
        return (200, self.bodies.popleft()) if url.endswith("/sendMessage") and self.bodies else done


class Services:
    """A sender with a clock that goes on only while it waits."""

    def __init__(self) -> None:
        self.request = Garbling()
        self.bot = PatientBot(TOKEN, request=self.request, get_updates_request=self.request)
        self.clock = 0.0
        self.waits: list[float] = []
        self.sender = Sender(self.bot, lambda: self.clock, self._sleep)

    def fail(self, method: str, *faults: Any) -> None:
        self.request.faults[method] = deque(faults)

    async def _sleep(self, seconds: float) -> None:
        self.clock += seconds
        self.waits.append(seconds)
        await asyncio.sleep(0)


@pytest.fixture
async def services() -> AsyncIterator[Services]:
    made = Services()
    async with made.bot:
        yield made


async def send(services: Services) -> int | None:
    return await services.sender.send(REPLY, 0, services.sender.deadline())


@pytest.mark.parametrize("body", GARBLED)
async def test_an_answer_that_cannot_be_read_repeats_the_message_once(
    services: Services, body: bytes
) -> None:
    services.request.bodies.append(body)
    assert await send(services) == 1002
    assert len(services.request.sent()) == 2
    services.request.bodies.extend([body] * 5)
    assert await send(services) is None
    assert len(services.request.sent()) == 4


async def test_telegram_is_left_alone_as_long_as_it_wants(services: Services) -> None:
    services.fail("sendMessage", WAIT, WAIT)
    await send(services)
    assert services.waits == [120, 120]


async def test_also_where_it_is_only_asked_whether_it_is_there(services: Services) -> None:
    services.fail("sendMessage", httpx.ReadError("cut"))
    services.fail("getMe", WAIT, WAIT)
    assert await send(services) == 1002
    assert services.waits == [120, 120, 1]


async def test_who_is_to_wait_longer_than_there_is_patience_does_not_begin(services: Services) -> None:
    wait_s = int(PATIENCE_S) + 1
    services.fail("sendMessage", (429, {"description": "x", "parameters": {"retry_after": wait_s}}))
    with pytest.raises(UnsentError):
        await send(services)
    assert services.waits == []


async def test_a_pause_that_cannot_be_counted_is_none(services: Services) -> None:
    services.fail("sendMessage", (429, {"description": "x", "parameters": {"retry_after": 10**30}}))
    assert await send(services) == 1001
    assert services.waits == [1]


async def test_an_edit_is_made_again_until_it_is_made(services: Services) -> None:
    services.fail("editMessageText", BAD, WAIT, UNSENT, httpx.ReadError("cut"), httpx.ReadError("cut"))
    assert await services.sender.edit(REPLY, 0, services.sender.deadline())
    assert services.waits == [1, 120, 2, 4, 8]


@pytest.mark.parametrize(
    ("fault", "stands"),
    [(GONE, False), ((400, {"description": "Bad Request: message is not modified: the same"}), True)],
)
async def test_whether_it_stands_there(services: Services, fault: Any, stands: bool) -> None:
    services.fail("editMessageText", fault)
    assert await services.sender.edit(REPLY, 0, services.sender.deadline()) is stands


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        ((403, {"description": "Forbidden: bot was kicked"}), Forbidden),
        ((400, {"description": "upgraded", "parameters": {"migrate_to_chat_id": -1009}}), ChatMigrated),
    ],
)
async def test_what_telegram_refuses_is_not_tried_again(
    services: Services, fault: Any, kind: type[TelegramError]
) -> None:
    services.fail("editMessageText", fault)
    services.fail("sendMessage", fault)
    with pytest.raises(kind):
        await services.sender.edit(REPLY, 0, services.sender.deadline())
    with pytest.raises(kind):
        await send(services)
    assert services.waits == []


async def test_what_is_tried_once_is_tried_once(services: Services) -> None:
    services.fail("editMessageText", BAD, BAD)
    with pytest.raises(UnsentError):
        await services.sender.edit(REPLY, 0, services.sender.deadline(0.0))
    assert len([method for method, _ in services.request.calls if method == "editMessageText"]) == 1


async def test_taking_a_message_away_may_fail(services: Services) -> None:
    services.fail("deleteMessage", BAD)
    await services.sender.delete(5, 70)
    assert [fields for method, fields in services.request.calls if method == "deleteMessage"] == [
        {"chat_id": 5, "message_id": 70}
    ]


def test_what_was_said_and_could_not_be_read_may_have_arrived() -> None:
    assert may_have_arrived(UnreadableError("what came is not an answer from Telegram"))
    assert not may_have_arrived(TelegramError(json.dumps({"ok": False})))
