"""Order within a chat and topic; chats side by side."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from telegram import Update

from bot.store import Database, Inbox
from bot.telegram.updates import OrderedUpdates, place_of
from tests.patience import PATIENT_S
from tests.standin.people import BEN, in_group, in_topic, message, update


def of(written: dict[str, Any], kind: str = "message") -> Update:
    return Update.de_json(update(kind, **written), None)


@pytest.fixture
def inbox(tmp_path: Path) -> Iterator[Inbox]:
    database = Database(tmp_path / "bot.db")
    database.all("PRAGMA synchronous = OFF")  # no test here cuts the power, and a disk takes its time
    yield Inbox(database)
    database.close()


def everything(_update: Update) -> bool:
    return True


def test_a_topic_is_a_place_of_its_own() -> None:
    assert place_of(of(message("hi"))) == (5, None)
    assert place_of(of(in_topic("hi", topic=40))) == (-100_456, 40)
    assert place_of(of(in_topic("hi", topic=41))) == (-100_456, 41)
    assert place_of("no update") == (None, None)


def test_a_thread_of_replies_in_a_plain_group_is_not() -> None:
    assert place_of(of(in_group("hi", message_thread_id=12))) == (-100_123, None)


async def test_updates_of_one_chat_are_taken_in_order_even_if_the_first_is_slow(inbox: Inbox) -> None:
    done: list[str] = []

    async def take(name: str, turns: int) -> None:
        for _ in range(turns):
            await asyncio.sleep(0)
        done.append(name)

    async with OrderedUpdates(inbox, everything) as processor:
        slow = [("first", 50), ("second", 0), ("third", 10)]
        await asyncio.gather(*(processor.process_update(of(message(n)), take(n, t)) for n, t in slow))
    assert done == ["first", "second", "third"]


async def test_another_chat_and_another_topic_do_not_wait(inbox: Inbox) -> None:
    first_may_end = asyncio.Event()

    async def end_the_wait() -> None:
        first_may_end.set()

    async with OrderedUpdates(inbox, everything) as processor, asyncio.timeout(PATIENT_S):
        await asyncio.gather(
            processor.process_update(of(in_topic("a", topic=1)), first_may_end.wait()),
            processor.process_update(of(in_topic("b", topic=2)), end_the_wait()),
        )


async def test_a_failing_update_does_not_hold_up_the_next(inbox: Inbox) -> None:
    async def fail() -> None:
        raise ValueError("broken")

    done = asyncio.Event()

    async def succeed() -> None:
        done.set()

    async with OrderedUpdates(inbox, everything) as processor:
        with pytest.raises(ValueError, match="broken"):
            await processor.process_update(of(message("a")), fail())
        await processor.process_update(of(message("b")), succeed())
    assert done.is_set()


async def test_a_chat_that_asks_much_does_not_take_the_places_of_others(inbox: Inbox) -> None:
    never = asyncio.Event()
    async with OrderedUpdates(inbox, everything) as processor:
        flood = [
            asyncio.create_task(processor.process_update(of(message(str(n))), never.wait()))
            for n in range(2000)
        ]
        await asyncio.sleep(0)
        async with asyncio.timeout(PATIENT_S):
            await processor.process_update(of(in_group("hi")), asyncio.sleep(0))
        never.set()
        await asyncio.gather(*flood)
    assert not processor._turns  # nothing is kept of chats that are quiet


async def test_an_update_is_in_work_while_its_handler_runs_and_then_forgotten(inbox: Inbox) -> None:
    first, second = update(number=10, **message("a")), update(number=11, **message("b"))
    inbox.take([first, second])
    in_work = asyncio.Event()

    async def hang() -> None:
        in_work.set()
        await asyncio.Event().wait()

    async with OrderedUpdates(inbox, everything) as processor:
        await processor.process_update(Update.de_json(first, None), asyncio.sleep(0))
        given_up = asyncio.create_task(processor.process_update(Update.de_json(second, None), hang()))
        async with asyncio.timeout(PATIENT_S):
            await in_work.wait()
        assert inbox._in_work.take_dead() == [11]
        given_up.cancel()
        await asyncio.gather(given_up, return_exceptions=True)
    assert inbox.unfinished() == [second]


async def test_what_may_have_ended_the_bot_is_taken_alone(inbox: Inbox) -> None:
    suspects = [
        update(number=number, **message("a", chat={"id": number, "type": "private", "first_name": "A"}))
        for number in (10, 11)
    ]
    inbox.take(suspects)
    for _ in range(2):
        for number in (10, 11):
            inbox.begin(number)
        assert inbox.unfinished() == suspects
    at_once, most = 0, 0

    async def work() -> None:
        nonlocal at_once, most
        at_once += 1
        most = max(most, at_once)
        await asyncio.sleep(0)
        at_once -= 1

    async with OrderedUpdates(inbox, everything) as processor:
        updates = [Update.de_json(suspect, None) for suspect in suspects]
        await asyncio.gather(*(processor.process_update(taken, work()) for taken in updates))
    assert most == 1
    assert inbox.unfinished() == []


async def test_what_is_turned_away_waits_for_nothing_and_is_taken_care_of(inbox: Inbox) -> None:
    slow, refused = update(number=10, **message("a")), update(number=11, **message("b"))
    inbox.take([slow, refused])
    over = asyncio.Event()

    def admits(update: Update) -> bool:
        return update.update_id == 10

    async with OrderedUpdates(inbox, admits) as processor, asyncio.timeout(PATIENT_S):
        first = asyncio.create_task(processor.process_update(Update.de_json(slow, None), over.wait()))
        await asyncio.sleep(0)
        await processor.process_update(Update.de_json(refused, None), asyncio.Event().wait())
        assert inbox.unfinished() == [slow]
        over.set()
        await first
    assert inbox.unfinished() == []


async def test_an_update_that_cannot_be_judged_is_worked_on(inbox: Inbox) -> None:
    def admits(_update: Update) -> bool:
        raise ValueError("broken")

    done = asyncio.Event()

    async def succeed() -> None:
        done.set()

    async with OrderedUpdates(inbox, admits) as processor:
        await processor.process_update(of(message("a")), succeed())
    assert done.is_set()


def test_a_press_waits_for_other_presses_of_its_person_only() -> None:
    query = {"id": "q", "from": BEN, "chat_instance": "1", "data": "x", "message": in_topic("hi", topic=40)}
    assert place_of(of(query, "callback_query")) == (BEN["id"], "presses")


def test_nothing_waits_for_an_article_that_is_read() -> None:
    assert place_of(of(message("/add")), is_addition=True) == (5, "articles")
    assert place_of(of(message("/add"))) == (5, None)
