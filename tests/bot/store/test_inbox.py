"""What came in is there until it is taken care of, whatever the process and its clock do."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.errors import StateError
from bot.store import Database, Inbox
from bot.store.inbox import TRIES
from tests.standin.people import message, update

FIRST, SECOND, THIRD = (update(number=number, **message(f"{number} 🦔")) for number in (10, 11, 12))
WRITTEN = 1_790_000_000.0
"""When Telegram says that these were written."""

DAY_S = 86_400.0


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = Database(tmp_path / "bot.db")
    yield opened
    opened.close()


def die_in_work(inbox: Inbox, *numbers: int) -> list[Any]:
    """The process dies while these are in work; what it finds when it is back."""
    for number in numbers:
        inbox.begin(number)
    return inbox.unfinished()


async def test_what_is_not_done_is_there_after_a_crash(tmp_path: Path, database: Database) -> None:
    inbox = Inbox(database)
    assert inbox.take([FIRST, THIRD, SECOND]) == [FIRST, THIRD, SECOND]
    await inbox.close(11)
    database.close()
    again = Database(tmp_path / "bot.db")
    assert Inbox(again).unfinished() == [FIRST, THIRD]
    again.close()


async def test_what_was_there_is_not_taken_again_nor_when_it_is_done(database: Database) -> None:
    inbox = Inbox(database)
    inbox.take([FIRST])
    assert inbox.take([FIRST, SECOND, SECOND, None, {"message": {}}, {"update_id": "x"}]) == [SECOND]
    await inbox.close(10)
    assert inbox.take([FIRST, SECOND, THIRD]) == [THIRD]  # Telegram gives again what was not confirmed


@pytest.mark.parametrize("number", [2**63, 10**30, -1, True, 1.5, None, "7"])
def test_a_number_that_is_none_is_passed_over(database: Database, number: Any) -> None:
    assert Inbox(database).take([{"update_id": number}, FIRST]) == [FIRST]


def test_an_update_that_cannot_be_written_down_is_kept_as_its_number(database: Database) -> None:
    deep: Any = []
    for _ in range(100_000):
        deep = [deep]
    inbox = Inbox(database)
    assert len(inbox.take([{"update_id": 10, "message": deep}])) == 1
    assert inbox.unfinished() == [{"update_id": 10}]
    while deep:  # one by one: Python takes an object apart as deep as it is
        deep = deep.pop()


async def test_starts_alone_count_nothing(database: Database) -> None:
    inbox = Inbox(database)
    inbox.take([FIRST, SECOND])
    assert [inbox.unfinished() for _ in range(20)] == [[FIRST, SECOND]] * 20
    for _ in range(20):  # also while they are in work, if the bot is stopped in good order
        inbox.begin(10)
        inbox.release()
        inbox = Inbox(database)
        assert inbox.unfinished() == [FIRST, SECOND]
    assert inbox.set_aside() == []


async def test_what_was_in_work_at_three_deaths_is_set_aside(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    inbox = Inbox(database)
    inbox.take([FIRST, SECOND])
    inbox.note_placeholder(10, 77)
    assert [die_in_work(inbox, 10) for _ in range(TRIES)] == [[SECOND, FIRST]] * 2 + [[SECOND]]
    assert caplog.messages == ["set aside after 3 tries: updates 10"]
    (aside,) = inbox.set_aside(only_untold=True)
    assert (aside.number, aside.update, aside.placeholders) == (10, FIRST, (77,))
    assert inbox.take([FIRST]) == []


async def test_who_was_in_work_is_a_suspect_and_comes_last(database: Database) -> None:
    inbox = Inbox(database)
    inbox.take([FIRST, SECOND, THIRD])
    assert die_in_work(inbox, 10, 11) == [THIRD, FIRST, SECOND]
    assert [inbox.is_suspect(number) for number in (10, 11, 12)] == [True, True, False]


@pytest.mark.parametrize("jump_s", [2 * DAY_S, -WRITTEN, 400 * DAY_S])
async def test_no_clock_drops_anything(database: Database, jump_s: float) -> None:
    clock = [WRITTEN + jump_s]
    inbox = Inbox(database, lambda: clock[0])
    inbox.take([FIRST, SECOND])
    for _ in range(TRIES):
        die_in_work(inbox, 10)
    clock[0] = WRITTEN + 60  # right again
    inbox.forget_set_aside()
    assert inbox.unfinished() == [SECOND]
    assert [aside.number for aside in inbox.set_aside()] == [10]


async def test_what_was_set_aside_is_kept_for_seven_days(database: Database) -> None:
    clock = [WRITTEN + 5]
    inbox = Inbox(database, lambda: clock[0])
    inbox.take([FIRST])
    for _ in range(TRIES):
        die_in_work(inbox, 10)
    clock[0] += 7 * DAY_S
    inbox.forget_set_aside()
    assert [aside.number for aside in inbox.set_aside()] == [10]
    clock[0] += 1
    inbox.forget_set_aside()
    assert inbox.set_aside() == []


def test_a_damaged_row_keeps_its_number_and_stops_nobody(database: Database) -> None:
    inbox = Inbox(database)
    inbox.take([FIRST, SECOND])
    with database.writing() as connection:
        connection.execute("UPDATE inbox SET body = ? WHERE number = 10", ('{"update_id": 1',))
    assert inbox.unfinished() == [{"update_id": 10}, SECOND]


async def test_only_the_newest_closed_numbers_are_remembered(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.store.inbox.REMEMBERED", 3)
    inbox = Inbox(database)
    for number in range(20, 30):
        inbox.take([{"update_id": number}])
        await inbox.close(number)
    assert database.all("SELECT number FROM closed ORDER BY number") == [(27,), (28,), (29,)]
    assert json.loads(json.dumps(inbox.unfinished())) == []


async def test_many_that_are_closed_at_once_are_each_written_once(database: Database) -> None:
    inbox = Inbox(database)
    numbers = range(100, 200)
    inbox.take([{"update_id": number} for number in numbers])
    deleted: list[str] = []
    database._connection.set_trace_callback(
        lambda said: deleted.append(said) if said.startswith("DELETE FROM inbox") else None
    )
    await asyncio.gather(*(inbox.close(number) for number in numbers))
    assert len(deleted) == 100
    assert inbox.unfinished() == []


async def test_what_could_not_be_closed_is_closed_with_the_next(database: Database) -> None:
    inbox = Inbox(database)
    inbox.take([FIRST, SECOND])
    database._connection.execute("PRAGMA query_only = ON")
    with pytest.raises(StateError):
        await inbox.close(10)
    database._connection.execute("PRAGMA query_only = OFF")
    await inbox.close(11)
    assert inbox.unfinished() == []
