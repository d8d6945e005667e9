"""A database of every form that a version of the bot has kept becomes one of the newest, and is whole."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot import schema
from bot.database import Database
from bot.errors import StateError
from bot.exchanges import Exchanges
from bot.inbox import Inbox
from bot.state import State
from bot.types import ChatSettings
from tests.standin.process import ROOT

FORMS = {int(path.stem.removeprefix("bot_")): path for path in (ROOT / "tests/files/forms").glob("bot_*.sql")}
ANN, FORUM, NEWS = 1000005, -1000002000001, 2
"""Of the databases from form 2 on: a person, a group and a topic of it."""


def database_of(form: int, path: Path) -> Path:
    """A file of this form at ``path``, as an earlier version left it."""
    with closing(sqlite3.connect(path)) as earlier:
        earlier.executescript(FORMS[form].read_text(encoding="utf-8"))
        assert earlier.execute("PRAGMA user_version").fetchone() == (form,)
    return path


def layout(path: Path) -> list[tuple[str, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(
            "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY 1, 2"
        ).fetchall()


def test_every_past_form_is_tried() -> None:
    assert set(range(1, schema.FORM)) <= set(FORMS)


@pytest.mark.parametrize("form", FORMS)
def test_a_past_form_becomes_the_newest_once_and_is_whole(form: int, tmp_path: Path) -> None:
    path = database_of(form, tmp_path / "bot.db")
    for _ in range(2):
        Database(path).close()
    Database(tmp_path / "new.db").close()
    assert layout(path) == layout(tmp_path / "new.db")
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (schema.FORM,)
        for check in ("quick_check", "integrity_check"):
            assert connection.execute(f"PRAGMA {check}").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


def test_the_chats_of_form_1_are_set_as_they_were(tmp_path: Path) -> None:
    with closing(Database(database_of(1, tmp_path / "bot.db"))) as database:
        state = State(database)
        assert state.settings(-5) == ChatSettings(2, "admins", frozenset({40}))
        assert state.come(6)  # had left


@pytest.mark.parametrize("form", [form for form in FORMS if form >= 2])
def test_what_was_asked_and_answered_is_found_as_before(form: int, tmp_path: Path) -> None:
    with closing(Database(database_of(form, tmp_path / "bot.db"))) as database:
        assert State(database).settings(FORUM) == ChatSettings(1, "admins", frozenset({NEWS}))
        exchanges = Exchanges(database)
        jam, why, in_news = (
            exchanges.by_message(chat, message) for chat, message in ((ANN, 3), (ANN, 5), (FORUM, 6))
        )
        assert jam is not None
        assert why is not None
        assert in_news is not None
        assert [kept.messages for kept in (jam, why, in_news)] == [(3,), (5,), (6,)]
        assert jam.given is not None
        assert jam.given.question == "Who likes jam?"
        assert exchanges.thread(why.key, 8) == [jam, why]
        assert exchanges.last_in(FORUM, NEWS) == in_news
        assert exchanges.forget_before(1_790_000_100.0) == 3
        assert exchanges.by_message(ANN, 3) is None
        waiting = database.all("SELECT number FROM inbox")
        assert waiting == [(700000009,)]
        assert [update["message"]["text"] for update in Inbox(database, lambda: 1_790_000_020.0).left()] == [
            "Do wolves like jam?"
        ]


def test_a_message_of_an_answer_that_is_gone_does_not_stop_a_change_of_form(tmp_path: Path) -> None:
    path = database_of(2, tmp_path / "bot.db")
    with closing(sqlite3.connect(path)) as earlier:  # without foreign keys
        earlier.execute("DELETE FROM exchanges WHERE number = 1")
        earlier.commit()
    with closing(Database(path)) as database:
        assert database.all("SELECT message FROM messages ORDER BY message") == [(5,), (6,)]


def test_what_a_later_version_kept_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "bot.db"
    Database(path).close()
    with closing(sqlite3.connect(path)) as later:
        later.execute("PRAGMA user_version=99")
    before = path.read_bytes()
    with pytest.raises(StateError, match="not the state of this version"):
        Database(path)
    assert path.read_bytes() == before
