"""What is kept is there after a restart, belongs to one chat, and moves with it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.errors import StateError
from bot.store import ChatSettings, Database, State


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "bot.db"


@pytest.fixture
def database(path: Path) -> Iterator[Database]:
    opened = Database(path)
    yield opened
    opened.close()


@pytest.fixture
def state(database: Database) -> State:
    return State(database)


def test_settings_outlive_the_process(state: State, database: Database, path: Path) -> None:
    assert state.settings(-5) == ChatSettings(None, "admins", frozenset())
    state.set_quotes(-5, 2)
    state.set_keepers(-5, "everybody")
    state.set_free(-5, 40, is_free=True)
    state.set_free(-5, 41, is_free=True)
    state.set_free(-5, 41, is_free=False)
    database.close()
    again = Database(path)
    reopened = State(again)
    assert reopened.settings(-5) == ChatSettings(2, "everybody", frozenset({40}))
    assert reopened.settings(-6) == ChatSettings()
    assert [reopened.is_free(-5, topic) for topic in (40, 41)] == [True, False]
    again.close()


def test_a_group_takes_everything_along_when_it_becomes_a_supergroup(state: State) -> None:
    state.set_quotes(-5, 2)
    state.set_free(-5, 40, is_free=True)
    state.move(-5, -1005)
    state.move(-5, -1005)
    assert state.settings(-1005) == ChatSettings(2, "admins", frozenset({40}))
    assert state.settings(-5) == ChatSettings()
    assert [state.is_free(chat, 40) for chat in (-5, -1005)] == [False, True]


def test_also_when_the_supergroup_was_heard_of_first(state: State) -> None:
    state.set_quotes(-5, 2)
    state.set_keepers(-5, "everybody")
    state.set_free(-5, 40, is_free=True)
    state.set_quotes(-1005, 4)
    state.move(-5, -1005)
    assert state.settings(-1005) == ChatSettings(4, "everybody", frozenset({40}))


def test_a_supergroup_knows_what_it_was(state: State, database: Database) -> None:
    state.move(-5, -1005)
    state.move(-5, -1005)
    assert [again.former(-1005) for again in (state, State(database))] == [-5, -5]
    assert state.former(-5) is None


def test_coming_is_new_once_and_again_after_leaving(state: State) -> None:
    assert state.come(-5)
    assert not state.come(-5)
    state.leave(-5, 2.0)
    assert state.come(-5)
    assert not state.come(-5)


def test_what_is_no_state_is_said_and_left_alone(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"not a database, surely" * 100)
    with pytest.raises(StateError, match="is damaged"):
        Database(path)
    assert path.read_bytes().startswith(b"not a database")
    path.unlink()
    path.mkdir()
    with pytest.raises(StateError, match="can't be used"):
        Database(path)
