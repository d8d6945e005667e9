"""Who added how much: counted over all chats, given back, and kept over restarts and moves."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.store import Addition, Additions, Database, State, Usage

ANN, BEN = 5, 6
OWLS = Addition(-1, "owls", ANN, 100, 600, 50.0)
NOWHERE = (0, "")


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = Database(tmp_path / "bot.db")
    yield opened
    opened.close()


@pytest.fixture
def additions(database: Database) -> Additions:
    return Additions(database)


def add(additions: Additions, *added: Addition) -> None:
    for addition in added:
        with additions.counting(addition):
            pass


def test_what_a_person_adds_is_summed_up_over_all_chats(additions: Additions) -> None:
    add(additions, OWLS, replace(OWLS, chat_id=-2), replace(OWLS, source_id="hens", person=BEN))
    assert additions.usage(ANN, without=NOWHERE) == Usage(2, 200, 1200)
    assert additions.usage(ANN, without=(-2, "owls")) == Usage(1, 100, 600)
    assert additions.usage(7, without=NOWHERE) == Usage()
    assert sorted(additions.of(ANN)) == [(-2, "owls"), (-1, "owls")]


def test_a_new_version_takes_the_place_of_the_one_before_and_both_take_room(additions: Additions) -> None:
    add(additions, OWLS, replace(OWLS, person=BEN, characters=150, bytes=900, at=60.0))
    assert additions.usage(ANN, without=NOWHERE) == Usage()
    assert additions.usage(BEN, without=NOWHERE) == Usage(1, 150, 1500)
    assert [addition.at for addition in additions.since(55.0)] == [60.0]


def test_what_was_not_added_after_all_is_not_counted(additions: Additions) -> None:
    for before in (Usage(), Usage(1, 100, 600)):
        with suppress(RuntimeError), additions.counting(replace(OWLS, person=BEN, bytes=900)):
            assert additions.usage(BEN, without=NOWHERE).articles == 1
            raise RuntimeError
        assert additions.usage(BEN, without=NOWHERE) == Usage()
        assert additions.usage(ANN, without=NOWHERE) == before
        add(additions, OWLS)
    assert additions.usage(ANN, without=NOWHERE) == Usage(1, 100, 1200)


def test_what_is_removed_gives_its_room_back(additions: Additions) -> None:
    add(additions, OWLS)
    additions.forget(-1, "owls")
    additions.forget(-1, "owls")
    assert additions.usage(ANN, without=NOWHERE) == Usage()


def test_it_is_kept_over_a_restart(additions: Additions, database: Database, tmp_path: Path) -> None:
    add(additions, OWLS)
    database.close()
    again = Database(tmp_path / "bot.db")
    assert Additions(again).usage(ANN, without=NOWHERE) == Usage(1, 100, 600)
    assert Additions(again).since(0) == [OWLS]
    again.close()


@pytest.mark.parametrize("is_heard_of_first", [False, True])
def test_it_goes_along_when_a_group_becomes_a_supergroup(
    additions: Additions, database: Database, *, is_heard_of_first: bool
) -> None:
    state = State(database)
    hidden = replace(OWLS, source_id="hens", person=-1)
    add(additions, OWLS, hidden)
    if is_heard_of_first:
        state.come(-1001)
        add(additions, replace(OWLS, chat_id=-1001, person=BEN))
    for _ in range(2):
        state.move(-1, -1001)
    added = {(addition.chat_id, addition.source_id): addition.person for addition in additions.since(0)}
    assert added == {(-1001, "owls"): BEN if is_heard_of_first else ANN, (-1001, "hens"): -1001}


Step = tuple[str, int, str, int, int]


@settings(deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["add", "fail", "remove", "move"]),
            st.integers(1, 3),
            st.sampled_from("abc"),
            st.sampled_from([ANN, BEN]),
            st.integers(0, 1000),
        ),
        max_size=25,
    )
)
def test_whatever_happens_what_is_counted_is_what_is_there(steps: list[Step]) -> None:
    database, ids = Database(Path(":memory:")), dict[int, int]()
    there = dict[tuple[int, str], tuple[int, int, int]]()
    additions, state, fresh = Additions(database), State(database), itertools.count(1000)
    for what, number, source, person, size in steps:
        chat = ids.setdefault(number, -number)
        match what:
            case "add":
                add(additions, Addition(chat, source, person, size, 6 * size, 1.0))
                earlier = there.get((chat, source), (0, 0, 0))[2]
                there[chat, source] = (person, size, earlier + 6 * size)
            case "fail":
                with (
                    suppress(RuntimeError),
                    additions.counting(Addition(chat, source, person, size, size, 1.0)),
                ):
                    raise RuntimeError
            case "remove":
                additions.forget(chat, source)
                there.pop((chat, source), None)
            case "move":
                ids[number] = -next(fresh)
                state.move(chat, ids[number])
                there = {(ids[number] if at == chat else at, name): row for (at, name), row in there.items()}
    for person in (ANN, BEN):
        own = [row for row in there.values() if row[0] == person]
        expected = Usage(len(own), sum(row[1] for row in own), sum(row[2] for row in own))
        assert additions.usage(person, without=NOWHERE) == expected
    database.close()
