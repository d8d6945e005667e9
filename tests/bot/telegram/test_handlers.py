"""From an update to the calls it leads to, inside this process; every call goes through the gate."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
from telegram import Message

from bot.chat import answer_texts, texts
from bot.telegram import application, progress_message
from bot.telegram.handlers import COMMANDS
from bot.telegram.messages.addressing import Addressed
from bot.telegram.messages.commands import Command
from bot.telegram.messages.render import render_text
from bot.telegram.messages.replies import reply_to
from bot.telegram.services import Services
from tests.bot.fakes import article
from tests.bot.telegram.conftest import JAM, Telegram
from tests.bot.wording import NOTHING, greeting
from tests.patience import PATIENT_S
from tests.standin.people import FORUM, in_group, in_topic, message, of_ours


async def test_a_question_is_answered_by_a_quote_in_reply(telegram: Telegram) -> None:
    asked = message("Who likes jam?")
    (sent,) = await telegram.bring(asked)
    (kept,) = telegram.database.all("SELECT key FROM exchanges")
    assert sent == (
        {
            "chat_id": 5,
            "text": JAM,
            "entities": [{"type": "blockquote", "offset": 0, "length": 15}],
            "reply_parameters": {"message_id": asked["message_id"], "allow_sending_without_reply": True},
            "link_preview_options": {"is_disabled": True},
            "disable_notification": False,
            "reply_markup": {"inline_keyboard": [[{"text": "Context", "callback_data": f"a:{kept[0]}:c"}]]},
        }
    )


async def test_a_question_goes_on_with_the_answer_it_replies_to(telegram: Telegram) -> None:
    await telegram.bring(in_group("/ask who likes jam?"))
    first = 1001  # the first message that the stand-in takes
    await telegram.bring(in_group("why jam?", reply_to_message={**of_ours(), "message_id": first}))
    await telegram.bring(in_group("/ask who reads newspapers?"))
    behind = [
        [turn.question for turn in conversation.turns] for conversation in telegram.answerer.conversations
    ]
    assert behind == [[], ["who likes jam?"], []]


async def test_who_asks_too_much_is_told_once_and_others_are_answered(tmp_path: Path) -> None:
    telegram = Telegram(tmp_path, article(), person_at_once=2, person_a_minute=6)
    async with telegram.bot:
        said = [await telegram.texts(message("Who likes jam?")) for _ in range(5)]
        other = {"id": 6, "is_bot": False, "first_name": "Ben"}
        chat = {"id": 6, "type": "private", "first_name": "Ben"}
        assert await telegram.texts(message("Who likes jam?", chat=chat, **{"from": other})) == [JAM]
        assert await telegram.texts(message("hello")) == [greeting(None)]
    assert said[:2] == [[JAM], [JAM]]
    assert said[2][0].startswith("That's a lot of questions at once. Please wait ")
    assert said[3:] == [[], []]
    telegram.answering.close()
    telegram.database.close()


async def test_only_who_is_listed_is_answered(tmp_path: Path) -> None:
    telegram = Telegram(tmp_path, article(), users=[6], chats=[-100_456], operators=[9])
    async with telegram.bot:
        for said in ("Who likes jam?", "/articles", "/summary jam", "/settings", "/start"):
            assert await telegram.texts(message(said)) == [texts.not_admitted_person(5)]
            assert await telegram.texts(in_group(f"/ask@other_bot {said}")) == []
        assert await telegram.texts(in_group("/articles")) == []
        assert await telegram.texts(in_group("/ask who likes jam?")) == []
        assert await telegram.texts(in_topic("/ask who likes jam?")) == [JAM]
        operator = {"id": 9, "is_bot": False, "first_name": "Olga"}
        assert await telegram.texts(in_group("/ask who likes jam?", **{"from": operator})) == [JAM]
    assert telegram.answerer.asked == ["who likes jam?"] * 2
    telegram.answering.close()
    telegram.database.close()


async def test_a_listed_group_is_answered_when_it_has_become_a_supergroup(tmp_path: Path) -> None:
    telegram = Telegram(tmp_path, article(), chats=[-100])
    async with telegram.bot:
        assert await telegram.texts(in_group("/ask who likes jam?")) == []
        await telegram.bring(in_group(migrate_from_chat_id=-100))
        assert await telegram.texts(in_group("/ask who likes jam?")) == [JAM]
    telegram.answering.close()
    telegram.database.close()


async def test_a_chat_gets_as_many_quotes_as_it_is_set_to(telegram: Telegram) -> None:
    telegram.state.set_quotes(5, 1)
    (answer,) = await telegram.texts(message("Who likes jam, and what do foxes read with a spoon?"))
    assert answer.count("— Jam in the woods") == 1
    (three,) = await telegram.texts(in_group("/ask who likes jam, and what do foxes read with a spoon?"))
    assert three.count("— Jam in the woods") == 3


async def test_typing_is_shown_while_it_reads(telegram: Telegram) -> None:
    await telegram.bring(message("Who likes jam?"))
    assert [method for method, _ in telegram.request.calls] == ["getMe", "sendChatAction", "sendMessage"]
    assert telegram.request.calls[1][1] == {"chat_id": 5, "action": "typing"}


async def test_typing_is_shown_again_while_it_lasts(
    telegram: Telegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress_message, "TYPING_LASTS_S", 0.01)
    telegram.answerer.may_answer.clear()
    asking = asyncio.create_task(telegram.bring(message("Who likes jam?")))
    async with asyncio.timeout(PATIENT_S):
        while sum(method == "sendChatAction" for method, _ in telegram.request.calls) < 3:
            await asyncio.sleep(0.01)
    telegram.answerer.may_answer.set()
    assert len(await asking) == 1


async def test_in_a_group_the_answer_is_silent(telegram: Telegram) -> None:
    (sent,) = await telegram.bring(in_group("/ask who likes jam?", message_thread_id=17))
    assert (sent["chat_id"], sent["text"], sent["disable_notification"]) == (-100_123, JAM, True)
    assert "message_thread_id" not in sent  # a thread of replies is no topic
    assert telegram.answerer.asked == ["who likes jam?"]


async def test_in_a_topic_the_answer_stays_in_it(telegram: Telegram) -> None:
    (sent,) = await telegram.bring(in_topic("@verbatim_bot who likes jam?", topic=40))
    assert (sent["chat_id"], sent["message_thread_id"], sent["text"]) == (FORUM["id"], 40, JAM)
    assert ("sendChatAction", {"chat_id": FORUM["id"], "message_thread_id": 40, "action": "typing"}) in (
        telegram.request.calls
    )


@pytest.mark.parametrize(
    ("kind", "written"),
    [
        ("edited_message", message("Who likes jam?", edit_date=1_790_000_601)),
        ("edited_message", message("/ask who likes jam?", edit_date=1_790_000_601)),
        ("channel_post", message("/ask jam?", chat={"id": -1009, "type": "channel", "title": "News"})),
        ("edited_channel_post", message("/ask jam?", chat={"id": -1009, "type": "channel", "title": "News"})),
        ("business_message", message("Who likes jam?", business_connection_id="b")),
        ("guest_message", message("@verbatim_bot who likes jam?", guest_query_id="g")),
        ("message", message("Who likes jam?", **{"from": {"id": 8, "is_bot": True, "first_name": "B"}})),
        ("message", in_group("who likes jam?")),
        ("message", in_group("/ask@other_bot who likes jam?")),
        ("message", in_group("thanks", reply_to_message=of_ours())),
        ("message", in_group(sticker={"file_id": "s", "file_unique_id": "s", "type": "regular", "width": 1,
                                      "height": 1, "is_animated": False, "is_video": False})),
    ],
)  # fmt: skip
async def test_what_is_left_alone(telegram: Telegram, kind: str, written: dict[str, Any]) -> None:
    assert await telegram.bring(written, kind) == []
    assert [method for method, _ in telegram.request.calls] == ["getMe"]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (message("Qui mange?"), NOTHING),
        (message("Hello!"), f"Hello! {texts.HOW_IN_PRIVATE}"),
        (message("thanks"), answer_texts.WELCOME),
        (message("/ask"), texts.HOW_IN_PRIVATE),
        (message("🤔🤔"), "Please ask in words."),
        (message("/start"), texts.start(None)),
        (message("/help"), texts.help_text(None)),
        (message("/articles"), "You can ask about:\n1. Jam in the woods, The Forest, 18 March 2022"),
        (message("/nonsense"), texts.UNKNOWN_COMMAND),
        (message(voice={"file_id": "v", "file_unique_id": "v", "duration": 1}), texts.MEDIA),
        (in_group("/ask"), texts.how_in_group("verbatim_bot")),
        (in_group("@verbatim_bot"), texts.how_in_group("verbatim_bot")),
        (in_group("@verbatim_bot hello"), f"Hello! {texts.how_in_group('verbatim_bot')}"),
        (in_group("/help@verbatim_bot"), texts.help_text("verbatim_bot")),
        (in_group("/articles"), "You can ask about:\n1. Jam in the woods, The Forest, 18 March 2022"),
    ],
)
async def test_what_is_said(telegram: Telegram, written: dict[str, Any], said: str) -> None:
    assert await telegram.texts(written) == [said]


async def test_ten_photos_at_once_get_one_sentence(telegram: Telegram) -> None:
    photo: dict[str, Any] = {"photo": [{"file_id": "p", "file_unique_id": "p", "width": 1, "height": 1}]}
    said = [await telegram.texts(message(**photo, media_group_id="m1")) for _ in range(10)]
    assert said == [[texts.MEDIA], *[[]] * 9]
    assert await telegram.texts(message(**photo, media_group_id="m2")) == [texts.MEDIA]
    assert await telegram.texts(message(**photo)) == [texts.MEDIA]
    assert await telegram.texts(message(**photo)) == [texts.MEDIA]


async def test_without_a_library_or_an_article_the_asker_is_told(telegram: Telegram) -> None:
    telegram.libraries.shared = None
    assert await telegram.texts(message("Who likes jam?")) == [texts.NO_ARTICLES]
    assert await telegram.texts(message("/articles")) == [texts.NO_ARTICLES]
    telegram.libraries.shared = []
    assert await telegram.texts(message("Who likes jam?")) == [texts.NO_ARTICLES]
    assert await telegram.texts(message("/articles")) == [texts.NO_ARTICLES]


async def test_an_article_that_comes_meanwhile_is_answered(telegram: Telegram) -> None:
    telegram.libraries.shared = None
    await telegram.bring(message("Who likes jam?"))
    telegram.libraries.shared = [article()]
    assert await telegram.texts(message("Who likes jam?")) == [JAM]


async def test_a_long_answer_replies_once_and_goes_on_in_the_topic(telegram: Telegram) -> None:
    telegram.libraries.shared = [article("Jam is " + "very " * 1500 + "sweet.")]
    first, second = await telegram.bring(in_topic("/ask jam?", topic=40))
    assert "reply_parameters" in first
    assert "reply_parameters" not in second
    assert (first["message_thread_id"], second["message_thread_id"]) == (40, 40)
    assert first["text"] + second["text"] == (
        "Jam is " + "very " * 1500 + "sweet.\n— Jam in the woods, The Forest, 18 March 2022 · ¶ 1"
    )


async def test_a_summary_of_an_article(telegram: Telegram) -> None:
    told = "Jam in the woods, The Forest, 18 March 2022\n\nBears like jam.\n— ¶ 1\n\nPlaces: Woods."
    assert await telegram.texts(message("/summary jam")) == [told]
    assert await telegram.texts(in_group("/summary")) == [told]
    assert telegram.answerer.asked == ["jam", ""]
    assert await telegram.texts(message("/summary penguins")) == ["No article is called 'penguins'."]


async def test_who_the_bot_is_and_a_goodbye(telegram: Telegram) -> None:
    assert await telegram.texts(message("who are you?")) == [texts.start(None)]
    assert await telegram.texts(message("bye!")) == [answer_texts.GOODBYE]
    assert await telegram.texts(in_group("bye", reply_to_message=of_ours())) == []


async def test_a_new_command_is_one_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def cite(services: Services, asked: Message, to_us: Addressed) -> None:
        await services.outbox.post(reply_to(asked, render_text(f"Cited: {to_us.text}")))

    row = Command("cite", cite, in_private="Cite it", takes_words=True)
    monkeypatch.setattr(application, "COMMANDS", {**COMMANDS, "cite": row})
    bot = Telegram(tmp_path, article())
    async with bot.bot:
        assert await bot.texts(message("/cite Jam in the woods")) == ["Cited: Jam in the woods"]
        assert await bot.texts(in_group("/cite@verbatim_bot jam")) == ["Cited: jam"]
        await application._show_commands(bot.bot.bot)
    listed = [sent["commands"] for method, sent in bot.request.calls if method == "setMyCommands"]
    assert [{"command": "cite", "description": "Cite it"} in commands for commands in listed] == [
        True,
        False,
        False,
    ]
    bot.answering.close()
    bot.database.close()
