"""Telegram's limits are kept whatever is asked of the bot at once, by a clock that only the pacer moves."""

from __future__ import annotations

import asyncio
import itertools
from collections import defaultdict

import pytest
from telegram.error import NetworkError

from bot.telegram.delivery.pacing import COURTESIES_A_SECOND, Pacer
from tests.patience import PATIENT_S


class Clock:
    """Time that passes only while somebody sleeps."""

    def __init__(self) -> None:
        self.now = 0.0
        self._sleepers: list[tuple[float, int, asyncio.Event]] = []

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        woken = asyncio.Event()
        self._sleepers.append((self.now + seconds, len(self._sleepers), woken))
        await woken.wait()

    async def run(self, work: asyncio.Future[list[object]]) -> None:
        while not work.done():
            for _ in range(20):
                await asyncio.sleep(0)
            if self._sleepers:
                self._sleepers.sort()
                self.now, _, woken = self._sleepers.pop(0)
                woken.set()


async def sent(chats: list[int], endpoint: str = "sendMessage") -> list[tuple[float, int, int]]:
    """When each message was sent, to which chat, and as which of them."""
    clock = Clock()
    pacer = Pacer(clock, clock.sleep)
    record: list[tuple[float, int, int]] = []

    async def send(chat_id: int, number: int) -> None:
        record.append((clock.now, chat_id, number))

    calls = [
        pacer.process_request(send, (chat_id, number), {}, endpoint, {"chat_id": chat_id}, None)
        for number, chat_id in enumerate(chats)
    ]
    work = asyncio.gather(*calls)
    await clock.run(work)
    return record


async def test_a_chat_gets_a_message_a_second_in_order() -> None:
    record = await sent([5] * 4)
    assert [number for _, _, number in record] == [0, 1, 2, 3]
    assert [round(at, 2) for at, _, _ in record] == [0.0, 1.05, 2.1, 3.15]


async def test_a_group_gets_twenty_a_minute() -> None:
    times = [at for at, _, _ in await sent([-5] * 45)]
    assert all(later - earlier >= 1.0 for earlier, later in itertools.pairwise(times))
    assert all(later - earlier > 60.0 for earlier, later in zip(times, times[20:], strict=False))


async def test_all_chats_together_get_thirty_a_second_first_come_first_served() -> None:
    chats = [*range(1, 201)] * 2
    record = await sent(chats)
    times = [at for at, _, _ in record]
    assert all(later - earlier > 1.0 for earlier, later in zip(times, times[30:], strict=False))
    assert [chat for _, chat, _ in record[:200]] == chats[:200]
    assert times[-1] < 400 / 25 + 1
    by_chat = defaultdict(list)
    for at, chat, _ in record:
        by_chat[chat].append(at)
    assert all(second - first >= 1.0 for first, second in by_chat.values())


async def test_a_message_that_was_long_on_its_way_is_not_followed_too_soon() -> None:
    clock = Clock()
    pacer = Pacer(clock, clock.sleep)
    arrived: list[float] = []

    async def send(on_its_way_s: float) -> None:
        await clock.sleep(on_its_way_s)
        arrived.append(clock.now)

    slow, fast = (
        pacer.process_request(send, (seconds,), {}, "sendMessage", {"chat_id": 5}, None)
        for seconds in (0.4, 0.0)
    )
    await clock.run(asyncio.gather(slow, fast))
    assert [round(at, 2) for at in arrived] == [0.4, 1.45]


async def test_what_is_no_message_does_not_wait() -> None:
    record = await sent([5] * 40, "answerCallbackQuery")
    assert [number for at, _, number in record if at == 0.0] == list(range(40))


async def test_what_only_shows_that_something_is_coming_is_left_out_when_it_is_much() -> None:
    record = await sent([*range(1, 41)], "sendChatAction")
    assert [number for at, _, number in record if at == 0.0] == list(range(COURTESIES_A_SECOND))
    assert len(record) == COURTESIES_A_SECOND


async def test_a_stop_waits_for_what_is_on_its_way_and_lets_nothing_more_begin() -> None:
    pacer, began, may_end = Pacer(), asyncio.Event(), asyncio.Event()

    async def send() -> str:
        began.set()
        await may_end.wait()
        return "arrived"

    first = asyncio.create_task(pacer.process_request(send, (), {}, "sendMessage", {"chat_id": 5}, None))
    await began.wait()
    stopping = asyncio.create_task(pacer.stop(30))
    await asyncio.sleep(0)
    assert not stopping.done()
    with pytest.raises(NetworkError, match="being stopped"):
        await pacer.process_request(send, (), {}, "sendMessage", {"chat_id": 6}, None)
    may_end.set()
    assert await first == "arrived"
    await stopping


async def test_a_stop_does_not_wait_for_ever() -> None:
    pacer, began = Pacer(), asyncio.Event()

    async def send() -> None:
        began.set()
        await asyncio.Event().wait()

    hanging = asyncio.create_task(pacer.process_request(send, (), {}, "sendMessage", {"chat_id": 5}, None))
    await began.wait()
    async with asyncio.timeout(PATIENT_S):
        await pacer.stop(0.01)
    hanging.cancel()
