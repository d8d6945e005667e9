"""The stand-in itself, asked by aiogram's client: buttons, inline and guest questions, files."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest, TelegramEntityTooLarge
from aiogram.types import (
    BufferedInputFile,
    InaccessibleMessage,
    InlineQueryResultArticle,
    InputTextMessageContent,
    ReplyParameters,
)
from aiohttp import ClientSession, FormData

from tests.standin import refusals as say
from tests.standin.client import KEYBOARD
from tests.standin.loopback import TOKEN
from tests.standin.persons import Person
from tests.standin.said import Said
from tests.standin.telegram import Telegram


async def test_a_button_is_answered_once(bot: Bot, ann: Person) -> None:
    asked = ann.says("hello")
    sent = await bot.send_message(
        ann.id, "a", reply_markup=KEYBOARD, reply_parameters=ReplyParameters(message_id=asked.id)
    )
    pressing = asyncio.create_task(asyncio.to_thread(ann.presses, asked.answer(), "More"))
    (update,) = await bot.get_updates(timeout=5, offset=-1)
    while update.callback_query is None:
        (update,) = await bot.get_updates(timeout=5, offset=update.update_id + 1)
    query = update.callback_query
    assert query.message is not None
    assert (query.data, query.from_user.id, query.message.message_id) == ("m1", ann.id, sent.message_id)
    await bot.answer_callback_query(query.id, "there you are", show_alert=True)
    assert (await pressing)["text"] == "there you are"
    with pytest.raises(TelegramBadRequest, match="query is too old"):
        await bot.answer_callback_query(query.id)


async def test_inline_and_guest_questions_are_answered(bot: Bot, telegram: Telegram, ann: Person) -> None:
    elsewhere = telegram.group("Elsewhere", ann, bot="left")
    article = InlineQueryResultArticle(
        id="1", title="a", input_message_content=InputTextMessageContent(message_text="Bears.")
    )
    asking = asyncio.create_task(asyncio.to_thread(ann.asks_inline, "who"))
    (update,) = await bot.get_updates(timeout=5)
    await bot.answer_inline_query(update.inline_query.id, [article])  # type: ignore[union-attr]
    assert (await asking)["results"][0]["id"] == "1"
    asking = asyncio.create_task(asyncio.to_thread(ann.asks_as_guest, "@verbatim_bot who", elsewhere))
    (update,) = await bot.get_updates(offset=update.update_id + 1, timeout=5)
    assert update.guest_message is not None
    await bot.answer_guest_query(str(update.guest_message.guest_query_id), article)
    assert (await asking)["result"]["title"] == "a"


async def test_files_can_be_fetched(bot: Bot, ann: Person) -> None:
    ann.sends_file(b"Bears like jam.", "jam.txt", "text/plain", caption="read this")
    (update,) = await bot.get_updates()
    document = update.message.document  # type: ignore[union-attr]
    assert document is not None
    assert (document.file_name, document.file_size) == ("jam.txt", 15)
    fetched = await bot.download(document)
    assert fetched is not None
    assert fetched.read() == b"Bears like jam."


async def test_a_query_grows_old(bot: Bot, telegram: Telegram, ann: Person) -> None:
    ann.says("hello")
    sent = await bot.send_message(ann.id, "a", reply_markup=KEYBOARD)
    query = telegram.do(lambda: telegram.methods.queries.press(ann.user, ann.private, sent.message_id, "m1"))
    with pytest.raises(TelegramBadRequest, match=say.NOTICE_TOO_LONG):
        await bot.answer_callback_query(query.id, "a" * 201)
    telegram.passes(60)
    with pytest.raises(TelegramBadRequest, match="query is too old"):
        await bot.answer_callback_query(query.id)
    telegram.do(lambda: telegram.methods.queries.ask_inline(ann.user, "who"))
    telegram.passes(31)
    assert [update for update in await bot.get_updates() if update.inline_query] == []


async def test_a_button_under_a_message_that_is_gone(bot: Bot, telegram: Telegram, ann: Person) -> None:
    ann.says("hello")
    sent = await bot.send_message(ann.id, "a", reply_markup=KEYBOARD)
    ann.deletes(Said(telegram, ann.private, ann.private.messages[sent.message_id]))
    telegram.do(lambda: telegram.methods.queries.press(ann.user, ann.private, sent.message_id, "m1"))
    query = (await bot.get_updates())[-1].callback_query
    assert query is not None
    assert isinstance(query.message, InaccessibleMessage)


def result(number: str, **fields: Any) -> InlineQueryResultArticle:
    content = InputTextMessageContent(message_text="Bears.")
    return InlineQueryResultArticle(id=number, title="a", input_message_content=content, **fields)


async def test_a_chosen_result_can_be_edited_if_it_has_buttons(bot: Bot, ann: Person) -> None:
    await bot.get_updates(allowed_updates=["inline_query", "chosen_inline_result"])
    asking = asyncio.create_task(asyncio.to_thread(ann.asks_inline, "who"))
    (update,) = await bot.get_updates(timeout=5)
    query_id = update.inline_query.id  # type: ignore[union-attr]
    with pytest.raises(TelegramBadRequest, match=say.RESULT_TWICE):
        await bot.answer_inline_query(query_id, [result("1"), result("1")])
    with pytest.raises(TelegramBadRequest, match=say.TOO_MANY_RESULTS):
        await bot.answer_inline_query(query_id, [result(str(number)) for number in range(51)])
    await bot.answer_inline_query(query_id, [result("1"), result("2", reply_markup=KEYBOARD)])
    answer = await asking
    ann.chooses(answer, "1")
    shown = ann.chooses(answer, "2")
    updates = await bot.get_updates(offset=update.update_id + 1)
    bare, chosen = (later.chosen_inline_result for later in updates)
    assert bare is not None
    assert chosen is not None
    assert (bare.inline_message_id, chosen.result_id) == (None, "2")
    assert await bot.edit_message_text("Bears like jam.", inline_message_id=chosen.inline_message_id)
    assert (shown["text"], "reply_markup" in shown) == ("Bears like jam.", False)
    with pytest.raises(TelegramBadRequest, match="message is not modified"):
        await bot.edit_message_text("Bears like jam.", inline_message_id=chosen.inline_message_id)


async def test_a_guest_s_question_comes_with_what_it_replies_to(
    bot: Bot, telegram: Telegram, ann: Person, ben: Person
) -> None:
    elsewhere = telegram.group("Elsewhere", ann, ben, bot="left")
    said = ben.says("bears like jam", to=elsewhere)
    asking = asyncio.create_task(
        asyncio.to_thread(ann.asks_as_guest, "@verbatim_bot really?", elsewhere, reply_to=said)
    )
    (update,) = await bot.get_updates(timeout=5)
    assert update.guest_message is not None
    assert update.guest_message.reply_to_message is not None
    assert update.guest_message.reply_to_message.text == "bears like jam"
    query_id = str(update.guest_message.guest_query_id)
    sent = await bot.answer_guest_query(query_id, result("1"))
    await asking
    assert await bot.edit_message_text("Bears like jam.", inline_message_id=sent.inline_message_id)
    with pytest.raises(TelegramBadRequest, match="query is too old"):
        await bot.answer_guest_query(query_id, result("1"))


async def test_files_are_sent_new_or_again_and_not_too_big(bot: Bot, ann: Person) -> None:
    ann.says("hello")
    sent = await bot.send_document(
        ann.id, BufferedInputFile(b"jam", "jam.txt"), caption="<b>read</b>", parse_mode="HTML"
    )
    assert sent.document is not None
    assert (sent.document.file_name, sent.caption) == ("jam.txt", "read")
    assert [entity.type for entity in sent.caption_entities or ()] == ["bold"]
    again = await bot.send_document(ann.id, sent.document.file_id)
    assert again.document == sent.document
    for wrong, wording in (("file-9", say.FILE_UNKNOWN), (BufferedInputFile(b"", "a"), say.FILE_EMPTY)):
        with pytest.raises(TelegramBadRequest, match=wording):
            await bot.send_document(ann.id, wrong)
    with pytest.raises(TelegramBadRequest, match=say.FILE_INVALID):
        await bot.get_file("file-9")
    large = ann.sends_file(b"a" * ((20 << 20) + 1), "a.txt", "text/plain")
    with pytest.raises(TelegramBadRequest, match=say.FILE_TOO_BIG):
        await bot.get_file(large["document"]["file_id"])
    with pytest.raises(TelegramEntityTooLarge):
        await bot.send_document(ann.id, BufferedInputFile(b"a" * ((50 << 20) + 1), "a.txt"))


async def test_a_file_may_come_under_its_own_name(telegram: Telegram, ann: Person) -> None:
    ann.says("hello")
    form = FormData({"chat_id": str(ann.id)})
    form.add_field("document", b"jam", filename="jam.txt", content_type="text/plain")
    url = f"{telegram.url}/bot{TOKEN}/sendDocument"
    async with ClientSession() as session, session.post(url, data=form) as response:
        sent = await response.json()
    assert sent["result"]["document"]["file_name"] == "jam.txt"
