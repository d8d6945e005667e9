"""Which presses reach what their button does, and what the others are told."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from telegram import Message
from telegram.ext import CallbackQueryHandler

from bot.chat import article_texts, texts
from bot.telegram.handlers import BUTTONS
from bot.telegram.handlers.routing import Button, Press, answer_press, by_button
from bot.telegram.messages.buttons import ButtonKind
from bot.telegram.messages.keyboards import PAGE
from bot.telegram.messages.render import render_text
from bot.telegram.messages.replies import reply_to
from bot.telegram.services import Services
from tests.bot.fakes import article
from tests.bot.telegram.conftest import Telegram
from tests.standin.people import ANN, BEN, PRIVATE, of_ours, update

CITE = ButtonKind("cite", {"style": re.compile("apa|mla")})
UNDER = of_ours(chat=PRIVATE)
TOO_OLD = {"message_id": 1, "chat": PRIVATE, "date": 0}
GONE = {"callback_query_id": "q", "text": texts.BUTTON_GONE, "show_alert": True}
REFUSED = {"callback_query_id": "q", "text": texts.NOT_ADMITTED, "show_alert": True}
HEARD = {"callback_query_id": "q"}
SOME = {
    "a": f"a:{'A' * 16}:f",
    "p": "p:0",
    "l": "l:a1:0",
    "r": "r:a1:0",
    "R": "R:a1:0",
    "k": "k:1",
    "s:q": "s:q:3",
    "s:k": "s:k:1",
    "s:t": "s:t:7:1",
}
"""Data of a button of each kind."""


async def cite(services: Services, press: Press) -> None:
    await answer_press(press.query, "Copied", is_alert=False)
    if isinstance(press.message, Message):
        style = press.values["style"]
        await services.outbox.post(reply_to(press.message, render_text(f"In the style of {style}.")))


async def never(_services: Services, _press: Press) -> bool:
    return False


@pytest.fixture
async def only_ann(tmp_path: Path) -> AsyncIterator[Telegram]:
    """A bot that only Ann may ask."""
    bot = Telegram(tmp_path, article(), users=[ANN["id"]])
    async with bot.bot:
        yield bot
    bot.answering.close()
    bot.database.close()


def use(bot: Telegram, buttons: Sequence[Button]) -> None:
    """Have the bot know these buttons instead of its own."""
    (known,) = (handler for handler in bot.bot.handlers[0] if isinstance(handler, CallbackQueryHandler))
    bot.bot.remove_handler(known)
    bot.bot.add_handler(CallbackQueryHandler(partial(by_button, bot.services, buttons)))


async def told(bot: Telegram, data: str | None, **fields: Any) -> list[dict[str, Any]]:
    """What the presser is told, Ann if ``fields`` of the query do not say another."""
    query = {"id": "q", "from": ANN, "chat_instance": "1", "message": UNDER, **fields}
    if data is not None:
        query["data"] = data
    before = len(bot.request.calls)
    await bot.process(update("callback_query", **query))
    return [fields for method, fields in bot.request.calls[before:] if method == "answerCallbackQuery"]


async def test_a_new_button_is_one_row(only_ann: Telegram) -> None:
    use(only_ann, (*BUTTONS, Button(CITE, cite)))
    assert await told(only_ann, CITE.data(style="mla")) == [{**HEARD, "text": "Copied"}]
    assert [sent["text"] for sent in only_ann.request.sent()] == ["In the style of mla."]
    assert await told(only_ann, "cite:mla", **{"from": BEN}) == [REFUSED]
    assert await told(only_ann, "cite:chicago") == [GONE]
    assert await told(only_ann, "p:0") == [HEARD]  # as before
    assert len(only_ann.request.sent()) == 1


async def test_a_button_that_is_there_no_more_says_so_to_anybody(only_ann: Telegram) -> None:
    use(only_ann, [Button(CITE, cite, is_there=never)])
    assert await told(only_ann, "cite:mla") == [GONE]
    assert await told(only_ann, "cite:mla", **{"from": BEN}) == [GONE]
    assert only_ann.request.sent() == []


@pytest.mark.parametrize("button", BUTTONS, ids=lambda button: button.kind.prefix)
async def test_a_press_without_its_message_is_of_no_use(telegram: Telegram, button: Button) -> None:
    data = SOME[button.kind.prefix]
    assert button.kind.read(data) is not None
    assert await told(telegram, data, message=None, inline_message_id="i") == [GONE]


async def test_a_press_of_a_game_is_none_of_ours(telegram: Telegram) -> None:
    assert await told(telegram, None, game_short_name=PAGE.data(page=0)) == [GONE]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("p:0", HEARD),
        ("l:a1:0", HEARD),
        ("r:a1:0", HEARD),
        ("R:a1:0", HEARD),
        ("k:1", {**GONE, "text": article_texts.MESSAGE_GONE}),
        ("k:0", {**GONE, "text": article_texts.MESSAGE_GONE}),
        ("s:q:3", {**HEARD, "text": texts.SAVED}),
        ("s:k:1", GONE),
        ("s:t:7:1", GONE),
    ],
)
async def test_a_press_is_answered_under_a_message_that_telegram_shows_no_more(
    telegram: Telegram, data: str, said: dict[str, Any]
) -> None:
    assert await told(telegram, data, message=TOO_OLD) == [said]
