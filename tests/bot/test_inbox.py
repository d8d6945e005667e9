"""What came in is there until it is done, and no longer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.database import Database
from bot.inbox import TRIES, Inbox
from tests.standin.people import message, update

FIRST, SECOND, THIRD = (update(number=number, **message(f"{number} 🦔")) for number in (10, 11, 12))


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = Database(tmp_path / "bot.db")
    yield opened
    opened.close()


def test_what_is_not_done_is_there_after_a_crash(tmp_path: Path, database: Database) -> None:
    inbox = Inbox(database)
    assert inbox.take([FIRST, THIRD, SECOND]) == [FIRST, THIRD, SECOND]
    inbox.done(11)
    database.close()
    again = Database(tmp_path / "bot.db")
    assert Inbox(again).left() == [FIRST, THIRD]
    again.close()


def test_what_is_there_is_not_taken_twice(database: Database) -> None:
    inbox = Inbox(database)
    inbox.take([FIRST])
    assert inbox.take([FIRST, SECOND, SECOND, None, {"message": {}}, {"update_id": "x"}]) == [SECOND]


def test_what_was_there_at_every_crash_is_given_up(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    inbox = Inbox(database)
    inbox.take([FIRST])
    assert [inbox.left() for _ in range(TRIES)] == [[FIRST]] * TRIES
    inbox.take([SECOND])
    assert inbox.left() == [SECOND]
    assert caplog.messages == ["given up: updates 10"]


def test_one_that_is_damaged_is_said_and_keeps_no_other_from_being_done(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    inbox = Inbox(database)
    inbox.take([FIRST, SECOND, THIRD])
    with database.writing() as connection:
        connection.execute("UPDATE inbox SET body = substr(body, 9) WHERE number = 10")
        connection.execute("UPDATE inbox SET body = ? WHERE number = 11", ("[" * 100_000,))
    assert inbox.left() == [THIRD]
    assert caplog.messages == [
        f"update {number} is damaged in the inbox and cannot be read" for number in (10, 11)
    ]


def test_what_is_older_than_a_day_is_given_up(database: Database) -> None:
    Inbox(database, now=lambda: 1_790_000_000.0).take([FIRST])
    assert Inbox(database, now=lambda: 1_790_086_400.0).left() == [FIRST]
    assert Inbox(database, now=lambda: 1_790_086_401.0).left() == []
