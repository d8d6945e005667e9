"""What was asked and answered is found again: by its key, its messages, and its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.store import Database, Exchange, Exchanges, State, StoredAnswer
from retrieval.quote import QuotePlace, StoredTurn
from retrieval.types import Speaker

PLACE = QuotePlace("chats/-5", "a1", 3, 9, (4, 8), 0.75, Speaker("A Bear", "baker", "he"))
ANSWER = StoredAnswer(
    "and jam?",
    "Who likes jam?",
    "quotes",
    "answered",
    StoredTurn("Who likes jam?", (PLACE,), ("a1",)),
    (PLACE,),
)
EXCHANGE = Exchange("", -5, 10, 0, None, ANSWER, (), 1_790_000_000.5)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = Database(tmp_path / "bot.db")
    opened.all("PRAGMA synchronous = OFF")  # nobody cuts the power here
    yield opened
    opened.close()


@pytest.fixture
def exchanges(database: Database) -> Exchanges:
    return Exchanges(database)


def test_all_of_it_outlives_the_process(tmp_path: Path, database: Database, exchanges: Exchanges) -> None:
    exchange = exchanges.keep(EXCHANGE)
    exchanges.say(exchange.key, -5, [12, 13])
    database.close()
    again = Database(tmp_path / "bot.db")
    expected = replace(EXCHANGE, key=exchange.key, messages=(12, 13))
    found = Exchanges(again)
    assert found.by_key(exchange.key) == expected
    assert [found.by_message(-5, number) for number in (12, 13, 14)] == [expected, expected, None]
    assert found.by_question(-5, 10) == expected
    assert (found.by_message(-6, 12), found.by_question(-6, 10)) == (None, None)
    again.close()


def test_keys_cannot_be_guessed_from_others(exchanges: Exchanges) -> None:
    keys = {exchanges.keep(EXCHANGE).key for _ in range(200)}
    assert len(keys) == 200
    assert {len(key) for key in keys} == {16}
    assert all(exchanges.by_key(key[:-1]) is None for key in keys)


def test_an_edited_question_keeps_its_key(exchanges: Exchanges) -> None:
    exchange = exchanges.keep(EXCHANGE)
    exchanges.say(exchange.key, -5, [12, 13])
    exchanges.keep(replace(exchange, answer=None, at=1_790_000_100.0))
    exchanges.say(exchange.key, -5, [12])
    assert exchanges.by_key(exchange.key) == replace(exchange, answer=None, messages=(12,))
    assert exchanges.by_message(-5, 13) is None


def test_a_thread_is_what_each_followed(exchanges: Exchanges) -> None:
    first = exchanges.keep(EXCHANGE)
    second = exchanges.keep(replace(EXCHANGE, follows=first.key))
    other = exchanges.keep(EXCHANGE)
    third = exchanges.keep(replace(EXCHANGE, follows=second.key))
    assert exchanges.chain(third.key, 8) == [first, second, third]
    assert exchanges.chain(third.key, 2) == [second, third]
    assert exchanges.chain(other.key, 8) == [other]
    assert exchanges.chain(None, 8) == exchanges.chain("forgotten", 8) == []


def test_the_last_of_a_place(exchanges: Exchanges) -> None:
    exchanges.keep(EXCHANGE)
    last = exchanges.keep(EXCHANGE)
    exchanges.keep(replace(EXCHANGE, topic=40))
    exchanges.keep(replace(EXCHANGE, topic=None))
    exchanges.keep(replace(EXCHANGE, chat_id=-6))
    assert exchanges.last_in(-5, 0) == last
    assert exchanges.last_in(-7, 0) is None


def damage(database: Database, exchange: Exchange, answer: bytes) -> None:
    with database.writing() as connection:
        connection.execute(
            "UPDATE exchanges SET given = CAST(? AS TEXT) WHERE key = ?", (answer, exchange.key)
        )


def test_a_damaged_answer_is_said_once_and_the_exchange_is_found(
    database: Database, exchanges: Exchanges, caplog: pytest.LogCaptureFixture
) -> None:
    exchange = exchanges.keep(EXCHANGE)
    exchanges.say(exchange.key, -5, [12])
    damage(database, exchange, b'{"question": "and jam?"')
    found = replace(exchange, answer=None, messages=(12,))
    assert [exchanges.by_key(exchange.key), exchanges.by_message(-5, 12)] == [found, found]
    assert caplog.messages == [
        "the answer in exchange 1 is damaged: its buttons no longer work; if this happens more often, "
        "restore a backup of bot.db"
    ]
    assert exchanges.keep(replace(exchange, answer=ANSWER)) == exchange
    assert exchanges.by_key(exchange.key) == replace(exchange, messages=(12,))


@given(cut=st.integers(0, 400), put=st.binary(max_size=9))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_stands_there_is_read_or_said(
    database: Database, exchanges: Exchanges, cut: int, put: bytes
) -> None:
    exchange = exchanges.keep(EXCHANGE)
    row = database.one("SELECT CAST(given AS BLOB) FROM exchanges WHERE key = ?", exchange.key)
    assert row is not None
    damage(database, exchange, row[0][:cut] + put + row[0][cut + len(put) :])
    found = exchanges.by_key(exchange.key)
    assert found is not None
    assert found.answer is None or found.answer.kind == "quotes"


def test_what_is_old_is_forgotten(exchanges: Exchanges) -> None:
    old, new = exchanges.keep(EXCHANGE), exchanges.keep(replace(EXCHANGE, at=EXCHANGE.at + 1))
    exchanges.say(old.key, -5, [12])
    assert exchanges.forget_before(EXCHANGE.at + 1) == 1
    assert (exchanges.by_key(old.key), exchanges.by_message(-5, 12)) == (None, None)
    assert exchanges.by_key(new.key) == new
    exchanges.say(old.key, -5, [12])
    assert exchanges.by_message(-5, 12) is None


@pytest.mark.parametrize("is_known", [False, True])
def test_it_moves_with_its_group_where_messages_are_counted_anew(
    database: Database, exchanges: Exchanges, is_known: bool
) -> None:
    exchange = exchanges.keep(EXCHANGE)
    exchanges.say(exchange.key, -5, [12])
    state = State(database)
    if is_known:
        state.come(-1005)
    state.move(-5, -1005)
    assert exchanges.by_key(exchange.key) == replace(exchange, chat_id=-1005, question_id=0)
    assert (exchanges.by_message(-1005, 12), exchanges.by_question(-1005, 10)) == (None, None)
