"""In a group the bot speaks only when it is addressed, and only to the person who asks."""

from __future__ import annotations

import pytest

from tests.bot.scenarios.osterwick import (
    BOOKS,
    HOW_MANY_BOOKS,
    IN_1987,
    ODA_LIND,
    OLD_MILL,
    WHEN_FOUNDED,
    WHERE_TO,
    WHO_WON,
)
from tests.bot.scenarios.watching import gives_up, is_all_that_was_said
from tests.standin.groups import Group
from tests.standin.methods import Call
from tests.standin.persons import Person
from tests.standin.process import BotProcess
from tests.standin.said import Said
from tests.standin.telegram import Telegram

HOW_TO_ASK = (
    "To ask me something, write /ask and your question, mention @verbatim_bot, or reply "
    "to one of my messages."
)


def is_sent_as(said: Said, call: Call) -> bool:
    """Whether the call sent this message, which may have been changed since."""
    if call.method != "sendMessage":
        return False
    return bool((call.result["chat"]["id"], call.result["message_id"]) == (said.chat.id, said.id))


@pytest.fixture
def seen(ann: Person, readers: Group) -> Group:
    """The group, with the bot as an admin: so it sees everything that is said there."""
    readers.sets("bot", "administrator", by=ann)
    return readers


def test_talk_among_people_is_left_alone(ann: Person, ben: Person, seen: Group) -> None:
    ann.says("Has anybody been to the festival?", to=seen)
    ben.says(WHO_WON, to=seen)
    answer = ann.says(f"/ask {WHO_WON}", to=seen).answer()
    assert answer["text"] == ODA_LIND
    assert is_all_that_was_said(answer)


def test_a_mention_asks_wherever_it_stands(ann: Person, ben: Person, readers: Group) -> None:
    assert ann.says(f"@verbatim_bot, {WHO_WON}", to=readers).answer()["text"] == ODA_LIND
    answer = ben.says("Where does the library move, @Verbatim_Bot?", to=readers).answer()
    assert answer["text"] == OLD_MILL


def test_the_command_asks_with_the_name_of_the_bot_and_in_capitals(
    ann: Person, ben: Person, readers: Group
) -> None:
    assert ann.says(f"/ask@verbatim_bot {WHEN_FOUNDED}", to=readers).answer()["text"] == IN_1987
    assert ben.says(f"/ASK@Verbatim_Bot {HOW_MANY_BOOKS}", to=readers).answer()["text"] == BOOKS


def test_the_command_of_another_bot_is_left_alone(ann: Person, ben: Person, seen: Group) -> None:
    ann.says(f"/ask@other_bot {WHO_WON}", to=seen)
    ben.says("/weather", to=seen)
    answer = ann.says(f"/ask {WHO_WON}", to=seen).answer()
    assert is_all_that_was_said(answer)


def test_a_longer_name_or_a_name_in_code_is_no_mention(ann: Person, ben: Person, seen: Group) -> None:
    ann.says(f"@verbatim_bot_2 {WHO_WON}", to=seen)
    code = {"type": "code", "offset": 0, "length": len("@verbatim_bot")}
    ben.says(f"@verbatim_bot {WHO_WON}", to=seen, entities=[code])
    answer = ann.says(f"@verbatim_bot {WHO_WON}", to=seen).answer()
    assert is_all_that_was_said(answer)


def test_other_bots_are_not_answered(telegram: Telegram, ann: Person, seen: Group) -> None:
    robot = telegram.person("Robot", is_bot=True, username="robot_bot")
    robot.says(f"/ask@verbatim_bot {WHO_WON}", to=seen)
    ann.says(f"@verbatim_bot {WHO_WON}", to=seen, via_bot=robot.user)
    answer = ann.says(f"/ask {WHERE_TO}", to=seen).answer()
    assert is_all_that_was_said(answer)


def test_posts_of_the_channel_of_the_group_are_not_answered(
    telegram: Telegram, ann: Person, seen: Group
) -> None:
    paper = telegram.channel("The Paper", ann)
    paper.posts(f"Ask @verbatim_bot: {WHO_WON}", discussed_in=seen)
    answer = ann.says(f"/ask {WHERE_TO}", to=seen).answer()
    assert is_all_that_was_said(answer)


def test_a_member_who_writes_in_the_name_of_a_channel_is_answered(
    telegram: Telegram, ann: Person, seen: Group
) -> None:
    paper = telegram.channel("The Paper", ann)
    answer = ann.says(f"@verbatim_bot {WHO_WON}", to=seen, as_channel=paper).answer()
    assert answer["text"] == ODA_LIND


def test_a_remark_in_reply_to_an_answer_is_left_alone(ann: Person, ben: Person, readers: Group) -> None:
    answer = ann.says(f"@verbatim_bot {WHO_WON}", to=readers).answer()
    ben.says("haha 😂", reply_to=answer)
    last = ben.says(f"@verbatim_bot {WHERE_TO}", to=readers).answer()
    assert last["text"] == OLD_MILL
    assert is_all_that_was_said(answer, last)


def test_an_anonymous_admin_is_answered(ann: Person, readers: Group) -> None:
    asked = ann.says(f"/ask@verbatim_bot {WHO_WON}", to=readers, anonymously=True)
    assert asked.answer()["text"] == ODA_LIND


def test_the_answer_comes_silently_as_a_reply_in_one_message(
    telegram: Telegram, ann: Person, ben: Person, readers: Group
) -> None:
    first = ann.says(f"/ask@verbatim_bot {WHO_WON}", to=readers)
    second = ben.says(f"/ask@verbatim_bot {WHERE_TO} {WHEN_FOUNDED}", to=readers)
    assert first.answer()["text"] == ODA_LIND
    assert second.answer()["text"] == f"{OLD_MILL}\n\n{IN_1987}"
    messages = [call.values for call in telegram.calls if call.method == "sendMessage"]
    said = [values for values in messages if values["chat_id"] == readers.id]
    assert [values["disable_notification"] for values in said] == [True, True]
    alone = ann.says(f"{WHO_WON}").answer()
    (last,) = [call.values for call in telegram.calls if is_sent_as(alone, call)]
    assert not last.get("disable_notification")


def test_a_bare_mention_says_how_to_ask(ann: Person, ben: Person, readers: Group) -> None:
    assert ann.says("@verbatim_bot", to=readers).answer()["text"] == HOW_TO_ASK
    assert ben.says("Hello @verbatim_bot!", to=readers).answer()["text"] == f"Hello! {HOW_TO_ASK}"


def test_thanks_are_not_answered_in_a_group(ann: Person, readers: Group) -> None:
    answer = ann.says(f"/ask@verbatim_bot {WHO_WON}", to=readers).answer()
    ann.says("Thank you!", reply_to=answer)
    ann.says("thanks @verbatim_bot", to=readers)
    last = ann.says(f"/ask@verbatim_bot {WHERE_TO}", to=readers).answer()
    assert is_all_that_was_said(answer, last)


def test_a_bare_mention_in_reply_asks_what_somebody_said(ann: Person, ben: Person, readers: Group) -> None:
    said = ann.says(WHO_WON, to=readers)
    answer = ben.says("@verbatim_bot", reply_to=said).answer()
    assert answer["text"] == ODA_LIND


def test_a_selected_part_is_what_a_bare_command_asks(ann: Person, ben: Person, readers: Group) -> None:
    said = ann.says(f"I have two questions. {WHO_WON} And will it rain tomorrow?", to=readers)
    answer = ben.says("/ask@verbatim_bot", reply_to=said, quote=WHO_WON).answer()
    assert answer["text"] == ODA_LIND


def test_a_question_may_be_about_what_somebody_said(ann: Person, ben: Person, readers: Group) -> None:
    said = ann.says("They really built that footbridge.", to=readers)
    answer = ben.says("/ask@verbatim_bot How much did it cost in the end?", reply_to=said).answer()
    understood, _, quotes = answer["text"].partition("\n\n")
    assert understood == "How much did the footbridge cost in the end?"
    assert quotes.startswith("In the end the footbridge cost 3.3 million crowns")


def test_an_answer_in_a_chain_of_replies_names_no_topic(
    telegram: Telegram, ann: Person, ben: Person, readers: Group
) -> None:
    said = ann.says("I do not know.", reply_to=ben.says("Who won?", to=readers))
    answer = ben.says(f"@verbatim_bot {WHO_WON}", reply_to=said).answer()
    assert answer["text"] == ODA_LIND
    (call,) = [call for call in telegram.calls if is_sent_as(answer, call)]
    assert "message_thread_id" not in call.values


def test_a_question_in_a_topic_is_answered_there(ann: Person, ben: Person, forum: Group) -> None:
    news = forum.opens_topic("News", by=ann)
    answer = ann.says(f"/ask@verbatim_bot {WHO_WON}", to=forum, topic=news).answer()
    assert (answer["text"], answer["message_thread_id"]) == (ODA_LIND, news)
    answer = ben.says(f"/ask@verbatim_bot {WHERE_TO}", to=forum).answer()
    assert answer["text"] == OLD_MILL
    assert "message_thread_id" not in answer.message


def test_a_topic_is_no_reply_to_the_bot_that_is_in_it(ann: Person, ben: Person, forum: Group) -> None:
    forum.sets("bot", "administrator", by=ann)
    news = forum.opens_topic("News", by=ann)
    ben.says(WHERE_TO, to=forum, topic=news)
    answer = ann.says(f"/ask {WHO_WON}", to=forum, topic=news).answer()
    assert is_all_that_was_said(answer)


def test_in_a_closed_topic_only_an_admin_may_answer(
    bot: BotProcess, ann: Person, ben: Person, forum: Group
) -> None:
    news = forum.opens_topic("News", by=ann)
    forum.closes_topic(news, by=ann)
    gives_up(bot, lambda: ann.says(f"/ask@verbatim_bot {WHERE_TO}", to=forum, topic=news))
    elsewhere = ben.says(f"/ask@verbatim_bot {WHO_WON}", to=forum).answer()
    assert is_all_that_was_said(elsewhere)
    forum.sets("bot", "administrator", by=ann)
    assert ann.says(f"/ask {WHERE_TO}", to=forum, topic=news).answer()["text"] == OLD_MILL
