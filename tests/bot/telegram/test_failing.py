"""What goes wrong is logged without anybody's words, and said to who asked; what can be tried again is."""

from __future__ import annotations

import logging
from collections import deque

import pytest

from bot.chat import texts
from index.errors import StaleLibraryError
from tests.bot.telegram.conftest import JAM, Telegram
from tests.standin.people import message


async def test_a_failure_that_can_be_mended_is_logged_for_who_can(
    telegram: Telegram, caplog: pytest.LogCaptureFixture
) -> None:
    telegram.answerer.error = StaleLibraryError("run `verbatim rebuild`")
    assert await telegram.texts(message("Who likes jam?")) == [texts.FAILED]
    assert "run `verbatim rebuild`" in caplog.text


async def test_an_unexpected_error_is_logged_without_anybodys_words(
    telegram: Telegram, caplog: pytest.LogCaptureFixture
) -> None:
    telegram.answerer.error = ValueError("cannot read: who likes jam?")
    assert await telegram.texts(message("who likes jam?")) == [texts.FAILED]
    assert "ValueError" in caplog.text
    assert "fakes.py" in caplog.text
    assert "jam" not in caplog.text
    telegram.answerer.error = None
    assert await telegram.texts(message("who likes jam?")) == [JAM]


async def test_who_blocked_the_bot_costs_one_line(
    telegram: Telegram, caplog: pytest.LogCaptureFixture
) -> None:
    blocked = {"description": "Forbidden: bot was blocked by the user"}
    telegram.request.faults["sendMessage"] = deque([(403, blocked)])
    await telegram.bring(message("Who likes jam?"))
    (record,) = [record for record in caplog.records if record.levelno >= logging.WARNING]
    assert "Forbidden: bot was blocked by the user" in record.getMessage()
    assert len(telegram.request.sent()) == 1


async def test_a_flood_limit_is_waited_for(telegram: Telegram) -> None:
    limit = {"description": "Too Many Requests: retry after 0", "parameters": {"retry_after": 0}}
    telegram.request.faults["sendMessage"] = deque([(429, limit), (502, {"description": "Bad Gateway"})])
    assert await telegram.texts(message("Who likes jam?")) == [JAM, JAM, JAM]


async def test_a_failing_typing_does_not_cost_the_answer(telegram: Telegram) -> None:
    telegram.request.faults["sendChatAction"] = deque([(400, {"description": "Bad Request: CHAT_WRITE"})])
    assert await telegram.texts(message("Who likes jam?")) == [JAM]
