"""What only says that an answer is coming stands there once, and is known after a restart."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from telegram import Message

from bot.store import inbox
from bot.telegram.messages.rendered import Rendered
from bot.telegram.placeholder import Placeholder
from tests.bot.telegram.conftest import Telegram
from tests.bot.telegram.delivery.test_outbox import Request
from tests.standin.people import in_group, update

READING, FURTHER = Rendered("Reading …"), Rendered("Reading further …")
GONE = (400, {"description": "Bad Request: message to edit not found"})
NUMBER = 71


@pytest.fixture
def asked(telegram: Telegram) -> Iterator[Message]:
    arriving = update(number=NUMBER, **in_group("/ask who?"))
    telegram.services.inbox.take([arriving])
    token = inbox.current.set(NUMBER)
    message = Message.de_json(arriving["message"], telegram.bot.bot)
    yield message
    inbox.current.reset(token)


def calls(telegram: Telegram) -> list[tuple[str, Any]]:
    shown = [(method, fields) for method, fields in telegram.request.calls if method != "getMe"]
    return [(method, fields.get("message_id")) for method, fields in shown]


async def test_it_is_said_once_then_changed(telegram: Telegram, asked: Message) -> None:
    placeholder = Placeholder.of(telegram.services, asked)
    await placeholder.show(READING)
    await placeholder.show(FURTHER)
    assert calls(telegram) == [("sendMessage", None), ("editMessageText", 1001)]
    assert telegram.services.inbox.placeholders(NUMBER) == (1001,)


async def test_after_a_restart_it_is_changed(telegram: Telegram, asked: Message) -> None:
    await Placeholder.of(telegram.services, asked).show(READING)
    again = Placeholder.of(telegram.services, asked, (5,))
    assert again.messages == (1001,)
    await again.show(READING)
    assert calls(telegram) == [("sendMessage", None), ("editMessageText", 1001)]


async def test_where_it_was_deleted_it_is_said_anew(telegram: Telegram, asked: Message) -> None:
    telegram.request.faults["editMessageText"] = deque([GONE])
    placeholder = Placeholder.of(telegram.services, asked, (5,))
    await placeholder.show(READING)
    assert calls(telegram) == [("editMessageText", 5), ("sendMessage", None)]
    assert (placeholder.messages, telegram.services.inbox.placeholders(NUMBER)) == ((1001,), (1001,))


@pytest.mark.parametrize("method", ["sendMessage", "editMessageText"])
async def test_it_is_tried_once(telegram: Telegram, asked: Message, method: str) -> None:
    wait = (429, {"description": "x", "parameters": {"retry_after": 120}})
    telegram.request.faults[method] = deque([wait])
    placeholder = Placeholder.of(telegram.services, asked, (5,) if method == "editMessageText" else ())
    before = placeholder.messages
    await placeholder.show(READING)
    assert [name for name, _ in calls(telegram)] == [method]
    assert placeholder.messages == before


async def test_one_that_may_have_arrived_is_not_said_again(telegram: Telegram, asked: Message) -> None:
    request = Request()
    request.faults["sendMessage"] = deque([httpx.ReadError("cut")])  # type: ignore[list-item]  # it takes more
    telegram.request.do_request = request.do_request  # type: ignore[method-assign]  # of this one
    placeholder = Placeholder.of(telegram.services, asked)
    await placeholder.show(READING)
    assert len(request.sent()) == 1
    assert placeholder.messages == ()
