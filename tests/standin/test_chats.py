"""The stand-in itself, asked by aiogram's client: chats, who is in them, and what the bot sees of them."""

from __future__ import annotations

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError, TelegramMigrateToChat

from tests.standin import refusals as say
from tests.standin.client import texts_of
from tests.standin.groups import Group
from tests.standin.persons import Person
from tests.standin.said import Said
from tests.standin.telegram import Telegram
from tests.standin.world import BOT


async def test_privacy_mode_shows_what_is_meant_for_the_bot(bot: Bot, ann: Person, readers: Group) -> None:
    ann.says("what a day", to=readers)
    ann.says("/ask who?", to=readers)  # names nobody, and the bot has not written here yet
    ann.says("/ask@verbatim_bot who?", to=readers)
    ann.says("@Verbatim_Bot who?", to=readers)
    ann.says("/ask@other_bot who?", to=readers)
    assert await texts_of(bot) == ["/ask@verbatim_bot who?", "@Verbatim_Bot who?"]
    sent = await bot.send_message(readers.id, "Me.")
    ann.says("/ask again?", to=readers)
    reply = Said(readers.telegram, readers.chat, readers.chat.messages[sent.message_id])
    ann.says("why?", reply_to=reply)
    ann.says("and so on", reply_to=ann.says("by the way", to=readers))
    assert await texts_of(bot) == ["/ask again?", "why?"]
    readers.sets("bot", "administrator", by=ann)
    ann.says("what a day", to=readers)
    assert await texts_of(bot) == ["what a day"]


async def test_who_may_not_be_written_to(bot: Bot, telegram: Telegram, ann: Person, readers: Group) -> None:
    with pytest.raises(TelegramForbiddenError, match="bot can't initiate conversation with a user"):
        await bot.send_message(ann.id, "a")
    ann.says("hello")
    ann.blocks_the_bot()
    with pytest.raises(TelegramForbiddenError, match="bot was blocked by the user"):
        await bot.send_message(ann.id, "a")
    ann.blocks_the_bot(again=True)
    await bot.send_message(ann.id, "a")
    readers.sets("bot", "kicked", by=ann)
    with pytest.raises(TelegramForbiddenError, match="bot was kicked from the supergroup chat"):
        await bot.send_message(readers.id, "a")
    changes = [u.my_chat_member.new_chat_member.status for u in await bot.get_updates() if u.my_chat_member]
    assert changes == ["kicked", "member", "kicked"]
    with pytest.raises(TelegramBadRequest, match=say.CHAT_NOT_FOUND):
        await bot.send_message(-4_200_000, "a")
    quiet = telegram.group("Quiet", ann, is_read_only=True)
    with pytest.raises(TelegramBadRequest, match="not enough rights to send text messages"):
        await bot.send_message(quiet.id, "a")


async def test_a_group_that_became_a_supergroup_says_where_it_is(
    bot: Bot, telegram: Telegram, ann: Person
) -> None:
    group = telegram.group("Readers", ann, type="group")
    new = group.upgrades(by=ann)
    updates = await bot.get_updates()
    moved = [(u.message.migrate_to_chat_id, u.message.migrate_from_chat_id) for u in updates if u.message]
    assert moved == [(new.id, None), (None, group.id)]
    with pytest.raises(TelegramMigrateToChat) as caught:
        await bot.send_message(group.id, "a")
    assert caught.value.migrate_to_chat_id == new.id
    assert (await bot.send_message(new.id, "a")).chat.id == new.id


async def test_admins_and_members_are_told_apart(bot: Bot, ann: Person, ben: Person, readers: Group) -> None:
    admins = await bot.get_chat_administrators(readers.id)
    assert [admin.user.id for admin in admins] == [ann.id]
    assert (await bot.get_chat_member(readers.id, ben.id)).status == "member"
    assert (await bot.get_chat_member(readers.id, BOT["id"])).status == "member"
    with pytest.raises(TelegramBadRequest, match=say.USER_NOT_FOUND):
        await bot.get_chat_member(readers.id, 4)


async def test_hidden_admins_and_channels_speak_through_telegrams_own(
    bot: Bot, telegram: Telegram, ann: Person, readers: Group
) -> None:
    paper = telegram.channel("Paper", ann)
    ann.says("@verbatim_bot a", to=readers, anonymously=True)
    ann.says("@verbatim_bot b", to=readers, as_channel=paper)
    readers.sets("bot", "administrator", by=ann)
    paper.posts("news", discussed_in=readers)
    messages = [u.message for u in await bot.get_updates() if u.message]
    assert [(m.from_user.id, m.sender_chat.id) for m in messages] == [  # type: ignore[union-attr]
        (1_087_968_824, readers.id),
        (136_817_688, paper.id),
        (777_000, paper.id),
    ]
    assert messages[-1].is_automatic_forward


async def test_without_privacy_mode_all_but_other_bots_is_seen(
    bot: Bot, telegram: Telegram, ann: Person, readers: Group
) -> None:
    assert (await bot.get_me()).can_read_all_group_messages is False
    telegram.sets_privacy(on=False)
    assert (await bot.get_me()).can_read_all_group_messages
    other = telegram.person("Other", is_bot=True, username="other_bot")
    readers.sets(other, "member", by=ann)
    await texts_of(bot)
    ann.says("what a day", to=readers)
    other.says("/ask@verbatim_bot who?", to=readers)
    assert await texts_of(bot) == ["what a day"]
    with pytest.raises(TelegramForbiddenError, match=say.TO_A_BOT):
        await bot.send_message(other.id, "hello")


async def test_who_comes_and_goes_is_said_in_the_group(
    bot: Bot, telegram: Telegram, ann: Person, ben: Person
) -> None:
    group = telegram.group("Readers", ann, bot="left")
    group.sets("bot", "member", by=ann)
    group.sets(ben, "member", by=ann)
    group.sets(ben, "left", by=ben)
    group.sets("bot", "kicked", by=ann)
    updates = await bot.get_updates()
    members = [u.my_chat_member.new_chat_member.status for u in updates if u.my_chat_member]
    assert members == ["member", "kicked"]
    messages = [u.message for u in updates if u.message]
    came = [user.id for message in messages for user in message.new_chat_members or ()]
    assert came == [BOT["id"], ben.id]
    assert [message.left_chat_member.id for message in messages if message.left_chat_member] == [ben.id]


async def test_a_bot_may_leave_groups_only(bot: Bot, ann: Person, readers: Group) -> None:
    assert await bot.leave_chat(readers.id)
    (update,) = await bot.get_updates()
    assert update.my_chat_member is not None
    assert update.my_chat_member.new_chat_member.status == "left"
    with pytest.raises(TelegramForbiddenError, match="bot is not a member of the supergroup chat"):
        await bot.get_chat(readers.id)
    ann.says("hello")
    with pytest.raises(TelegramBadRequest, match=say.NO_LEAVING_IN_PRIVATE):
        await bot.leave_chat(ann.id)
    with pytest.raises(TelegramBadRequest, match=say.NO_ADMINS_IN_PRIVATE):
        await bot.get_chat_administrators(ann.id)


async def test_what_is_no_more_or_needs_rights(
    bot: Bot, telegram: Telegram, ann: Person, readers: Group
) -> None:
    ann.says("hello")
    ann.deletes_their_account()
    with pytest.raises(TelegramForbiddenError, match=say.DEACTIVATED):
        await bot.send_message(ann.id, "a")
    readers.sets("bot", "restricted", by=ann)
    with pytest.raises(TelegramBadRequest, match=say.NO_RIGHT_TO_WRITE):
        await bot.send_message(readers.id, "a")
    readers.ends()
    with pytest.raises(TelegramForbiddenError, match=say.GROUP_DELETED):
        await bot.send_message(readers.id, "a")
    paper = telegram.channel("Paper", ann)
    with pytest.raises(TelegramForbiddenError, match="bot is not a member of the channel chat"):
        await bot.send_message(paper.id, "a")
    paper.sets("bot", "member", by=ann)
    with pytest.raises(TelegramBadRequest, match=say.CHANNEL_NEEDS_ADMIN):
        await bot.send_message(paper.id, "a")
    paper.sets("bot", "administrator", by=ann)
    assert (await bot.send_message(paper.id, "a")).chat.type == "channel"
