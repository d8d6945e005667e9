"""A question that is edited, comes twice, or goes on with what was said before a restart."""

from __future__ import annotations

import sqlite3
from collections import Counter
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest

from bot.chat import texts
from bot.errors import UnreadError
from bot.store import Database
from index.errors import LibraryError
from tests.bot.fakes import article
from tests.bot.telegram.conftest import JAM, Telegram
from tests.bot.wording import NOTHING, greeting
from tests.standin.people import in_group, message, of_ours

ASKED = 1_790_000_000
FOXES = JAM.replace("Bears like jam.", "Foxes read newspapers.").replace("¶ 1", "¶ 3")


def edited(written: dict[str, Any], text: str, after_s: int = 60) -> dict[str, Any]:
    """``written``, which says something else now."""
    again = message(text, chat=written["chat"], edit_date=ASKED + after_s)
    return {**written, **again, "message_id": written["message_id"]}


async def edit(telegram: Telegram, written: dict[str, Any]) -> list[dict[str, Any]]:
    """How the bot's messages change when this edited message comes."""
    before = len(telegram.request.calls)
    await telegram.bring(written, "edited_message")
    done = [call for call in telegram.request.calls[before:] if call[0] != "getMe"]
    return [{"method": method, **fields} for method, fields in done]


async def test_an_edited_question_edits_its_answer(telegram: Telegram) -> None:
    asked = message("Who likes bear jam?")
    assert await telegram.texts(asked) == [JAM]
    (changed,) = await edit(telegram, edited(asked, "Who reads newspapers?"))
    assert (changed["method"], changed["message_id"]) == ("editMessageText", telegram.request.last_id)
    assert changed["text"] == FOXES
    (again,) = await edit(telegram, edited(asked, "Who likes jam?"))
    assert (again["text"], again["reply_markup"]) == (JAM, changed["reply_markup"])


async def test_an_edit_that_leaves_the_question_as_it_is_changes_nothing(telegram: Telegram) -> None:
    asked = message("Who likes jam?")
    await telegram.bring(asked)
    assert await edit(telegram, edited(asked, "Who likes jam?")) == []
    assert telegram.answerer.asked == ["Who likes jam?"]


@pytest.mark.parametrize(("after_s", "answered"), [(600, True), (601, False)])
async def test_for_ten_minutes(telegram: Telegram, after_s: int, answered: bool) -> None:
    asked = message("Who likes jam?")
    await telegram.bring(asked)
    assert bool(await edit(telegram, edited(asked, "Who reads newspapers?", after_s))) == answered


async def test_what_becomes_a_question_is_answered_once(telegram: Telegram) -> None:
    meant = in_group("who likes jam?")
    assert await telegram.texts(meant) == []
    calls = await edit(telegram, edited(meant, "/ask who likes jam?"))
    assert [call["method"] for call in calls] == ["sendChatAction", "sendMessage"]
    (changed,) = await edit(telegram, edited(meant, "/ask who reads newspapers?"))
    assert (changed["method"], changed["text"]) == ("editMessageText", FOXES)


async def test_a_sentence_instead_of_an_answer_is_edited_too(telegram: Telegram) -> None:
    asked = message("🤔🤔")
    assert await telegram.texts(asked) == ["Please ask in words."]
    (changed,) = await edit(telegram, edited(asked, "Who likes jam?"))
    assert (changed["method"], changed["text"]) == ("editMessageText", JAM)
    (changed,) = await edit(telegram, edited(asked, "hello"))
    assert changed["text"] == greeting(None)
    assert "reply_markup" not in changed


async def test_an_answer_outlives_an_edit_that_needs_none(telegram: Telegram) -> None:
    asked = in_group("/ask who likes jam?")
    await telegram.bring(asked)
    assert await edit(telegram, edited(asked, "/ask thanks")) == []
    (stored,) = telegram.database.all("SELECT given FROM exchanges")
    assert "who likes jam?" in stored[0]


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (LibraryError("main.db can't be read"), texts.FAILED),
        (ValueError("of ours"), texts.FAILED),
        (UnreadError(texts.UNREAD), texts.UNREAD),
    ],
)
async def test_an_answer_outlives_an_edit_that_fails(error: Exception, said: str, telegram: Telegram) -> None:
    """It is said in a message of its own."""
    asked = message("Who likes jam?")
    assert await telegram.texts(asked) == [JAM]
    answer = telegram.request.last_id
    telegram.answerer.error = error
    (reply,) = await edit(telegram, edited(asked, "Who reads newspapers?"))
    assert (reply["method"], reply["text"]) == ("sendMessage", said)
    assert reply["reply_parameters"]["message_id"] == asked["message_id"]
    telegram.answerer.error = None
    await telegram.bring(message("why?"))
    assert [turn.question for turn in telegram.answerer.conversations[-1].turns] == ["Who likes jam?"]
    (changed,) = await edit(telegram, edited(asked, "Who reads newspapers, then?"))
    assert (changed["method"], changed["message_id"], changed["text"]) == ("editMessageText", answer, FOXES)


async def test_a_failure_gives_way_to_what_is_said_to_the_edited_question(telegram: Telegram) -> None:
    telegram.answerer.error = ValueError("of ours")
    asked = message("Who likes jam?")
    assert await telegram.texts(asked) == [texts.FAILED]
    failure = telegram.request.last_id
    (again,) = await edit(telegram, edited(asked, "Who likes bear jam?"))
    assert (again["method"], again["message_id"], again["text"]) == ("editMessageText", failure, texts.FAILED)
    telegram.answerer.error = None
    (changed,) = await edit(telegram, edited(asked, "Who reads newspapers?"))
    assert (changed["method"], changed["message_id"], changed["text"]) == ("editMessageText", failure, FOXES)


async def test_what_is_wrong_with_an_edited_question_takes_the_place_of_its_answer(
    telegram: Telegram,
) -> None:
    asked = message("Who likes jam?")
    assert await telegram.texts(asked) == [JAM]
    (changed,) = await edit(telegram, edited(asked, "🤔🤔"))
    assert (changed["method"], changed["text"]) == ("editMessageText", "Please ask in words.")


async def test_an_edit_too_many_leaves_the_answer_alone(tmp_path: Path) -> None:
    telegram = Telegram(tmp_path, article(), person_at_once=1, person_a_minute=6)
    async with telegram.bot:
        asked = message("Who likes jam?")
        assert await telegram.texts(asked) == [JAM]
        assert await edit(telegram, edited(asked, "Who reads newspapers?", after_s=9)) == []
        assert len(await edit(telegram, edited(asked, "Who reads newspapers?", after_s=10))) == 1
    telegram.answering.close()
    telegram.database.close()


async def test_a_question_that_is_none_any_more_keeps_its_answer(telegram: Telegram) -> None:
    asked = in_group("/ask who likes jam?")
    await telegram.bring(asked)
    assert await edit(telegram, edited(asked, "never mind")) == []


async def test_a_long_answer_that_becomes_short_leaves_nothing_behind(telegram: Telegram) -> None:
    telegram.libraries.shared = [article("Jam is " + "very " * 1500 + "sweet.\n\nFoxes read newspapers.")]
    asked = message("jam?")
    assert len(await telegram.bring(asked)) == 2
    second = telegram.request.last_id
    calls = await edit(telegram, edited(asked, "Who reads newspapers?"))
    assert [(call["method"], call["message_id"]) for call in calls] == [
        ("editMessageText", second - 1),
        ("deleteMessage", second),
    ]


async def test_a_message_that_comes_twice_is_answered_once(telegram: Telegram, tmp_path: Path) -> None:
    asked = message("Who likes jam?")
    assert await telegram.texts(asked) == [JAM]
    assert await telegram.texts(asked) == []
    telegram.database.close()
    again = Telegram(tmp_path, article())
    async with again.bot:
        assert await again.texts(asked) == []
    again.answering.close()
    again.database.close()


async def test_a_conversation_goes_on_after_a_restart(telegram: Telegram, tmp_path: Path) -> None:
    await telegram.bring(in_group("/ask who likes jam?"))
    answer = of_ours() | {"message_id": telegram.request.last_id}
    telegram.database.close()
    again = Telegram(tmp_path, article())
    async with again.bot:
        await again.bring(in_group("why?", reply_to_message=answer))
        await again.bring(in_group("/ask why?"))
    [turn], nothing = (conversation.turns for conversation in again.answerer.conversations)
    assert turn.question == "who likes jam?"
    assert [cited.quote.text for cited in turn.citations] == ["Bears like jam."]
    assert [of.id for of in turn.articles] == ["a1"]
    assert nothing == ()
    again.answering.close()
    again.database.close()


async def test_a_selected_part_is_what_is_asked_about(telegram: Telegram) -> None:
    await telegram.bring(in_group("/ask who likes jam?"))
    answer = of_ours("Bears like jam.") | {"message_id": telegram.request.last_id}
    part = {"text": "like jam", "position": 6, "is_manual": True}
    await telegram.bring(in_group("who says so?", reply_to_message=answer, quote=part))
    asked = [turn.question for turn in telegram.answerer.conversations[-1].turns]
    assert asked == ["who likes jam?", "like jam"]


async def test_a_chat_is_answered_from_its_own_articles_too(telegram: Telegram) -> None:
    telegram.libraries.own[-100_123] = [article("Owls sleep.", id="own")]
    owls = "Owls sleep.\n— Jam in the woods, The Forest, 18 March 2022 · ¶ 1"
    assert await telegram.texts(in_group("/ask where do owls sleep?")) == [owls]
    assert await telegram.texts(message("where do owls sleep?")) == [NOTHING]


async def test_thanks_and_greetings_do_not_break_a_conversation(telegram: Telegram) -> None:
    await telegram.bring(message("Who likes jam?"))
    await telegram.bring(message("thanks"))
    await telegram.bring(message("why?"))
    assert [turn.question for turn in telegram.answerer.conversations[-1].turns] == ["Who likes jam?"]


async def test_an_answer_costs_three_commits(telegram: Telegram, monkeypatch: pytest.MonkeyPatch) -> None:
    """The message is taken, what is said to it is planned and closes it, and that it was said is noted."""
    commits, writing = Counter[str](), Database.writing

    def counted(database: Database) -> AbstractContextManager[sqlite3.Connection]:
        commits["all"] += 1
        return writing(database)

    monkeypatch.setattr(Database, "writing", counted)
    await telegram.bring(message("Who likes jam?"))
    assert commits["all"] == 3
