"""What has no message is told, too, and nothing that a reader cannot see."""

from __future__ import annotations

import asyncio

from aiogram import Bot
from aiogram.types import InlineQueryResultArticle, InputTextMessageContent, MessageEntity

from tests.standin.methods import Dropped
from tests.standin.persons import Person
from tests.standin.refusals import too_many
from tests.standin.telegram import Telegram
from tests.standin.test_transcript import in_reply, shown


async def test_what_has_no_message_is_told_too(bot: Bot, telegram: Telegram, ann: Person) -> None:
    elsewhere = telegram.group("Elsewhere", ann, bot="left")
    content = InputTextMessageContent(
        message_text="Bears.", entities=[MessageEntity(type="italic", offset=0, length=5)]
    )
    article = InlineQueryResultArticle(id="1", title="On bears", input_message_content=content)
    asking = asyncio.create_task(asyncio.to_thread(ann.asks_inline, "who"))
    (update,) = await bot.get_updates(timeout=5)
    await bot.answer_inline_query(update.inline_query.id, [article])  # type: ignore[union-attr]
    await asking
    asking = asyncio.create_task(asyncio.to_thread(ann.asks_as_guest, "@verbatim_bot who", elsewhere))
    (update,) = await bot.get_updates(offset=update.update_id + 1, timeout=5)
    await bot.answer_guest_query(str(update.guest_message.guest_query_id), article)  # type: ignore[union-attr]
    await asking
    telegram.fail("sendMessage", too_many(3), Dropped())
    telegram.remarks("Verbatim is started again.")
    ann.sends_file(b"Bears.", "bears.txt", "text/plain", caption="read this")
    ann.forwards(ann.says("by the way", to=elsewhere))
    assert shown(telegram) == (
        "Ann, typing in some chat\n"
        "  │ @verbatim_bot who\n"
        "Verbatim offers\n"
        "  │ • On bears\n"
        "  │ _Bears_.\n"
        "\n"
        "Ann, in “Elsewhere”, where Verbatim is no member\n"
        "  │ @verbatim_bot who\n"
        "Verbatim offers\n"
        "  │ • On bears\n"
        "  │ _Bears_.\n"
        "\n"
        "Telegram lets a call of sendMessage be refused: “Too Many Requests: retry after 3”\n"
        "Telegram lets a call of sendMessage be lost\n"
        "(Verbatim is started again.)\n"
        "\n"
        "Ann, in private\n"
        "  │ (the file bears.txt)\n"
        "  │ read this\n"
        "\n"
        "Ann, in “Elsewhere”\n"
        "  │ by the way\n"
        "\n"
        "Ann, forwarding Ann, in private\n"
        "  │ by the way\n"
    )


async def test_no_number_and_nothing_unseen_is_shown(bot: Bot, telegram: Telegram, ann: Person) -> None:
    asked = ann.says("a\u200bb \u202ec")
    await bot.send_message(ann.id, f"You are {ann.id}.", reply_parameters=in_reply(asked))
    asked.answer()
    ann.says("word " * 800)
    lines = shown(telegram).splitlines()
    assert lines[:5] == [
        "Ann, in private",
        "  │ a‹U+200B›b ‹U+202E›c",
        "Verbatim, to Ann",
        "  │ You are ‹id of Ann›.",
        "",
    ]
    assert lines[-4] == "  │ ⋮ (9 more lines)"
    assert len(lines) == 46
    assert max(len(line) for line in lines) <= 88
