"""The bot is added and removed, and groups become supergroups: no settings are lost."""

from __future__ import annotations

from bot.chat import texts
from tests.bot.scenarios.test_settings import become
from tests.standin.groups import Group
from tests.standin.persons import Person
from tests.standin.telegram import Telegram

WHAT_PLANES = "What did China refuse to give Russian airlines?"


def test_a_group_is_greeted_once_when_the_bot_comes(telegram: Telegram, ann: Person, ben: Person) -> None:
    group = telegram.group("New", ann, ben, bot="left")
    group.sets("bot", "member", by=ann)
    greeting = texts.greeting_of_group("verbatim_bot")
    telegram.wait_for(lambda: [message["text"] for message in telegram.sent(group.id)] == [greeting])
    group.sets("bot", "administrator", by=ann)
    assert "aeroplane" in ben.says(f"/ask {WHAT_PLANES}", to=group).answer()["text"]
    assert [message["text"] for message in telegram.sent(group.id)].count(greeting) == 1


def test_settings_move_along_when_a_group_becomes_a_supergroup(telegram: Telegram, ann: Person) -> None:
    for new_first in (False, True):
        group = telegram.group("Small", ann, type="group")
        settings = ann.says("/settings@verbatim_bot", to=group).answer()
        assert ann.presses(settings, "2")["text"] == texts.SAVED
        assert become(settings, ["1", "✓ 2", "3", "4", "5", texts.EVERYBODY_KEEPS])
        bigger = group.upgrades(by=ann, new_first=new_first)
        again = ann.says("/settings@verbatim_bot", to=bigger).answer()
        assert again.buttons == ["1", "✓ 2", "3", "4", "5", texts.EVERYBODY_KEEPS]


def test_a_blocked_bot_and_a_closed_topic_stop_nothing(ann: Person, ben: Person, forum: Group) -> None:
    ben.says(WHAT_PLANES)
    ben.blocks_the_bot()
    news = forum.opens_topic("News", by=ann)
    ann.says(f"/ask@verbatim_bot {WHAT_PLANES}", to=forum, topic=news)
    forum.closes_topic(news, by=ann)
    assert "aeroplane" in ann.says(WHAT_PLANES).answer()["text"]
    ben.blocks_the_bot(again=True)
    assert "aeroplane" in ben.says(WHAT_PLANES).answer()["text"]


def test_a_deleted_question_is_answered_all_the_same(telegram: Telegram, ann: Person) -> None:
    ann.deletes(ann.says(WHAT_PLANES))
    answer = telegram.wait_for(lambda: telegram.sent(ann.id))[0]
    assert "aeroplane" in answer["text"]
    assert "reply_to_message" not in answer


def test_a_reply_to_an_answer_goes_on_from_it(ann: Person, ben: Person, readers: Group) -> None:
    first = ann.says("/ask@verbatim_bot What did Blinken say about China?", to=readers).answer()
    ben.says("/ask@verbatim_bot Who won the 2018 World Cup?", to=readers).answer()
    answer = ben.says("and Russia?", reply_to=first).answer()
    assert answer["text"].startswith("What did Blinken say about Russia?\n\n")


def test_a_bare_ask_in_reply_asks_what_it_replies_to(ann: Person, ben: Person, readers: Group) -> None:
    said = ann.says(WHAT_PLANES, to=readers)
    assert "aeroplane parts" in ben.says("/ask@verbatim_bot", reply_to=said).answer()["text"]


def test_a_group_is_greeted_again_when_the_bot_comes_back_and_is_set_as_before(
    telegram: Telegram, ann: Person, readers: Group
) -> None:
    assert ann.presses(ann.says("/settings@verbatim_bot", to=readers).answer(), "2")["text"] == "Saved."
    readers.sets("bot", "kicked", by=ann)
    readers.sets("bot", "member", by=ann)
    greeting = texts.greeting_of_group("verbatim_bot")
    telegram.wait_for(lambda: [message["text"] for message in telegram.sent(readers.id)][1:] == [greeting])
    settings = ann.says("/settings@verbatim_bot", to=readers).answer()
    assert settings.buttons == ["1", "✓ 2", "3", "4", "5", texts.EVERYBODY_KEEPS]


def test_a_bot_that_is_not_allowed_to_write_stays_silent(
    telegram: Telegram, ann: Person, ben: Person
) -> None:
    quiet = telegram.group("Quiet", ann, ben, bot="left", is_read_only=True)
    quiet.sets("bot", "member", by=ann)
    ben.says("/ask@verbatim_bot Who won the prize for the best honey?", to=quiet)
    assert "aeroplane" in ann.says(WHAT_PLANES).answer()["text"]
    quiet.sets("bot", "administrator", by=ann)
    answer = ben.says("/ask@verbatim_bot Who won the prize for the best honey?", to=quiet).answer()
    assert "Oda Lind" in answer["text"]
    greeting = texts.greeting_of_group("verbatim_bot")
    assert greeting not in [message["text"] for message in telegram.sent(quiet.id)]


def test_someone_who_lets_the_bot_back_in_continues_where_they_were(ann: Person) -> None:
    assert "old mill" in ann.says("Where does the library move?").answer()["text"]
    ann.blocks_the_bot()
    ann.blocks_the_bot(again=True)
    answer = ann.says("How many books will it have room for?").answer()
    assert answer["text"].startswith("How many books will the library have room for?\n\n")
