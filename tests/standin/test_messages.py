"""The stand-in itself, asked by aiogram's client: messages, and what becomes of them."""

from __future__ import annotations

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import (
    BufferedInputFile,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    MessageEntity,
    ReactionTypeEmoji,
    ReplyParameters,
)

from tests.standin import refusals as say
from tests.standin.client import KEYBOARD
from tests.standin.groups import Group
from tests.standin.persons import Person
from tests.standin.said import Said
from tests.standin.telegram import Telegram


async def test_texts_are_marked_as_telegram_marks_them(bot: Bot, ann: Person) -> None:
    ann.says("/ask 🦔 @ann_5")
    (update,) = await bot.get_updates()
    marks = [(e.type, e.offset, e.length) for e in update.message.entities]  # type: ignore[union-attr]
    assert marks == [("bot_command", 0, 4), ("mention", 8, 6)]
    sent = await bot.send_message(ann.id, "<b>a</b> <a href='https://e.example'>b</a>", parse_mode="HTML")
    assert sent.text == "a b"
    assert [(e.type, e.url) for e in sent.entities or ()] == [
        ("bold", None),
        ("text_link", "https://e.example/"),
    ]
    with pytest.raises(TelegramBadRequest, match="can't parse entities: Can't find end tag"):
        await bot.send_message(ann.id, "<b>a", parse_mode="HTML")


async def test_a_reply_carries_what_it_replies_to_and_the_selected_part(bot: Bot, ann: Person) -> None:
    asked = ann.says("who likes jam?")
    sent = await bot.send_message(
        ann.id, "🦔 Bears like jam.", reply_parameters=ReplyParameters(message_id=asked.id)
    )
    assert sent.reply_to_message is not None
    assert sent.reply_to_message.text == "who likes jam?"
    assert asked.answer()["text"] == "🦔 Bears like jam."
    ann.says("all of them?", reply_to=asked.answer(), quote="Bears")
    update = (await bot.get_updates())[-1]
    assert update.message is not None
    assert update.message.quote is not None
    assert (update.message.quote.text, update.message.quote.position) == ("Bears", 3)


@pytest.mark.parametrize(
    ("text", "wording"),
    [("a" * 4097, say.TOO_LONG), (" \n", say.TEXT_EMPTY)],
)
async def test_texts_that_telegram_does_not_take(bot: Bot, ann: Person, text: str, wording: str) -> None:
    ann.says("hello")
    with pytest.raises(TelegramBadRequest, match=wording):
        await bot.send_message(ann.id, text)


async def test_what_is_gone_cannot_be_replied_to_edited_or_deleted(bot: Bot, ann: Person) -> None:
    ann.deletes(asked := ann.says("hello"))
    gone = ReplyParameters(message_id=asked.id)
    with pytest.raises(TelegramBadRequest, match=say.REPLY_NOT_FOUND):
        await bot.send_message(ann.id, "a", reply_parameters=gone)
    lenient = ReplyParameters(message_id=asked.id, allow_sending_without_reply=True)
    assert (await bot.send_message(ann.id, "a", reply_parameters=lenient)).reply_to_message is None
    with pytest.raises(TelegramBadRequest, match=say.EDIT_NOT_FOUND):
        await bot.edit_message_text("b", chat_id=ann.id, message_id=asked.id)
    with pytest.raises(TelegramBadRequest, match=say.DELETE_NOT_FOUND):
        await bot.delete_message(ann.id, asked.id)


async def test_an_edit_has_to_change_something_of_the_bots_own(bot: Bot, ann: Person) -> None:
    asked = ann.says("hello")
    sent = await bot.send_message(ann.id, "a", reply_markup=KEYBOARD)
    with pytest.raises(TelegramBadRequest, match="message is not modified"):
        await bot.edit_message_text("a", chat_id=ann.id, message_id=sent.message_id, reply_markup=KEYBOARD)
    edited = await bot.edit_message_text("b", chat_id=ann.id, message_id=sent.message_id)
    assert (edited.text, edited.reply_markup) == ("b", None)  # type: ignore[union-attr]
    with pytest.raises(TelegramBadRequest, match=say.NOT_EDITABLE):
        await bot.edit_message_text("b", chat_id=ann.id, message_id=asked.id)


async def test_data_of_a_button_has_64_bytes_at_most(bot: Bot, ann: Person) -> None:
    ann.says("hello")
    button = InlineKeyboardButton(text="a", callback_data="é" * 33)
    markup = InlineKeyboardMarkup(inline_keyboard=[[button]])
    with pytest.raises(TelegramBadRequest, match="BUTTON_DATA_INVALID"):
        await bot.send_message(ann.id, "a", reply_markup=markup)


async def test_an_edit_keeps_the_date_and_tells_when(bot: Bot, telegram: Telegram, ann: Person) -> None:
    said = ann.says("who likes jam?")
    telegram.passes(600)
    ann.edits(said, "who likes /jam?")
    ann.edits(said, "who likes /jam?", link_preview_options={"is_disabled": True})  # the text is the same
    first, second, third = await bot.get_updates()
    written, edited, again = first.message, second.edited_message, third.edited_message
    assert written is not None
    assert edited is not None
    assert again is not None
    assert edited.message_id == written.message_id
    assert edited.date == written.date
    assert edited.edit_date - written.date.timestamp() == 601  # type: ignore[operator]
    assert again.edit_date == edited.edit_date + 1  # type: ignore[operator]
    assert (edited.text, again.text) == ("who likes /jam?", "who likes /jam?")
    assert again.link_preview_options is not None
    assert ann.says("and honey?").id == written.message_id + 1  # an edit is no message


async def test_what_is_not_the_bots_or_gone_is_not_edited(bot: Bot, telegram: Telegram, ann: Person) -> None:
    asked = ann.says("hello")
    sent = await bot.send_message(ann.id, "a", reply_markup=KEYBOARD)
    with pytest.raises(TelegramBadRequest, match="message is not modified"):
        await bot.edit_message_reply_markup(chat_id=ann.id, message_id=sent.message_id, reply_markup=KEYBOARD)
    edited = await bot.edit_message_reply_markup(chat_id=ann.id, message_id=sent.message_id)
    assert (edited.text, edited.reply_markup) == ("a", None)  # type: ignore[union-attr]
    with pytest.raises(TelegramBadRequest, match=say.NOT_EDITABLE):
        await bot.edit_message_reply_markup(chat_id=ann.id, message_id=asked.id)
    ann.deletes(Said(telegram, ann.private, ann.private.messages[sent.message_id]))
    with pytest.raises(TelegramBadRequest, match=say.EDIT_NOT_FOUND):
        await bot.edit_message_reply_markup(chat_id=ann.id, message_id=sent.message_id)
    with pytest.raises(TelegramBadRequest, match=say.EDIT_NOT_FOUND):
        await bot.edit_message_text("b", chat_id=ann.id, message_id=sent.message_id)
    with pytest.raises(TelegramBadRequest, match=say.NO_IDENTIFIER):
        await bot.edit_message_text("b", chat_id=ann.id)
    with pytest.raises(TelegramBadRequest, match=say.INLINE_NOT_FOUND):
        await bot.edit_message_text("b", inline_message_id="inline-1")
    document = await bot.send_document(ann.id, BufferedInputFile(b"jam", "jam.txt"))
    with pytest.raises(TelegramBadRequest, match=say.NO_TEXT_TO_EDIT):
        await bot.edit_message_text("b", chat_id=ann.id, message_id=document.message_id)


async def test_what_may_be_deleted(bot: Bot, telegram: Telegram, ann: Person, readers: Group) -> None:
    hers = ann.says("@verbatim_bot who?", to=readers)
    ours = await bot.send_message(readers.id, "Me.")
    with pytest.raises(TelegramBadRequest, match=say.NOT_DELETABLE):
        await bot.delete_message(readers.id, hers.id)
    telegram.passes(49 * 3600)
    with pytest.raises(TelegramBadRequest, match=say.TOO_OLD_TO_DELETE):
        await bot.delete_message(readers.id, ours.message_id)
    readers.sets("bot", "administrator", by=ann, can_delete_messages=False)
    with pytest.raises(TelegramBadRequest, match=say.NOT_DELETABLE):
        await bot.delete_message(readers.id, hers.id)
    readers.sets("bot", "administrator", by=ann)
    assert await bot.delete_message(readers.id, hers.id)
    assert await bot.delete_message(readers.id, ours.message_id)
    assert hers.now() is None


async def test_a_quote_stands_in_what_it_replies_to(bot: Bot, ann: Person) -> None:
    bold = {"type": "bold", "offset": 9, "length": 4}
    asked = ann.says("jam, 🦔 or jam?", entities=[bold])
    sent = await bot.send_message(
        ann.id,
        "The latter.",
        reply_parameters=ReplyParameters(
            message_id=asked.id,
            quote="or jam",
            quote_entities=[MessageEntity(type="bold", offset=1, length=4)],
        ),
    )
    assert sent.quote is not None
    assert (sent.quote.text, sent.quote.position) == ("or jam", 8)
    for wrong in ("jelly", "or jam"):  # the words are there, but some are bold
        with pytest.raises(TelegramBadRequest, match=say.QUOTE_INVALID):
            await bot.send_message(
                ann.id, "a", reply_parameters=ReplyParameters(message_id=asked.id, quote=wrong)
            )


async def test_a_message_of_another_chat_is_replied_to(bot: Bot, ann: Person, readers: Group) -> None:
    there = ann.says("@verbatim_bot who likes jam?", to=readers)
    other = readers.telegram.group("Others", ann)
    ann.says("@verbatim_bot tell me here", to=other, reply_to=there, quote="jam")
    last = (await bot.get_updates())[-1].message
    assert last is not None
    assert last.reply_to_message is None
    assert last.external_reply is not None
    assert last.external_reply.message_id == there.id
    assert last.external_reply.origin.type == "user"
    assert last.quote is not None
    assert last.quote.text == "jam"
    sent = await bot.send_message(
        other.id, "Bears.", reply_parameters=ReplyParameters(message_id=there.id, chat_id=readers.id)
    )
    assert sent.external_reply is not None
    assert sent.external_reply.message_id == there.id


async def test_a_forward_tells_whose_words_it_passes_on(
    bot: Bot, telegram: Telegram, ann: Person, ben: Person, readers: Group
) -> None:
    hers = ann.says("/help me", to=readers)
    ben.forwards(hers)
    ben.forwards(hers, hidden=True)
    ben.forwards(ben.forwards(hers))
    ben.forwards(ann.says("a", to=readers, anonymously=True))
    ben.forwards(telegram.channel("Paper", ann).posts("news"))
    ben.forwards(ann.sends_file(b"jam", "jam.txt", "text/plain", caption="read"))
    forwarded = [m for u in await bot.get_updates() if (m := u.message) and m.forward_origin]
    assert [m.forward_origin.type for m in forwarded if m.forward_origin] == [
        "user",
        "hidden_user",
        "user",
        "user",
        "chat",
        "channel",
        "user",
    ]
    assert [e.type for e in forwarded[0].entities or ()] == ["bot_command"]
    assert forwarded[-1].document is not None
    assert forwarded[-1].caption == "read"


async def test_drafts_and_actions_are_for_where_one_may_write(bot: Bot, ann: Person, readers: Group) -> None:
    ann.says("hello")
    assert await bot.send_message_draft(ann.id, 1, text="")
    assert await bot.send_message_draft(ann.id, 1, text="Bears")
    with pytest.raises(TelegramBadRequest, match=say.PRIVATE_ONLY):
        await bot.send_message_draft(readers.id, 1, text="Bears")
    assert await bot.send_chat_action(readers.id, "typing")
    with pytest.raises(TelegramBadRequest, match=say.ACTION_UNKNOWN):
        await bot.send_chat_action(readers.id, "thinking")
    assert [draft.get("text", "") for draft in readers.telegram.methods.messages.drafts] == ["", "Bears"]


async def test_reactions_are_to_what_is_there(bot: Bot, telegram: Telegram, ann: Person) -> None:
    said = ann.says("hello")
    assert await bot.set_message_reaction(ann.id, said.id, [ReactionTypeEmoji(emoji="👀")])
    assert [reaction["message_id"] for reaction in telegram.methods.messages.reactions] == [said.id]
    with pytest.raises(TelegramBadRequest, match=say.REACT_NOT_FOUND):
        await bot.set_message_reaction(ann.id, 999, [ReactionTypeEmoji(emoji="👀")])
