"""Updates are fetched whatever comes, each once."""

import asyncio
import logging
from collections import deque
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from telegram import Update
from telegram.error import InvalidToken

from bot.errors import SecondBotError, StateError
from bot.store import Database, Inbox
from bot.telegram.delivery.backoff import back_off, unless
from bot.telegram.polling import CALM_S, CONFLICT_S, PatientBot, poll
from tests.patience import PATIENT_S
from tests.standin.loopback import TOKEN
from tests.standin.people import message, update
from tests.standin.recording import RecordingRequest

BROKEN = {"update_id": 12, "message": {"text": "who wrote this"}}


def in_memory() -> Inbox:
    return Inbox(Database(Path(":memory:")))


async def polled(
    request: RecordingRequest,
    *batches: list[Any],
    count: int,
    inbox: Inbox | None = None,
    left: Sequence[Any] = (),
) -> list[Update]:
    """The first ``count`` updates that polling hands over; then it is stopped."""
    request.updates.extend(batches)
    stop, got = asyncio.Event(), list[Update]()

    async def put(update: Update) -> None:
        got.append(update)
        if len(got) == count:
            stop.set()

    async with (
        asyncio.timeout(PATIENT_S),
        PatientBot(TOKEN, request=request, get_updates_request=request) as bot,
    ):
        await poll(bot, inbox or in_memory(), put, stop, left)
    return got


def polls(request: RecordingRequest) -> list[tuple[Any, Any]]:
    """Offset and seconds to wait of each poll."""
    return [(call.get("offset"), call["timeout"]) for name, call in request.calls if name == "getUpdates"]


async def test_every_update_once_and_confirmed_at_the_end() -> None:
    request = RecordingRequest()
    first, second = update(number=10, **message("a")), update(number=11, **message("b"))
    got = await polled(request, [first], [second], count=2)
    assert [received.update_id for received in got] == [10, 11]
    assert polls(request) == [(None, 30), (11, 30), (12, 0)]
    assert request.calls[-1][1]["allowed_updates"] == [
        "message",
        "edited_message",
        "callback_query",
        "my_chat_member",
        "chat_member",
    ]


@pytest.mark.parametrize("broken", [BROKEN, {"update_id": 12, "message": 3}])
async def test_one_that_cannot_be_read_is_skipped(broken: Any, caplog: pytest.LogCaptureFixture) -> None:
    request = RecordingRequest()
    batch = [update(number=11, **message("a")), broken, update(number=13, **message("b"))]
    got = await polled(request, batch, count=3)
    assert [(received.update_id, received.message and received.message.text) for received in got] == [
        (11, "a"),
        (12, None),
        (13, "b"),
    ]
    assert "update 12 cannot be read and is skipped" in caplog.text
    assert "who wrote this" not in caplog.text


async def test_what_is_no_update_at_all_is_dropped() -> None:
    request = RecordingRequest()
    (got,) = await polled(request, [None, "x", {"message": {}}, update(number=14, **message("a"))], count=1)
    assert got.update_id == 14


async def test_failures_are_tried_again(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING)
    request = RecordingRequest()
    limit = {"description": "Too Many Requests: retry after 0", "parameters": {"retry_after": 0}}
    request.faults["getUpdates"] = deque([(429, limit), (409, {"description": "Conflict: terminated"})])
    (got,) = await polled(request, [update(number=10, **message("a"))], count=1)
    assert got.update_id == 10
    assert "same token; stop one of the two" in caplog.text


async def test_a_token_that_is_revoked_ends_it() -> None:
    request = RecordingRequest()
    request.faults["getUpdates"] = deque([(401, {"description": "Unauthorized"})])
    with pytest.raises(InvalidToken):
        await polled(request, count=1)


def test_waits_double_up_to_half_a_minute() -> None:
    assert list(islice(back_off(), 7)) == [1, 2, 4, 8, 16, 30, 30]


async def test_unless_gives_what_work_gives_or_stops_it() -> None:
    stop = asyncio.Event()
    assert await unless(stop, asyncio.sleep(0, "done")) == "done"
    endless = asyncio.create_task(asyncio.sleep(60))
    asyncio.get_running_loop().call_soon(stop.set)
    await unless(stop, endless)
    assert endless.cancelled()


async def test_what_we_have_is_confirmed_even_if_the_last_poll_still_holds_the_line() -> None:
    request = RecordingRequest()
    stop = asyncio.Event()

    async def put(_: Update) -> None:
        request.faults["getUpdates"] = deque([(409, {"description": "Conflict: terminated"})])
        stop.set()

    request.updates.append([update(number=10, **message("a"))])
    async with (
        asyncio.timeout(PATIENT_S),
        PatientBot(TOKEN, request=request, get_updates_request=request) as bot,
    ):
        await poll(bot, in_memory(), put, stop)
    assert polls(request) == [(None, 30), (11, 0), (11, 0)]


async def test_what_was_left_undone_comes_first_and_nothing_comes_twice() -> None:
    inbox, request = in_memory(), RecordingRequest()
    first, second = update(number=10, **message("a")), update(number=11, **message("b"))
    inbox.take([first])
    got = await polled(request, [first, second], count=2, inbox=inbox, left=inbox.unfinished())
    assert [received.update_id for received in got] == [10, 11]


async def test_telegram_is_not_told_that_we_have_what_could_not_be_written(
    caplog: pytest.LogCaptureFixture,
) -> None:
    class Full(Inbox):
        tried = 0

        def take(self, updates: Sequence[Any]) -> list[Any]:
            self.tried += 1
            if self.tried == 1:
                raise StateError("bot.db cannot be used: disk is full; make room.")
            return super().take(updates)

    request = RecordingRequest()
    batch = [update(number=10, **message("a"))]
    (got,) = await polled(request, batch, batch, count=1, inbox=Full(Database(Path(":memory:"))))
    assert got.update_id == 10
    assert polls(request) == [(None, 30), (None, 30), (11, 0)]
    assert "disk is full; make room" in caplog.text


class Clock:
    """Goes on by ``step_s`` each time somebody looks at it."""

    def __init__(self, step_s: float) -> None:
        self.seconds, self.step_s, self.looks = 1000.0, step_s, 0

    def __call__(self) -> float:
        self.looks += 1
        self.seconds += self.step_s
        return self.seconds


async def polled_until_it_ends(
    monkeypatch: pytest.MonkeyPatch, clock: Clock, statuses: Sequence[int]
) -> RecordingRequest:
    """Poll a server that refuses so, one call after the other; each refusal is seen one step later."""
    monkeypatch.setattr("bot.telegram.polling.back_off", lambda: iter([0.0] * 10_000))
    request = RecordingRequest()
    request.faults["getUpdates"] = deque((status, {"description": "x"}) for status in statuses)
    stop = asyncio.Event()

    async def put(_: Update) -> None:
        stop.set()

    request.updates.append([update(number=10, **message("a"))])
    async with (
        asyncio.timeout(PATIENT_S),
        PatientBot(TOKEN, request=request, get_updates_request=request) as bot,
    ):
        await poll(bot, in_memory(), put, stop, now=clock)
    return request


async def test_a_conflict_of_ten_minutes_ends_it(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock(30.0)
    with pytest.raises(SecondBotError, match="for more than ten minutes, so this one is stopping"):
        await polled_until_it_ends(monkeypatch, clock, [409] * 100)
    assert clock.looks == CONFLICT_S / 30 + 2


async def test_a_conflict_of_less_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    request = await polled_until_it_ends(monkeypatch, Clock(30.0), [409] * 21)
    assert len(polls(request)) == 23


async def test_two_short_conflicts_far_apart_are_not_a_long_one(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock(CALM_S + 1)
    await polled_until_it_ends(monkeypatch, clock, [409, 502, 409, 502, 409] * 3)
    assert clock.seconds - 1000 > CONFLICT_S


async def test_a_call_that_is_answered_between_does_not_end_a_conflict(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Alternating(RecordingRequest):
        async def do_request(self, url: str, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
            if len(self.calls) % 2:
                self.faults["getUpdates"] = deque([(409, {"description": "Conflict: terminated"})])
            return await super().do_request(url, *args, **kwargs)

    monkeypatch.setattr("bot.telegram.polling.back_off", lambda: iter([0.0] * 10_000))
    request = Alternating()
    async with (
        asyncio.timeout(PATIENT_S),
        PatientBot(TOKEN, request=request, get_updates_request=request) as bot,
    ):
        with pytest.raises(SecondBotError):
            await poll(bot, in_memory(), lambda _: asyncio.sleep(0), asyncio.Event(), now=Clock(30.0))
