"""Which question goes on with which: two discussions in one chat do not mix."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from telegram import Message

from bot.chat.conversations import GOES_ON_S, followed
from bot.store import Database, Exchange, Exchanges
from bot.telegram.messages.topics import asking_message, conversation_topic_of, topic_of
from tests.standin.people import BOT, FORUM, GROUP, in_group, in_topic, message

NOW = 1_790_000_000.0


@pytest.fixture
def exchanges(tmp_path: Path) -> Iterator[Exchanges]:
    database = Database(tmp_path / "bot.db")
    yield Exchanges(database)
    database.close()


def said(written: dict[str, Any]) -> Message:
    return Message.de_json(written, None)


def answered(
    exchanges: Exchanges, question: dict[str, Any], at: float = NOW
) -> tuple[Exchange, dict[str, Any]]:
    """The exchange that ``question`` began, and our answer."""
    asked, answer = said(question), message("an answer", chat=question["chat"], **{"from": BOT})
    exchange = exchanges.keep(
        Exchange("", asked.chat.id, asked.message_id, conversation_topic_of(asked), None, None, (), at)
    )
    exchanges.say(exchange.key, asked.chat.id, [answer["message_id"]])
    return exchange, answer


def goes_on_with(exchanges: Exchanges, written: dict[str, Any], now: float = NOW) -> str | None:
    found = followed(exchanges, asking_message(said(written)), now)
    return found.key if found else None


def test_in_private_a_question_goes_on_with_the_last_one(exchanges: Exchanges) -> None:
    answered(exchanges, message("honey?"))
    jam, _ = answered(exchanges, message("jam?"))
    assert goes_on_with(exchanges, message("why?")) == jam.key
    other = message("why?", chat={"id": 6, "type": "private", "first_name": "Ben"})
    assert goes_on_with(exchanges, other) is None


def test_after_a_while_only_a_reply_goes_on(exchanges: Exchanges) -> None:
    jam, answer = answered(exchanges, message("jam?"))
    assert goes_on_with(exchanges, message("why?"), NOW + GOES_ON_S - 1) == jam.key
    assert goes_on_with(exchanges, message("why?"), NOW + GOES_ON_S) is None
    replying = message("why?", reply_to_message=answer)
    assert goes_on_with(exchanges, replying, NOW + 20 * GOES_ON_S) == jam.key


def test_in_a_group_only_a_reply_goes_on_and_two_discussions_do_not_mix(exchanges: Exchanges) -> None:
    jam, jams = answered(exchanges, in_group("/ask jam?"))
    honey, honeys = answered(exchanges, in_group("/ask honey?"))
    assert goes_on_with(exchanges, in_group("/ask why?")) is None
    assert goes_on_with(exchanges, in_group("why?", reply_to_message=jams)) == jam.key
    assert goes_on_with(exchanges, in_group("why?", reply_to_message=honeys)) == honey.key
    elsewhere = in_group("why?", chat={**GROUP, "id": -100_789}, reply_to_message=jams)
    assert goes_on_with(exchanges, elsewhere) is None


def test_a_topic_has_a_conversation_of_its_own(exchanges: Exchanges) -> None:
    jam, _ = answered(exchanges, in_topic("/ask jam?", topic=40))
    honey, _ = answered(exchanges, in_topic("/ask honey?", topic=41))
    assert goes_on_with(exchanges, in_topic("/ask why?", topic=40)) == jam.key
    assert goes_on_with(exchanges, in_topic("/ask why?", topic=41)) == honey.key
    assert goes_on_with(exchanges, in_topic("/ask why?", topic=42)) is None
    assert goes_on_with(exchanges, message("/ask why?", chat=FORUM)) is None  # the General topic: everybody's


def test_the_topics_that_can_be_free() -> None:
    assert topic_of(said(in_topic("jam?", topic=40))) == 40
    assert topic_of(said(message("jam?", chat=FORUM))) == 0
    assert topic_of(said(in_group("jam?", message_thread_id=17))) is None
    assert topic_of(said(message("jam?"))) is None
