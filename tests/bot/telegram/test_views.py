"""The buttons under an answer: what each shows, to whom, and that nobody can forge one."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.chat import answer_texts, article_texts, texts
from tests.bot.fakes import article
from tests.bot.telegram.conftest import Telegram
from tests.standin.people import ANN, BEN, GROUP, in_group, message, of_ours, update

MANY = "Bears like jam. Wolves like jam. Foxes like jam. Owls like jam. Hens like jam.\n\nNobody asked them."
SOURCE = "— Jam in the woods, The Forest, 18 March 2022 · ¶ 1"


class Chat:
    """The bot in one chat: its last message, and the buttons there."""

    def __init__(self, telegram: Telegram) -> None:
        self.telegram = telegram
        self.said: dict[str, Any] = {}
        self.number = 0

    async def ask(self, written: dict[str, Any]) -> str:
        """The answer to this."""
        self.said = (await self.telegram.bring(written))[-1]
        self.number = self.telegram.request.last_id
        return str(self.said["text"])

    @property
    def buttons(self) -> dict[str, str]:
        """What stands on each, and its data or URL."""
        rows = self.said.get("reply_markup", {}).get("inline_keyboard", [])
        return {
            button["text"]: button.get("callback_data") or button["url"] for row in rows for button in row
        }

    async def press(self, label: str | None = None, **fields: Any) -> dict[str, Any] | None:
        """What the presser is shown; the message changes. ``fields`` are those of a callback query."""
        data = self.buttons[label] if label else fields.pop("data")
        shown = of_ours("…", fields.pop("chat", self.said_in)) | {
            "message_id": fields.pop("number", self.number)
        }
        query = {"id": "q", "from": ANN, "message": shown, "chat_instance": "1", "data": data, **fields}
        before = len(self.telegram.request.calls)
        await self.telegram.process(update("callback_query", **query))
        calls = self.telegram.request.calls[before:]
        changed = [fields for method, fields in calls if method == "editMessageText"]
        if changed:
            self.said = changed[-1]
        return next((fields for method, fields in calls if method == "answerCallbackQuery"), None)

    @property
    def said_in(self) -> dict[str, Any]:
        """The chat."""
        return GROUP if self.said["chat_id"] < 0 else {"id": self.said["chat_id"], "type": "private"}


@pytest.fixture
async def chat(tmp_path: Path) -> AsyncIterator[Chat]:
    """One with a bot that has read one article."""
    telegram = Telegram(tmp_path, article(MANY, url="https://forest.example/jam"))
    async with telegram.bot:
        yield Chat(telegram)
    telegram.answering.close()
    telegram.database.close()


def lines(text: str) -> list[str]:
    return [line for line in text.split("\n") if line]


async def test_more_quotes_and_fewer_again(chat: Chat) -> None:
    first = await chat.ask(message("Who likes jam?"))
    assert lines(first) == ["Bears like jam.", SOURCE, "Wolves like jam.", SOURCE, "Foxes like jam.", SOURCE]
    assert list(chat.buttons) == ["More quotes", "Context", "Open"]
    assert await chat.press("More quotes") == {"callback_query_id": "q"}
    assert lines(chat.said["text"])[6:] == ["Owls like jam.", SOURCE, "Hens like jam.", SOURCE]
    assert list(chat.buttons) == ["Fewer quotes", "Context", "Open"]
    await chat.press("Fewer quotes", **{"from": BEN})
    assert chat.said["text"] == first
    assert list(chat.buttons) == ["More quotes", "Context", "Open"]


async def test_context_and_only_the_quotes_again(chat: Chat) -> None:
    first = await chat.ask(in_group("/ask who likes honey and jam and foxes?"))
    await chat.press("Context")
    assert lines(chat.said["text"])[:3] == [MANY.split("\n")[0], "Nobody asked them.", SOURCE]
    raw = chat.said["text"].encode("utf-16-le")
    bold = [entity for entity in chat.said["entities"] if entity["type"] == "bold"]
    assert raw[2 * bold[0]["offset"] : 2 * (bold[0]["offset"] + bold[0]["length"])].decode("utf-16-le") == (
        "Foxes like jam."
    )
    assert "Quotes only" in chat.buttons
    await chat.press("Quotes only")
    assert chat.said["text"] == first


async def test_open_leads_to_the_first_quote(chat: Chat) -> None:
    await chat.ask(message("Who likes jam?"))
    chat.telegram.libraries.shared = [article(url="http://localhost/jam")]
    assert chat.buttons["Open"] == "https://forest.example/jam"
    await chat.ask(message("Who likes jam?"))
    assert "Open" not in chat.buttons


async def test_under_a_refusal_the_nearest_can_be_seen_and_hidden(chat: Chat) -> None:
    refusal = await chat.ask(message("Do penguins with parasols ever eat jam?"))
    assert refusal == answer_texts.CLOSE
    assert list(chat.buttons) == ["Show closest"]
    await chat.press("Show closest")
    assert lines(chat.said["text"]) == [answer_texts.CLOSE, texts.above_nearest(1), "Bears like jam.", SOURCE]
    assert list(chat.buttons) == ["Hide", "Context", "Open"]
    await chat.press("Hide")
    assert chat.said["text"] == refusal
    assert list(chat.buttons) == ["Show closest"]


async def test_where_nothing_is_near_or_nothing_is_quoted_there_is_no_button(chat: Chat) -> None:
    for asked in ("Qui mange?", "hello", "/help", "/summary jam"):
        await chat.ask(message(asked))
        assert chat.buttons == {}


async def test_buttons_work_after_a_restart(chat: Chat, tmp_path: Path) -> None:
    await chat.ask(message("Who likes jam?"))
    chat.telegram.database.close()
    again = Telegram(tmp_path, *(chat.telegram.libraries.shared or ()))
    async with again.bot:
        chat.telegram, earlier = again, chat.telegram
        await chat.press("More quotes")
        assert "Hens like jam." in chat.said["text"]
    again.answering.close()
    again.database.close()
    chat.telegram = earlier


@pytest.mark.parametrize(
    "forged",
    [
        {"data": "a:AAAAAAAAAAAAAAAA:f"},
        {"data": "a:AAAAAAAAAAAAAAAA:x"},
        {"data": "a:::"},
        {"data": "x"},
        {"chat": {"id": 6, "type": "private"}},
        {"number": 4711},
    ],
)
async def test_a_forged_button_shows_nothing(chat: Chat, forged: dict[str, Any]) -> None:
    before = await chat.ask(message("Who likes jam?"))
    data = {"data": chat.buttons["More quotes"], **forged}
    assert await chat.press(**data) == {
        "callback_query_id": "q",
        "text": texts.BUTTON_GONE,
        "show_alert": True,
    }
    assert chat.said["text"] == before


async def test_who_may_not_ask_any_more_may_not_press(chat: Chat, tmp_path: Path) -> None:
    before = await chat.ask(message("Who likes jam?"))
    chat.telegram.database.close()
    again = Telegram(tmp_path, *(chat.telegram.libraries.shared or ()), users=[6])
    async with again.bot:
        chat.telegram, earlier = again, chat.telegram
        refused = {"callback_query_id": "q", "text": texts.NOT_ADMITTED, "show_alert": True}
        assert await chat.press("More quotes") == refused
        assert await chat.press(data="p:1") == refused
        assert chat.said["text"] == before
    again.answering.close()
    again.database.close()
    chat.telegram = earlier


async def test_words_of_a_removed_article_are_shown_no_more(chat: Chat) -> None:
    await chat.ask(message("Who likes jam?"))
    chat.telegram.libraries.shared = [article("Other words.", id="other")]
    await chat.press("More quotes")
    assert (chat.said["text"], chat.buttons) == (texts.QUOTES_GONE, {})
    chat.telegram.libraries.shared = [article(MANY)]
    await chat.ask(message("Who likes jam?"))
    chat.telegram.libraries.shared = None
    await chat.press("Context")
    assert (chat.said["text"], chat.buttons) == (texts.QUOTES_GONE, {})


async def test_who_presses_too_often_is_told(chat: Chat) -> None:
    await chat.ask(message("Who likes jam?"))
    more, fewer = chat.buttons["More quotes"], chat.buttons["More quotes"].removesuffix("f")
    told = [await chat.press(data=data) for data in [more, fewer] * 6]
    assert told[9] == {"callback_query_id": "q"}
    assert told[10] is not None
    assert told[10]["text"].startswith("That's a lot at once. Please wait ")


async def test_more_than_one_message_holds_is_not_shown(chat: Chat) -> None:
    long = " ".join(f"Bear {number} likes jam {'very ' * 150}much." for number in range(8))
    chat.telegram.libraries.shared = [article(long)]
    await chat.ask(message("Who likes jam?"))
    await chat.press("More quotes")
    assert 3 < chat.said["text"].count(SOURCE) < 8
    await chat.press("Context")
    assert len(chat.said["text"]) <= 4096


async def test_articles_have_pages(chat: Chat) -> None:
    chat.telegram.libraries.shared = [
        article(id=f"{n}", title=f"Tale {n:02}", published=date(2022, 1, 31 - n)) for n in range(24)
    ]
    assert lines(await chat.ask(message("/articles")))[0] == "You can ask about these (1–10 of 24):"
    assert list(chat.buttons) == [*map(str, range(1, 11)), article_texts.OLDER]
    await chat.press(article_texts.OLDER)
    assert lines(chat.said["text"])[:2] == [
        "You can ask about these (11–20 of 24):",
        "11. Tale 10, The Forest, 21 January 2022",
    ]
    assert list(chat.buttons) == [*map(str, range(11, 21)), article_texts.NEWER, article_texts.OLDER]
    await chat.press(article_texts.OLDER)
    assert list(chat.buttons) == [*map(str, range(21, 25)), article_texts.NEWER]
    chat.telegram.libraries.shared = chat.telegram.libraries.shared[:12]
    await chat.press(data="p:2")
    assert lines(chat.said["text"])[0] == "You can ask about these (11–12 of 12):"


async def test_a_quote_that_fills_its_message_keeps_its_source(chat: Chat) -> None:
    filling = "Jam is " + "very " * 800 + "sweet."
    chat.telegram.libraries.shared = [article(f"Nobody knows why.\n\n{filling}\n\nNobody asks.")]
    first = await chat.ask(message("How sweet is jam?"))
    assert lines(first) == [filling, SOURCE.replace("¶ 1", "¶ 2")]
    await chat.press("Context")
    assert chat.said["text"].endswith("· ¶ 2")
    assert filling in chat.said["text"]
