"""Who is meant by a message, and what it asks."""

from typing import Any

import pytest
from telegram import Message, User

from bot.telegram.handlers import COMMANDS
from bot.telegram.messages.addressing import IGNORED, Addressed, address
from tests.standin.people import ANN, BEN, BOT, FORUM, in_group, in_topic, message, of_ours

ME = User(7, "Verbatim", is_bot=True, username="verbatim_bot")
ANONYMOUS_ADMIN = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}


def addressed(written: dict[str, Any]) -> object:
    return address(Message.de_json(written, None), ME, COMMANDS)


def mention(offset: int, length: int, kind: str = "text_mention", user: dict[str, Any] = BOT) -> Any:
    return [{"type": kind, "offset": offset, "length": length, "user": user}]


def test_any_text_in_a_private_chat_is_a_question() -> None:
    assert addressed(message("Who is Biden calling?")) == Addressed("ask", "Who is Biden calling?")


@pytest.mark.parametrize("text", ["/ask who likes jam?", "@verbatim_bot, who likes jam?"])
def test_a_question_in_private_may_come_as_it_does_in_a_group(text: str) -> None:
    assert addressed(message(text)) == Addressed("ask", "who likes jam?")


def test_a_private_question_in_reply_to_an_answer_has_only_that_in_mind() -> None:
    private = message()["chat"]
    asked = message("and who eats it?", reply_to_message=of_ours(chat=private))
    assert addressed(asked) == Addressed("ask", "and who eats it?")


def test_words_among_others_in_a_group_are_left_alone() -> None:
    assert addressed(in_group("Who is Biden going to call?")) is IGNORED


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("/ask who likes jam?", "who likes jam?"),
        ("/ask@verbatim_bot who likes jam?", "who likes jam?"),
        ("/ASK@Verbatim_Bot who likes jam?", "who likes jam?"),
        ("/ask\nwho likes jam?", "who likes jam?"),
        ("/ask", ""),
        ("@verbatim_bot who likes jam?", "who likes jam?"),
        ("@Verbatim_BOT, who likes jam?", "who likes jam?"),
        ("@verbatim_bot: who likes jam?", "who likes jam?"),
        ("🦔 who likes jam, @verbatim_bot?", "🦔 who likes jam?"),
        ("who likes @verbatim_bot jam?", "who likes jam?"),
        ("who likes jam @verbatim_bot", "who likes jam"),
        ("@verbatim_bot @verbatim_bot jam?", "jam?"),
        ("who is X, @verbatim_bot?", "who is X?"),
        ("@verbatim_bot", ""),
    ],
)
def test_a_question_in_a_group(text: str, question: str) -> None:
    assert addressed(in_group(text)) == Addressed("ask", question)


@pytest.mark.parametrize(
    "text",
    [
        "/ask@other_bot who likes jam?",
        "/askme who likes jam?",
        "who likes jam? /ask",
        "/weather",
        "/weather@verbatim_bot",
        "@verbatim_bot_2 who likes jam?",
        "@my_verbatim_bot who likes jam?",
        "mail me at someone@verbatim_bot.org",
    ],
)
def test_what_is_for_others_in_a_group(text: str) -> None:
    assert addressed(in_group(text)) is IGNORED


def test_a_name_in_code_is_not_a_mention() -> None:
    code = [{"type": "code", "offset": 0, "length": 13}]
    assert addressed(in_group("@verbatim_bot who?", entities=code)) is IGNORED


def test_a_command_in_code_is_no_command() -> None:
    code = [{"type": "code", "offset": 0, "length": 4}]
    assert addressed(in_group("/ask who likes jam?", entities=code)) is IGNORED


@pytest.mark.parametrize("call", ["summary", "add"])
def test_what_a_command_is_about_stands_behind_it(call: Any) -> None:
    assert addressed(in_group(f"/{call} Jam in the woods")) == Addressed(call, "Jam in the woods")


def test_a_mention_without_a_username() -> None:
    text = "🦔 Verbatim, who likes jam?"
    assert addressed(in_group(text, entities=mention(3, 8))) == Addressed("ask", "🦔, who likes jam?")
    assert addressed(in_group(text, entities=mention(3, 8, user=ANN))) is IGNORED


def test_a_reply_to_one_of_our_messages_is_a_question() -> None:
    assert addressed(in_group("and who eats it?", reply_to_message=of_ours())) == Addressed(
        "ask", "and who eats it?"
    )


def test_a_reply_to_somebody_else_is_not() -> None:
    assert addressed(in_group("and who eats it?", reply_to_message=in_group("I know"))) is IGNORED


def test_a_command_of_another_bot_is_not_ours_even_in_reply_to_us() -> None:
    assert addressed(in_group("/ask@other_bot who?", reply_to_message=of_ours())) is IGNORED


def test_a_message_in_a_topic_that_we_opened_is_not_a_reply_to_us() -> None:
    assert addressed(in_topic("who likes jam?")) is IGNORED
    replied = in_topic("who likes jam?", reply_to_message=of_ours(chat=FORUM))
    assert addressed(replied) == Addressed("ask", "who likes jam?")


def test_an_admin_behind_the_name_of_the_group_is_a_person() -> None:
    assert addressed(in_group("/ask jam?", **{"from": ANONYMOUS_ADMIN})) == Addressed("ask", "jam?")


@pytest.mark.parametrize(
    "fields",
    [
        {"from": {"id": 8, "is_bot": True, "first_name": "Other"}},
        {"from": None},
        {"via_bot": {"id": 8, "is_bot": True, "first_name": "Other"}},
        {"is_automatic_forward": True, "from": {"id": 777000, "is_bot": False, "first_name": "Telegram"}},
        {"guest_query_id": "g1"},
        {"chat": {"id": -1009, "type": "channel", "title": "News"}},
    ],
)
def test_who_is_never_answered(fields: dict[str, Any]) -> None:
    written = {key: value for key, value in in_group("/ask jam?", **fields).items() if value is not None}
    assert addressed(written) is IGNORED


@pytest.mark.parametrize(
    ("text", "purpose"),
    [
        ("/start", "start"),
        ("/start a_12", "start"),
        ("/help", "help"),
        ("/Articles", "articles"),
        ("/settings", "settings"),
    ],
)
def test_commands(text: str, purpose: Any) -> None:
    assert addressed(message(text)) == Addressed(purpose)
    assert addressed(in_group(text)) == Addressed(purpose)


def test_an_unknown_command_is_spoken_about_in_private_only() -> None:
    assert addressed(message("/weather")) == Addressed("unknown")
    assert addressed(message("/weather@other_bot")) is IGNORED


PHOTO = {"photo": [{"file_id": "p", "file_unique_id": "p", "width": 1, "height": 1}]}


@pytest.mark.parametrize(
    "fields",
    [
        PHOTO,
        {"voice": {"file_id": "v", "file_unique_id": "v", "duration": 1}},
    ],
)
def test_what_has_no_text_is_spoken_about_in_private_only(fields: dict[str, Any]) -> None:
    assert addressed(message(**fields)) == Addressed("media")
    assert addressed(in_group(**fields)) is IGNORED
    assert addressed(in_group(**fields, reply_to_message=of_ours())) is IGNORED


def test_what_stands_under_a_picture_is_heard_in_groups() -> None:
    asking: dict[str, Any] = {**PHOTO, "caption": "who likes jam?"}
    assert addressed(message(**asking)) == Addressed("media")
    assert addressed(in_group(**asking)) is IGNORED
    assert addressed(in_group(**asking, reply_to_message=of_ours())) == Addressed("ask", "who likes jam?")


def test_what_telegram_says_itself_is_no_message() -> None:
    assert addressed(message(pinned_message=message("look"))) is IGNORED
    assert addressed(in_group(new_chat_members=[BOT])) is IGNORED


def test_without_a_username_nothing_mentions_us() -> None:
    nameless = User(7, "Verbatim", is_bot=True)
    assert address(Message.de_json(in_group("@verbatim_bot jam?"), None), nameless, COMMANDS) is IGNORED


def of_ben(text: str = "Bears like jam.", **fields: Any) -> dict[str, Any]:
    return in_group(text, **{"from": BEN}, **fields)


@pytest.mark.parametrize("call", ["/ask", "/ask@verbatim_bot", "@verbatim_bot"])
def test_a_bare_call_in_reply_asks_what_it_replies_to(call: str) -> None:
    assert addressed(in_group(call, reply_to_message=of_ben())) == Addressed("ask", "Bears like jam.")
    selected = {"quote": {"text": "jam", "position": 11, "is_manual": True}}
    assert addressed(in_group(call, reply_to_message=of_ben(), **selected)) == Addressed("ask", "jam")
    photo = {**in_group(), **PHOTO, "caption": "Jam jars"}
    assert addressed(in_group(call, reply_to_message=photo)) == Addressed("ask", "Jam jars")
    assert addressed(in_group(call, reply_to_message=of_ours())) == Addressed("ask", "")
    assert addressed(in_group(call, reply_to_message={**in_group(), **PHOTO})) == Addressed("ask", "")


def test_a_question_in_reply_is_asked_with_what_it_replies_to_in_mind() -> None:
    asked = in_group("/ask who says so?", reply_to_message=of_ben())
    assert addressed(asked) == Addressed("ask", "who says so?", "Bears like jam.")
    selected = {"quote": {"text": "an answer", "position": 2, "is_manual": True}}
    asked = in_group("who says so?", reply_to_message=of_ours(), **selected)
    assert addressed(asked) == Addressed("ask", "who says so?", "an answer")
    assert addressed(in_group("who says so?", reply_to_message=of_ours())) == Addressed("ask", "who says so?")


def test_a_topic_is_no_message_that_somebody_replies_to() -> None:
    assert addressed(in_topic("/ask who?")) == Addressed("ask", "who?")
    assert addressed(in_topic("/ask")) == Addressed("ask", "")


def test_where_an_admin_says_so_everything_is_a_question() -> None:
    free = Message.de_json(in_topic("who likes jam?"), None)
    assert address(free, ME, COMMANDS, is_free=True) == Addressed("ask", "who likes jam?")
    assert address(free, ME, COMMANDS) is IGNORED
    other = Message.de_json(in_topic("/ask@other_bot who?"), None)
    assert address(other, ME, COMMANDS, is_free=True) is IGNORED


@pytest.mark.parametrize(
    ("written", "purpose"),
    [
        (message(document={"file_id": "d", "file_unique_id": "d"}), "add"),
        (message("https://forest.example/jam"), "add"),
        (message("/add"), "add"),
        (message("What does https://forest.example/jam say?"), "offer"),
        (in_group("/add@verbatim_bot"), "add"),
    ],
)
def test_what_can_become_an_article_is_added(written: dict[str, Any], purpose: str) -> None:
    found = addressed(written)
    assert isinstance(found, Addressed)
    assert found.purpose == purpose


def test_in_a_group_nothing_is_added_unless_that_is_said() -> None:
    assert addressed(in_group(document={"file_id": "d", "file_unique_id": "d"})) == IGNORED
    assert addressed(in_group("https://forest.example/jam")) == IGNORED
