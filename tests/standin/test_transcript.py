"""What happens at the stand-in is written down, and told as a chat, the same at any speed of the bot's."""

from __future__ import annotations

import asyncio
from functools import partial

from aiogram import Bot
from aiogram.types import (
    CallbackQuery,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    MessageEntity,
    ReplyParameters,
)

from tests.standin.causes import in_order
from tests.standin.groups import Group
from tests.standin.persons import Person
from tests.standin.said import Said
from tests.standin.telegram import Telegram
from tests.standin.transcript_text import to_text


def shown(telegram: Telegram) -> str:
    """The whole play, as text."""
    return to_text(in_order(telegram.world.transcript.lines))


def waits(telegram: Telegram) -> None:
    """Wait as a play does for an answer: what people do next, they do after what the bot did so far."""
    telegram.wait_for(lambda: True)


def keyboard(*labels: str) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(
        inline_keyboard=[[InlineKeyboardButton(text=label, callback_data=label) for label in labels]]
    )


def in_reply(said: Said) -> ReplyParameters:
    return ReplyParameters(message_id=said.id)


async def pressed(bot: Bot, by: Person, said: Said, button: str, **answer: object) -> None:
    """``by`` presses a button, and the bot answers."""
    pressing = asyncio.create_task(asyncio.to_thread(by.presses, said, button))
    query = await next_press(bot)
    await bot.answer_callback_query(query.id, **answer)  # type: ignore[arg-type]
    await pressing


async def next_press(bot: Bot) -> CallbackQuery:
    """The next press that arrives; it and what came before are taken."""
    offset = 0
    while True:
        for update in await bot.get_updates(offset=offset, timeout=5):
            offset = update.update_id + 1
            if update.callback_query is not None:
                await bot.get_updates(offset=offset)
                return update.callback_query


async def test_a_group_talks(bot: Bot, telegram: Telegram, ann: Person, ben: Person, readers: Group) -> None:
    asked = ann.says("/ask@verbatim_bot Who likes jam?", to=readers)
    quote = "🦔 Bears like jam and honey."
    await bot.send_message(
        readers.id,
        f"{quote}\nNo more.\n\n— On bears, 1 May 2020 · ¶ 3",
        entities=[
            MessageEntity(type="blockquote", offset=0, length=37),
            MessageEntity(type="bold", offset=3, length=10),
            MessageEntity(
                type="text_link", offset=41, length=8, url="https://www.e.example/a/bears?b=1#:~:c"
            ),
        ],
        disable_notification=True,
        reply_parameters=in_reply(asked),
        reply_markup=keyboard("More quotes", "Open"),
    )
    ben.says("all of them?", reply_to=asked.answer(), quote="Bears like jam")
    ann.says("so they say", reply_to=asked)
    assert shown(telegram) == (
        "Ann, in “Readers”\n"
        "  │ /ask@verbatim_bot Who likes jam?\n"
        "Verbatim, to Ann, silently\n"
        "  │ ▎ 🦔 **Bears like** jam and honey.\n"
        "  │ ▎ No more.\n"
        "  │\n"
        "  │ — On bears (e.example/a/bears), 1 May 2020 · ¶ 3\n"
        "  │ [More quotes] [Open]\n"
        "\n"
        "Ben, to Verbatim’s words “Bears like jam”\n"
        "  │ all of them?\n"
        "\n"
        "Ann, to Ann’s “/ask@verbatim_bot Who likes jam?”\n"
        "  │ so they say\n"
    )


async def test_buttons_are_pressed(bot: Bot, telegram: Telegram, ann: Person, ben: Person) -> None:
    asked = ann.says("/settings")
    sent = await bot.send_message(
        ann.id, "Settings.", reply_parameters=in_reply(asked), reply_markup=keyboard("1", "2")
    )
    settings = asked.answer()
    await bot.send_message(ann.id, "Hello.", reply_parameters=in_reply(ann.says("hello")))
    waits(telegram)
    await pressed(bot, ann, settings, "1", text="Saved.")
    await bot.edit_message_reply_markup(
        chat_id=ann.id, message_id=sent.message_id, reply_markup=keyboard("✓ 1", "2")
    )
    await pressed(bot, ben, settings, "2", text="Only the admins may.", show_alert=True)
    await pressed(bot, ben, settings, "2", text="Only the admins may.", show_alert=True)
    await pressed(bot, ann, settings, "2")
    await bot.edit_message_text("Set.", chat_id=ann.id, message_id=sent.message_id)
    assert shown(telegram) == (
        "Ann, in private\n"
        "  │ /settings\n"
        "Verbatim, to Ann\n"
        "  │ Settings.\n"
        "  │ [1] [2]\n"
        "\n"
        "Ann\n"
        "  │ hello\n"
        "Verbatim, to Ann\n"
        "  │ Hello.\n"
        "\n"
        "Ann presses [1] under “Settings.” and sees for a moment: “Saved.”\n"
        "Verbatim changes the buttons\n"
        "  │ [✓ 1] [2]\n"
        "\n"
        "Ben presses [2] under “Settings.” and gets a window: “Only the admins may.”\n"
        "    and again, 2 times in all\n"
        "Ann presses [2] under “Settings.”\n"
        "Verbatim changes the message\n"
        "  │ Set.\n"
    )


async def test_members_topics_and_groups_change(
    bot: Bot, telegram: Telegram, ann: Person, ben: Person
) -> None:
    forum = telegram.group("Forum", ann, is_forum=True, bot="left")
    forum.sets(ben, "member", by=ben)
    forum.sets("bot", "member", by=ann)
    await bot.send_message(forum.id, "Good day.")
    waits(telegram)
    forum.sets("bot", "administrator", by=ann)
    news = forum.opens_topic("News", by=ann)
    asked = ben.says("who?", to=forum, topic=news)
    await bot.send_message(forum.id, "Bears.", reply_parameters=in_reply(asked))
    waits(telegram)
    ben.edits(asked, "who likes jam?")
    ben.deletes(asked)
    forum.closes_topic(news, by=ann)
    forum.sets(ben, "kicked", by=ann)
    await bot.leave_chat(forum.id)
    waits(telegram)
    small = telegram.group("Small", ann, type="group")
    ann.says("/ask why?", to=small.upgrades(by=ann))
    ben.blocks_the_bot()
    assert shown(telegram) == (
        "Ben joins, in “Forum”\n"
        "Ann adds Verbatim\n"
        "Verbatim, in “Forum” › “General”\n"
        "  │ Good day.\n"
        "\n"
        "Ann makes Verbatim an admin, in “Forum”\n"
        "Ann opens the topic “News”\n"
        "\n"
        "Ben, in “Forum” › “News”\n"
        "  │ who?\n"
        "Verbatim, to Ben\n"
        "  │ Bears.\n"
        "\n"
        "Ben changes “who?”\n"
        "  │ who likes jam?\n"
        "\n"
        "Ben deletes “who likes jam?”\n"
        "Ann closes the topic “News”, in “Forum”\n"
        "Ann bans Ben\n"
        "Verbatim leaves\n"
        "\n"
        "Ann makes this group a supergroup, in “Small”\n"
        "\n"
        "Ann\n"
        "  │ /ask why?\n"
        "\n"
        "Ben blocks Verbatim, in private\n"
    )


async def test_it_does_not_matter_how_fast_the_bot_is(bot: Bot, ann: Person, readers: Group) -> None:
    telegram = ann.telegram
    first = ann.says("one?", to=readers)
    second = ann.says("two?")
    await bot.send_message(second.chat.id, "2", reply_parameters=in_reply(second))  # overtakes the first
    third = ann.says("three?", to=readers)
    waits(telegram)
    ann.says("and a word to somebody else", to=readers)
    placeholder = await bot.send_message(readers.id, "Reading …", reply_parameters=in_reply(first))
    await bot.edit_message_text("1", chat_id=readers.id, message_id=placeholder.message_id)
    passing = await bot.send_message(readers.id, "Reading …", reply_parameters=in_reply(third))
    await bot.delete_message(readers.id, passing.message_id)
    await bot.send_message_draft(ann.id, 1, text="3 …")
    await bot.send_chat_action(readers.id, "typing")
    await bot.send_message(readers.id, "3", reply_parameters=in_reply(third))
    await bot.send_message(readers.id, "and more")
    assert shown(telegram) == (
        "Ann, in “Readers”\n"
        "  │ one?\n"
        "\n"
        "Ann, in private\n"
        "  │ two?\n"
        "\n"
        "Ann, in “Readers”\n"
        "  │ three?\n"
        "Verbatim, to Ann’s “one?”\n"
        "  │ 1\n"
        "Verbatim, to Ann, in private with Ann\n"
        "  │ 2\n"
        "Verbatim, to Ann’s “three?”, in “Readers”\n"
        "  │ 3\n"
        "Verbatim\n"
        "  │ and more\n"
        "\n"
        "Ann\n"
        "  │ and a word to somebody else\n"
    )


async def test_a_change_that_comes_late_stands_below_the_press_that_made_it(
    bot: Bot, telegram: Telegram, ann: Person
) -> None:
    asked = ann.says("/settings")
    sent = await bot.send_message(
        ann.id, "Settings.", reply_parameters=in_reply(asked), reply_markup=keyboard("1", "2")
    )
    settings = asked.answer()
    change = partial(bot.edit_message_reply_markup, chat_id=ann.id, message_id=sent.message_id)
    await pressed(bot, ann, settings, "1", text="Saved.")
    pressing = asyncio.create_task(asyncio.to_thread(ann.presses, settings, "2"))
    query = await next_press(bot)
    await change(reply_markup=keyboard("✓ 1", "2"))
    await bot.answer_callback_query(query.id, text="Saved.")
    await pressing
    await change(reply_markup=keyboard("1", "✓ 2"))
    assert shown(telegram).split("\n\n")[1:] == [
        "Ann presses [1] and sees for a moment: “Saved.”\nVerbatim changes the buttons\n  │ [✓ 1] [2]",
        "Ann presses [2] and sees for a moment: “Saved.”\nVerbatim changes the buttons\n  │ [1] [✓ 2]\n",
    ]
