"""The stand-in itself, asked by aiogram's client: topics and threads."""

from __future__ import annotations

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import ReplyParameters

from tests.standin import refusals as say
from tests.standin.groups import Group
from tests.standin.persons import Person
from tests.standin.telegram import Telegram
from tests.standin.world import GENERAL


async def test_topics_keep_to_themselves(bot: Bot, telegram: Telegram, ann: Person, ben: Person) -> None:
    forum = telegram.group("Forum", ann, ben, is_forum=True)
    news = forum.opens_topic("News", by=ann)
    asked = ben.says("@verbatim_bot who?", to=forum, topic=news)
    assert asked.message["message_thread_id"] == news
    sent = await bot.send_message(forum.id, "Me.", reply_parameters=ReplyParameters(message_id=asked.id))
    assert (sent.message_thread_id, sent.is_topic_message) == (news, True)
    for wrong in (1, 999):
        with pytest.raises(TelegramBadRequest, match=say.THREAD_NOT_FOUND):
            await bot.send_message(forum.id, "Me.", message_thread_id=wrong)
    forum.closes_topic(news, by=ann)
    with pytest.raises(TelegramBadRequest, match=say.TOPIC_CLOSED):
        await bot.send_message(forum.id, "Me.", message_thread_id=news)


async def test_a_chain_of_replies_has_a_thread_that_is_no_topic(
    bot: Bot, ann: Person, readers: Group
) -> None:
    first = ann.says("@verbatim_bot who?", to=readers)
    second = ann.says("@verbatim_bot and why?", reply_to=first)
    assert second.message["message_thread_id"] == first.id
    assert "is_topic_message" not in second.message
    with pytest.raises(TelegramBadRequest, match=say.THREAD_NOT_FOUND):
        await bot.send_message(readers.id, "Me.", message_thread_id=first.id)


async def test_what_replies_to_nothing_in_a_topic_replies_to_its_beginning(
    bot: Bot, telegram: Telegram, ann: Person
) -> None:
    forum = telegram.group("Forum", ann, is_forum=True)
    news = forum.opens_topic("News", by=ann)
    ann.says("@verbatim_bot who?", to=forum, topic=news)
    last = (await bot.get_updates())[-1].message
    assert last is not None
    assert last.reply_to_message is not None
    assert last.reply_to_message.message_id == news
    assert last.reply_to_message.forum_topic_created is not None


async def test_a_closed_topic_is_for_admins_until_it_is_opened_again(
    bot: Bot, telegram: Telegram, ann: Person, ben: Person
) -> None:
    forum = telegram.group("Forum", ann, ben, is_forum=True)
    news = forum.opens_topic("News", by=ann)
    asked = ben.says("@verbatim_bot who?", to=forum, topic=news)
    forum.closes_topic(news, by=ann)
    with pytest.raises(TelegramBadRequest, match=say.TOPIC_CLOSED):
        await bot.send_message(forum.id, "Me.", reply_parameters=ReplyParameters(message_id=asked.id))
    with pytest.raises(TelegramBadRequest, match=say.TOPIC_CLOSED):
        await bot.send_chat_action(forum.id, "typing", message_thread_id=news)
    forum.sets("bot", "administrator", by=ann)
    await bot.send_message(forum.id, "Me.", message_thread_id=news)
    forum.sets("bot", "member", by=ann)
    forum.reopens_topic(news, by=ann)
    await bot.send_message(forum.id, "Me.", message_thread_id=news)
    forum.closes_topic(GENERAL, by=ann)
    with pytest.raises(TelegramBadRequest, match=say.TOPIC_CLOSED):
        await bot.send_message(forum.id, "Me.")
    await bot.send_message(forum.id, "Me.", message_thread_id=news)
    kinds = [u.message.content_type for u in await bot.get_updates() if u.message]
    assert kinds == [
        "forum_topic_created",
        "text",
        "forum_topic_closed",
        "forum_topic_reopened",
        "forum_topic_closed",
    ]


async def test_a_deleted_topic_takes_its_messages_along(bot: Bot, telegram: Telegram, ann: Person) -> None:
    forum = telegram.group("Forum", ann, is_forum=True)
    news = forum.opens_topic("News", by=ann)
    asked = ann.says("@verbatim_bot who?", to=forum, topic=news)
    forum.deletes_topic(news)
    with pytest.raises(TelegramBadRequest, match=say.THREAD_NOT_FOUND):
        await bot.send_message(forum.id, "Me.", message_thread_id=news)
    with pytest.raises(TelegramBadRequest, match=say.REPLY_NOT_FOUND):
        await bot.send_message(forum.id, "Me.", reply_parameters=ReplyParameters(message_id=asked.id))
    ann.says("hello")
    with pytest.raises(TelegramBadRequest, match=say.THREAD_NOT_FOUND):
        await bot.send_message(ann.id, "Me.", message_thread_id=news)  # a private chat has no topics
