"""What an asker sees until the answer is there."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest

from bot.chat import texts
from bot.telegram import progress_message
from tests.bot.fakes import article
from tests.bot.telegram.conftest import JAM, Telegram
from tests.patience import PATIENT_S
from tests.standin.people import BEN, in_group, in_topic, message


@pytest.fixture
async def telegram(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Telegram]:
    """A bot that is slow, in a world where everything else is fast."""
    monkeypatch.setattr(progress_message, "DRAFT_AFTER_S", 0.02)
    monkeypatch.setattr(progress_message, "MESSAGE_AFTER_S", 0.02)
    monkeypatch.setattr(progress_message, "LOOK_S", 0.01)
    monkeypatch.setattr(progress_message, "EDIT_S", 0.01)
    monkeypatch.setattr(progress_message, "TYPING_LASTS_S", 0.01)
    bot = Telegram(tmp_path, article())
    bot.answerer.may_answer.clear()
    async with bot.bot:
        await bot.answering.load()
        yield bot
    bot.answerer.may_answer.set()
    bot.answering.close()
    bot.database.close()


class Asking:
    """A question that is being read."""

    def __init__(self, telegram: Telegram, written: dict[str, Any]) -> None:
        self.telegram = telegram
        self.task = asyncio.create_task(telegram.bring(written))

    def calls(self, method: str) -> list[dict[str, Any]]:
        return [fields for called, fields in self.telegram.request.calls if called == method]

    async def until(self, happens: Callable[[], Any]) -> None:
        async with asyncio.timeout(PATIENT_S):
            while not happens():
                await asyncio.sleep(0.005)

    async def goes_on(self) -> None:
        """Until it has had time to say several things more: so often has it shown that it types."""
        before = len(self.calls("sendChatAction"))
        await self.until(lambda: len(self.calls("sendChatAction")) > before + 5)

    async def answered(self) -> None:
        self.telegram.answerer.may_answer.set()
        await self.task


async def test_in_private_a_draft_fills_until_the_answer_is_there(telegram: Telegram) -> None:
    written = message("Who likes jam? Do bears?")
    asking = Asking(telegram, written)
    await asking.until(lambda: JAM in "".join(draft["text"] for draft in asking.calls("sendMessageDraft")))
    last = asking.calls("sendMessageDraft")[-1]
    assert (last["chat_id"], last["draft_id"]) == (5, written["message_id"])
    assert last["text"] == f"{JAM}\n\n{texts.READING}"
    await asking.answered()
    assert asking.calls("sendMessage")[0]["text"].startswith(JAM)
    assert asking.calls("editMessageText") == []


async def test_a_server_without_drafts_is_asked_for_one_only_once(telegram: Telegram) -> None:
    telegram.request.faults["sendMessageDraft"] = deque([(404, {"description": "Not Found"})])
    asking = Asking(telegram, message("Who likes jam?"))
    await asking.until(lambda: asking.calls("sendMessageDraft"))
    await asking.goes_on()
    await asking.answered()
    assert len(asking.calls("sendMessageDraft")) == 1
    assert asking.calls("sendMessage")[0]["text"] == JAM


async def test_who_waits_in_line_is_told_how_many_are_before(telegram: Telegram) -> None:
    first = Asking(telegram, message("Who likes jam?"))
    await first.until(lambda: telegram.answerer.asked)
    other = {"id": 6, "type": "private", "first_name": "Ben"}
    second = Asking(telegram, message("Who reads newspapers?", chat=other, **{"from": BEN}))
    third = Asking(telegram, in_topic("/ask who eats?"))
    await third.until(lambda: third.calls("sendMessage"))
    await second.until(lambda: second.calls("sendMessageDraft")[1:])
    drafts = [draft["text"] for draft in second.calls("sendMessageDraft") if draft["chat_id"] == 6]
    assert drafts == ["1 question ahead of yours …"]
    assert third.calls("sendMessage")[0]["text"] == "2 questions ahead of yours …"
    for question in (first, second, third):
        await question.answered()


async def test_in_a_group_what_stands_there_becomes_the_answer(telegram: Telegram) -> None:
    asking = Asking(telegram, in_group("/ask who likes jam?"))
    await asking.until(lambda: asking.calls("sendMessage"))
    (placeholder,) = asking.calls("sendMessage")
    assert (placeholder["text"], placeholder["disable_notification"]) == (texts.READING, True)
    assert "reply_parameters" in placeholder
    await asking.answered()
    assert len(asking.calls("sendMessage")) == 1
    changed = asking.calls("editMessageText")[-1]
    assert (changed["message_id"], changed["text"]) == (telegram.request.last_id, JAM)
    assert changed["reply_markup"]["inline_keyboard"][0][0]["text"] == "Context"
    assert telegram.database.all("SELECT message FROM messages") == [(telegram.request.last_id,)]


async def test_a_message_that_was_deleted_meanwhile_is_sent_anew(telegram: Telegram) -> None:
    gone = {"description": "Bad Request: message to edit not found"}
    telegram.request.faults["editMessageText"] = deque([(400, gone)])
    asking = Asking(telegram, in_group("/ask who likes jam?"))
    await asking.until(lambda: asking.calls("sendMessage"))
    await asking.answered()
    assert [sent["text"] for sent in asking.calls("sendMessage")] == [texts.READING, JAM]


async def test_near_the_limit_of_a_group_nothing_is_said_before_the_answer(
    telegram: Telegram,
) -> None:
    telegram.answerer.may_answer.set()
    for _ in range(10):
        await telegram.bring(in_group("/help"))
    telegram.answerer.may_answer.clear()
    asking = Asking(telegram, in_group("/ask who likes jam?"))
    await asking.goes_on()
    await asking.answered()
    assert [sent["text"] for sent in asking.calls("sendMessage")][10:] == [JAM]


async def test_what_stands_there_says_so_when_reading_fails(telegram: Telegram) -> None:
    telegram.answerer.error = ValueError("broken")
    asking = Asking(telegram, in_group("/ask who likes jam?"))
    await asking.until(lambda: asking.calls("sendMessage"))
    placeholder = telegram.request.last_id
    await asking.answered()
    (changed,) = asking.calls("editMessageText")
    assert (changed["message_id"], changed["text"]) == (placeholder, texts.FAILED)
    assert [sent["text"] for sent in asking.calls("sendMessage")] == [texts.READING]


async def test_an_answer_that_is_quick_needs_none_of_it(
    telegram: Telegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("TYPING_LASTS_S", "MESSAGE_AFTER_S"):
        monkeypatch.setattr(progress_message, name, 3600.0)
    telegram.answerer.may_answer.set()
    assert await telegram.texts(in_group("/ask who likes jam?")) == [JAM]
    assert [method for method, _ in telegram.request.calls] == ["getMe", "sendChatAction", "sendMessage"]
