"""Admins, and only they, change a group's settings, with buttons."""

from __future__ import annotations

from bot.chat import texts
from tests.bot.scenarios.watching import says_soon
from tests.standin.groups import Group
from tests.standin.persons import Person
from tests.standin.said import Said

WHAT_PLANES = "What did China refuse to give Russian airlines?"


def test_ann_sets_how_many_quotes_she_gets(ann: Person) -> None:
    settings = ann.says("/settings").answer()
    assert settings["text"] == texts.settings_of("chat", has_topics=False)
    assert settings.buttons == ["1", "2", "✓ 3", "4", "5"]
    assert ann.presses(settings, "1")["text"] == texts.SAVED
    assert become(settings, ["✓ 1", "2", "3", "4", "5"])
    assert ann.says("/settings").answer().buttons == ["✓ 1", "2", "3", "4", "5"]


def test_a_member_is_told_that_only_admins_change_the_settings(
    ben: Person, ann: Person, readers: Group
) -> None:
    assert ben.says("/settings@verbatim_bot", to=readers).answer()["text"] == texts.ADMINS_ONLY
    settings = ann.says("/settings@verbatim_bot", to=readers).answer()
    pressed = ben.presses(settings, "1")
    assert (pressed["text"], pressed["show_alert"]) == (texts.ADMINS_ONLY, True)
    assert settings.now() == settings.message


def test_promoted_members_can_change_the_settings_and_demoted_ones_cannot(
    ben: Person, ann: Person, readers: Group
) -> None:
    readers.sets("bot", "administrator", by=ann)
    settings = ann.says("/settings", to=readers).answer()
    readers.sets(ben, "administrator", by=ann)
    assert ben.presses(settings, "1")["text"] == texts.SAVED
    readers.sets(ben, "member", by=ann)
    assert ben.presses(settings, data="s:q:2")["text"] == texts.ADMINS_ONLY


def test_an_anonymous_admin_can_change_the_settings(ann: Person, readers: Group) -> None:
    answer = ann.says("/settings@verbatim_bot", to=readers, anonymously=True).answer()
    assert answer["text"] == texts.settings_of("group", has_topics=False)


def test_a_forged_button_changes_nothing(ann: Person, readers: Group) -> None:
    settings = ann.says("/settings@verbatim_bot", to=readers).answer()
    for data in ("s:q:9", "s:k:2", "s:k:1:1", "s:q:1:1", "s:t:4:1", "s:q:1:1:1", "x"):
        said = ann.presses(settings, data=data)
        assert (said["text"], said["show_alert"]) == (texts.BUTTON_GONE, True)
    assert settings.now() == settings.message


def test_in_a_topic_every_message_can_be_answered(ann: Person, ben: Person, forum: Group) -> None:
    forum.sets("bot", "administrator", by=ann)
    news, chat = forum.opens_topic("News", by=ann), forum.opens_topic("Chat", by=ann)
    settings = ann.says("/settings", to=forum, topic=news).answer()
    assert texts.FREE_TOPIC in settings.buttons
    assert ann.presses(settings, texts.FREE_TOPIC)["text"] == texts.SAVED
    elsewhere = ben.says(WHAT_PLANES, to=forum, topic=chat)
    answer = ben.says(WHAT_PLANES, to=forum, topic=news).answer()
    assert "aeroplane parts" in answer["text"]
    assert answer["message_thread_id"] == news
    assert ann.presses(settings, f"✓ {texts.FREE_TOPIC}")["text"] == texts.SAVED
    again = ben.says(WHAT_PLANES, to=forum, topic=news)
    assert "aeroplane" in ben.says(f"@verbatim_bot {WHAT_PLANES}", to=forum, topic=news).answer()["text"]
    assert unanswered(elsewhere)
    assert unanswered(again)


def test_in_the_general_topic_every_message_can_be_answered(ann: Person, ben: Person, forum: Group) -> None:
    forum.sets("bot", "administrator", by=ann)
    assert ann.presses(ann.says("/settings", to=forum).answer(), texts.FREE_TOPIC)["text"] == texts.SAVED
    answer = ben.says(WHAT_PLANES, to=forum).answer()
    assert "aeroplane parts" in answer["text"]
    assert "message_thread_id" not in answer.message


def test_someone_who_wants_one_quote_gets_one(ann: Person) -> None:
    ann.presses(ann.says("/settings").answer(), "1")
    answer = ann.says("How much does the footbridge cost?").answer()
    assert answer["text"].count("\n— ") == 1
    assert answer.buttons == ["More quotes", "Context", "Open"]
    ann.presses(answer, "More quotes")
    assert says_soon(answer, "2.4 million", "3.3 million").count("\n— ") == 3


def test_each_chat_has_its_own_settings(ann: Person, ben: Person, readers: Group) -> None:
    settings = ann.says("/settings@verbatim_bot", to=readers).answer()
    ann.presses(settings, "1")
    cost = "How much does the footbridge cost?"
    assert ben.says(f"/ask@verbatim_bot {cost}", to=readers).answer()["text"].count("\n— ") == 1
    assert ben.says(cost).answer()["text"].count("\n— ") == 3


def test_an_admin_decides_who_can_add_articles(ann: Person, ben: Person, readers: Group) -> None:
    settings = ann.says("/settings@verbatim_bot", to=readers).answer()
    assert settings.buttons == ["1", "2", "✓ 3", "4", "5", texts.EVERYBODY_KEEPS]
    assert ann.presses(settings, "Everyone can add and remove articles")["text"] == "Saved."
    assert become(settings, ["1", "2", "✓ 3", "4", "5", f"✓ {texts.EVERYBODY_KEEPS}"])
    assert ben.presses(settings, f"✓ {texts.EVERYBODY_KEEPS}")["text"] == texts.ADMINS_ONLY
    assert ann.presses(settings, f"✓ {texts.EVERYBODY_KEEPS}")["text"] == "Saved."
    assert become(settings, ["1", "2", "✓ 3", "4", "5", texts.EVERYBODY_KEEPS])


def test_a_setting_can_be_chosen_twice(ann: Person, readers: Group) -> None:
    settings = ann.says("/settings@verbatim_bot", to=readers).answer()
    assert ann.presses(settings, "✓ 3")["text"] == "Saved."
    assert ann.presses(settings, "2")["text"] == "Saved."
    assert become(settings, ["1", "✓ 2", "3", "4", "5", texts.EVERYBODY_KEEPS])


def test_in_a_forum_the_settings_say_what_answering_every_message_takes(ann: Person, forum: Group) -> None:
    settings = ann.says("/settings@verbatim_bot", to=forum).answer()
    assert settings["text"] == (
        "Group settings.\n\nTo answer every message in a topic, I need to see them all: make me an admin, or "
        "turn off privacy mode in @BotFather and add me again.\n\nMaximum quotes per answer:"
    )


def become(said: Said, buttons: list[str]) -> bool:
    """Wait until these stand on the buttons under a message; the bot changes them after it has answered."""

    def changed() -> bool:
        now = said.now()
        return now is not None and Said(said.telegram, said.chat, now).buttons == buttons

    return said.telegram.wait_for(changed)


def unanswered(said: Said) -> bool:
    """Whether the bot has not replied to it so far."""
    sent = said.telegram.sent(said.chat.id)
    return all(message.get("reply_to_message", {}).get("message_id") != said.id for message in sent)
