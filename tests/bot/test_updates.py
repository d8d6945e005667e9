"""Order within a chat and topic; chats side by side."""

import asyncio
from typing import Any

import pytest
from telegram import Update

from bot.updates import OrderedUpdates, place_of
from tests.standin.people import BEN, in_group, in_topic, message, update
from tests.standin.world import ADMIN_RIGHTS


def of(written: dict[str, Any], kind: str = "message") -> Update:
    return Update.de_json(update(kind, **written), None)


def ignored(_number: int) -> None:
    pass


def test_a_topic_is_a_place_of_its_own() -> None:
    assert place_of(of(message("hi"))) == (5, None)
    assert place_of(of(in_topic("hi", topic=40))) == (-100_456, 40)
    assert place_of(of(in_topic("hi", topic=41))) == (-100_456, 41)
    assert place_of("no update") == (None, None)


def test_a_thread_of_replies_in_a_plain_group_is_not() -> None:
    assert place_of(of(in_group("hi", message_thread_id=12))) == (-100_123, None)


async def test_updates_of_one_chat_are_taken_in_order_even_if_the_first_is_slow() -> None:
    done: list[str] = []

    async def take(name: str, seconds: float) -> None:
        await asyncio.sleep(seconds)
        done.append(name)

    async with OrderedUpdates(ignored) as processor:
        slow = [("first", 0.05), ("second", 0.0), ("third", 0.01)]
        await asyncio.gather(*(processor.process_update(of(message(n)), take(n, s)) for n, s in slow))
    assert done == ["first", "second", "third"]


async def test_another_chat_and_another_topic_do_not_wait() -> None:
    first_may_end = asyncio.Event()

    async def end_the_wait() -> None:
        first_may_end.set()

    async with OrderedUpdates(ignored) as processor, asyncio.timeout(2):
        await asyncio.gather(
            processor.process_update(of(in_topic("a", topic=1)), first_may_end.wait()),
            processor.process_update(of(in_topic("b", topic=2)), end_the_wait()),
        )


async def test_a_failing_update_does_not_hold_up_the_next() -> None:
    async def fail() -> None:
        raise ValueError("broken")

    done = asyncio.Event()

    async def succeed() -> None:
        done.set()

    async with OrderedUpdates(ignored) as processor:
        with pytest.raises(ValueError, match="broken"):
            await processor.process_update(of(message("a")), fail())
        await processor.process_update(of(message("b")), succeed())
    assert done.is_set()


async def test_a_chat_that_asks_much_does_not_take_the_places_of_others() -> None:
    never = asyncio.Event()
    async with OrderedUpdates(ignored) as processor:
        flood = [
            asyncio.create_task(processor.process_update(of(message(str(n))), never.wait()))
            for n in range(2000)
        ]
        await asyncio.sleep(0)
        async with asyncio.timeout(2):
            await processor.process_update(of(in_group("hi")), asyncio.sleep(0))
        never.set()
        await asyncio.gather(*flood)
    assert not processor._turns  # nothing is kept of chats that are quiet


async def test_what_is_taken_care_of_is_said_and_what_is_given_up_is_not() -> None:
    done: list[int] = []

    async def succeed() -> None:
        assert done == []

    async with OrderedUpdates(done.append) as processor:
        first, second = of(message("a")), of(message("b"))
        await processor.process_update(first, succeed())
        given_up = asyncio.create_task(processor.process_update(second, asyncio.sleep(10)))
        await asyncio.sleep(0.01)
        given_up.cancel()
        await asyncio.gather(given_up, return_exceptions=True)
    assert done == [first.update_id]


def test_a_press_waits_for_other_presses_of_its_person_only() -> None:
    query = {"id": "q", "from": BEN, "chat_instance": "1", "data": "x", "message": in_topic("hi", topic=40)}
    assert place_of(of(query, "callback_query")) == (BEN["id"], "presses")


def test_who_is_an_admin_no_more_waits_for_no_question() -> None:
    admin, member = (
        {"status": "administrator", "user": BEN, **ADMIN_RIGHTS},
        {"status": "member", "user": BEN},
    )
    change = {"date": 1, "from": BEN, "old_chat_member": admin, "new_chat_member": member}
    for kind in ("chat_member", "my_chat_member"):
        written = {**change, "chat": in_group("hi")["chat"]}
        assert place_of(of(written, kind)) == (-100_123, "members")


def test_nothing_waits_for_an_article_that_is_read() -> None:
    for written in (message("/add"), message("/ADD@verbatim_bot"), message("https://forest.example/jam")):
        assert place_of(of(written)) == (5, "articles")
