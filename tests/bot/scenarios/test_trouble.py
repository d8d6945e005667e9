"""When Telegram has trouble, or someone blocks the bot, everyone else still gets their answers."""

from __future__ import annotations

from tests.bot.scenarios.osterwick import COST, ODA_LIND, OLD_MILL, WHAT_COST, WHERE_TO, WHO_WON
from tests.bot.scenarios.watching import gives_up, is_all_that_was_said, says_soon
from tests.standin.groups import Group
from tests.standin.methods import Dropped
from tests.standin.persons import Person
from tests.standin.process import BotProcess
from tests.standin.refusals import Refusal, bad, too_many
from tests.standin.said import says_how_far_it_is
from tests.standin.telegram import Telegram


def test_when_telegram_says_wait_the_answer_comes_after_that(telegram: Telegram, ann: Person) -> None:
    telegram.fail("sendMessage", too_many(1))
    answer = ann.says(WHO_WON).answer()
    assert answer["text"] == ODA_LIND
    assert is_all_that_was_said(answer)


def test_when_telegram_fails_the_answer_is_sent_again(telegram: Telegram, ann: Person) -> None:
    telegram.fail("sendMessage", Refusal(502, "Bad Gateway"))
    answer = ann.says(WHO_WON).answer()
    assert answer["text"] == ODA_LIND
    assert is_all_that_was_said(answer)


def test_when_the_connection_breaks_the_answer_is_sent_again(telegram: Telegram, ann: Person) -> None:
    telegram.fail("sendMessage", Dropped())
    answer = ann.says(WHO_WON).answer()
    assert answer["text"] == ODA_LIND
    assert is_all_that_was_said(answer)


def test_an_edit_that_fails_is_tried_again(telegram: Telegram, ann: Person) -> None:
    asked = ann.says(WHO_WON)
    answer = asked.answer()
    telegram.fail("editMessageText", Refusal(500, "Internal Server Error"))
    ann.edits(asked, WHERE_TO)
    assert says_soon(answer, "old mill") == OLD_MILL
    assert is_all_that_was_said(answer)


def test_an_answer_comes_though_typing_cannot_be_shown(telegram: Telegram, ann: Person) -> None:
    telegram.fail("sendChatAction", Refusal(500, "Internal Server Error"))
    assert ann.says(WHO_WON).answer()["text"] == ODA_LIND


def test_a_message_that_telegram_refuses_is_dropped_and_the_next_is_answered(
    telegram: Telegram, ann: Person
) -> None:
    telegram.fail("sendMessage", bad("have no rights to send a message"))
    ann.says(WHO_WON)
    answer = ann.says(WHERE_TO).answer()
    assert answer["text"] == OLD_MILL
    assert is_all_that_was_said(answer)


def test_someone_who_blocks_the_bot_gets_no_answer_and_holds_nobody_up(ann: Person, ben: Person) -> None:
    ben.says(WHO_WON)
    ben.blocks_the_bot()
    assert ann.says(WHERE_TO).answer()["text"] == OLD_MILL
    ben.blocks_the_bot(again=True)
    assert ben.says(WHERE_TO).answer()["text"] == OLD_MILL


def test_a_group_that_throws_the_bot_out_gets_no_answer(ann: Person, ben: Person, readers: Group) -> None:
    ben.says(f"/ask@verbatim_bot {WHO_WON}", to=readers)
    readers.sets("bot", "kicked", by=ann)
    assert ben.says(WHERE_TO).answer()["text"] == OLD_MILL


def test_a_bot_that_is_restricted_answers_again_once_it_may(
    bot: BotProcess, ann: Person, ben: Person, readers: Group
) -> None:
    readers.sets("bot", "restricted", by=ann)
    gives_up(bot, lambda: ben.says(f"/ask@verbatim_bot {WHO_WON}", to=readers))
    ben.says(WHERE_TO).answer()
    readers.sets("bot", "member", by=ann)
    answer = ben.says(f"/ask@verbatim_bot {WHO_WON}", to=readers).answer()
    assert answer["text"] == ODA_LIND


def test_a_deleted_question_is_answered_without_a_reply(
    telegram: Telegram, ann: Person, readers: Group
) -> None:
    ann.deletes(ann.says(f"/ask@verbatim_bot {WHO_WON}", to=readers))
    (answer,) = telegram.wait_for(
        lambda: [message for message in telegram.sent(readers.id) if not says_how_far_it_is(message["text"])]
    )
    assert answer["text"] == ODA_LIND
    assert "reply_to_message" not in answer


def test_many_chats_that_ask_at_once_are_all_answered(telegram: Telegram, ann: Person) -> None:
    people = [telegram.person(name) for name in ("Cem", "Dora", "Emil", "Finn", "Gina", "Hugo")]
    asked = [person.says(WHO_WON) for person in (ann, *people)]
    assert [question.answer()["text"] for question in asked] == [ODA_LIND] * 7


def test_several_questions_of_one_chat_are_answered_in_their_order(telegram: Telegram, ann: Person) -> None:
    for question in (WHO_WON, WHERE_TO, WHAT_COST):
        ann.says(question)
    telegram.wait_for(lambda: len(telegram.sent(ann.id)) == 3)
    assert [message["text"] for message in telegram.sent(ann.id)] == [ODA_LIND, OLD_MILL, COST]
