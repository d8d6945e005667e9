"""Which question goes on with which: two discussions in one chat do not mix."""

from __future__ import annotations

from typing import Any

from telegram import Message

from bot.conversations import MOST_KEPT, Conversations
from retrieval.conversation import EMPTY, Conversation, Turn
from tests.standin.people import BOT, FORUM, GROUP, in_group, in_topic, message


def said(written: dict[str, Any]) -> Message:
    return Message.de_json(written, None)


def about(subject: str) -> Conversation:
    return Conversation((Turn(subject, (), ()),))


def answered(kept: Conversations, question: dict[str, Any], conversation: Conversation) -> dict[str, Any]:
    """Our answer to ``question``, with which ``conversation`` ends."""
    answer = message("an answer", chat=question["chat"], **{"from": BOT})
    kept.keep(said(question), [said(answer)], conversation)
    return answer


def test_in_private_a_question_goes_on_with_the_last_one() -> None:
    kept = Conversations()
    answered(kept, message("jam?"), about("jam"))
    assert kept.before(said(message("why?"))) == about("jam")
    other = message("why?", chat={"id": 6, "type": "private", "first_name": "Ben"})
    assert kept.before(said(other)) == EMPTY


def test_in_a_group_only_a_reply_goes_on_and_two_discussions_do_not_mix() -> None:
    kept = Conversations()
    jam = answered(kept, in_group("/ask jam?"), about("jam"))
    honey = answered(kept, in_group("/ask honey?"), about("honey"))
    assert kept.before(said(in_group("/ask why?"))) == EMPTY
    assert kept.before(said(in_group("why?", reply_to_message=jam))) == about("jam")
    assert kept.before(said(in_group("why?", reply_to_message=honey))) == about("honey")
    elsewhere = in_group("why?", chat={**GROUP, "id": -100_789}, reply_to_message=jam)
    assert kept.before(said(elsewhere)) == EMPTY


def test_a_topic_has_a_conversation_of_its_own() -> None:
    kept = Conversations()
    answered(kept, in_topic("/ask jam?", topic=40), about("jam"))
    answered(kept, in_topic("/ask honey?", topic=41), about("honey"))
    assert kept.before(said(in_topic("/ask why?", topic=40))) == about("jam")
    assert kept.before(said(in_topic("/ask why?", topic=41))) == about("honey")
    assert kept.before(said(in_topic("/ask why?", topic=42))) == EMPTY
    assert kept.before(said(message("/ask why?", chat=FORUM))) == EMPTY  # the General topic: everybody's


def test_what_was_used_least_recently_is_forgotten() -> None:
    kept = Conversations()
    first = answered(kept, in_group("/ask jam?"), about("jam"))
    second = answered(kept, in_group("/ask honey?"), about("honey"))
    for number in range(MOST_KEPT - 1):
        kept.before(said(in_group("why?", reply_to_message=first)))
        answered(kept, in_group(f"/ask {number}?"), about(str(number)))
    assert kept.before(said(in_group("why?", reply_to_message=first))) == about("jam")
    assert kept.before(said(in_group("why?", reply_to_message=second))) == EMPTY
