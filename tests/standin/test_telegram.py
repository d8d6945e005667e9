"""The stand-in itself, asked by aiogram's client: it is not bent to the library the bot is written with."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator

import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import (
    TelegramAPIError,
    TelegramBadRequest,
    TelegramConflictError,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramUnauthorizedError,
)
from aiogram.types import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InputTextMessageContent,
    ReplyParameters,
    Update,
)

from tests.standin import refusals as say
from tests.standin.groups import Group
from tests.standin.loopback import TOKEN
from tests.standin.methods import Delay, Dropped
from tests.standin.persons import Person
from tests.standin.refusals import bad, too_many
from tests.standin.said import Said
from tests.standin.telegram import Telegram
from tests.standin.world import BOT

KEYBOARD = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="More", callback_data="m1")]])


@pytest.fixture
def telegram() -> Iterator[Telegram]:
    with Telegram() as server:
        yield server


@pytest.fixture
async def bot(telegram: Telegram) -> AsyncIterator[Bot]:
    async with client(telegram) as opened:
        yield opened


@pytest.fixture
def ann(telegram: Telegram) -> Person:
    return telegram.person("Ann", username="ann_5")


@pytest.fixture
def ben(telegram: Telegram) -> Person:
    return telegram.person("Ben")


@pytest.fixture
def readers(telegram: Telegram, ann: Person, ben: Person) -> Group:
    return telegram.group("Readers", ann, ben)


def client(telegram: Telegram, token: str = TOKEN) -> Bot:
    return Bot(token, session=AiohttpSession(api=TelegramAPIServer.from_base(telegram.url)))


async def texts_of(bot: Bot) -> list[str | None]:
    """What the bot gets, and takes."""
    updates = await bot.get_updates()
    if updates:
        await bot.get_updates(offset=updates[-1].update_id + 1)
    return [update.message.text for update in updates if update.message]


async def test_it_is_the_bot_that_its_token_says(bot: Bot, telegram: Telegram) -> None:
    me = await bot.get_me()
    assert (me.id, me.username, me.can_read_all_group_messages) == (123_456_789, "verbatim_bot", False)
    async with client(telegram, TOKEN[:-1] + "X") as stranger:
        with pytest.raises(TelegramUnauthorizedError):
            await stranger.get_me()


async def test_an_update_comes_again_until_its_successor_is_asked_for(bot: Bot, ann: Person) -> None:
    ann.says("one")
    ann.says("two")
    first = await bot.get_updates(limit=1)
    again = await bot.get_updates(limit=1)
    assert [first[0].message.text, again[0].message.text] == ["one", "one"]  # type: ignore[union-attr]
    later = await bot.get_updates(offset=first[0].update_id + 1)
    assert [update.message and update.message.text for update in later] == ["two"]
    assert await bot.get_updates(offset=later[0].update_id + 1) == []


async def test_a_poll_waits_for_what_comes(bot: Bot, ann: Person) -> None:
    polling = asyncio.create_task(bot.get_updates(timeout=20))
    await asyncio.sleep(0.1)
    assert not polling.done()
    await asyncio.to_thread(ann.says, "at last")
    (update,) = await asyncio.wait_for(polling, 5)
    assert update.message is not None
    assert update.message.text == "at last"


async def test_the_second_poller_ends_the_first(bot: Bot, telegram: Telegram) -> None:
    polling = asyncio.create_task(bot.get_updates(timeout=20))
    await asyncio.sleep(0.1)
    async with client(telegram) as second:
        assert await second.get_updates() == []
    with pytest.raises(TelegramConflictError, match="terminated by other getUpdates request"):
        await polling


async def test_unwanted_kinds_do_not_arrive(bot: Bot, ann: Person) -> None:
    await bot.get_updates(allowed_updates=["message"])
    said = ann.says("one")
    ann.edits(said, "two")
    (update,) = await bot.get_updates()
    assert update.message is not None
    await bot.get_updates(offset=update.update_id + 1, allowed_updates=["edited_message"])
    ann.edits(said, "three")
    (edited,) = await bot.get_updates()
    assert edited.edited_message is not None
    assert edited.edited_message.text == "three"


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


async def test_data_of_a_button_has_64_bytes_at_most(bot: Bot, ann: Person) -> None:
    ann.says("hello")
    button = InlineKeyboardButton(text="a", callback_data="é" * 33)
    markup = InlineKeyboardMarkup(inline_keyboard=[[button]])
    with pytest.raises(TelegramBadRequest, match="BUTTON_DATA_INVALID"):
        await bot.send_message(ann.id, "a", reply_markup=markup)


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
        await bot.send_message(-42, "a")
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


async def test_faults_come_as_ordered(bot: Bot, telegram: Telegram, ann: Person) -> None:
    ann.says("hello")
    telegram.fail("sendMessage", too_many(3), bad("later"), Dropped(), Dropped(done=True), Delay(0.01))
    with pytest.raises(TelegramRetryAfter) as caught:
        await bot.send_message(ann.id, "a")
    assert caught.value.retry_after == 3
    with pytest.raises(TelegramBadRequest, match="later"):
        await bot.send_message(ann.id, "b")
    for text in ("c", "d"):
        with pytest.raises(TelegramNetworkError):
            await bot.send_message(ann.id, text)
    await bot.send_message(ann.id, "e")
    assert [message["text"] for message in telegram.sent(ann.id)] == ["d", "e"]  # d was done, its answer lost


async def test_limits_are_enforced_when_asked_for(bot: Bot, telegram: Telegram, ann: Person) -> None:
    ann.says("hello")
    telegram.methods.is_limited = True
    await bot.send_message(ann.id, "a")
    with pytest.raises(TelegramRetryAfter):
        await bot.send_message(ann.id, "b")


async def test_calls_that_are_none_are_refused_and_remembered(bot: Bot, telegram: Telegram) -> None:
    with pytest.raises(TelegramAPIError, match="method not found"):
        await bot.log_out()
    assert telegram.refused == ["the stand-in has no method logOut"]


async def test_every_update_is_one_to_aiogram(bot: Bot, ann: Person, readers: Group) -> None:
    ann.forwards(ann.says("one", to=readers))
    updates = await bot.get_updates()
    assert all(isinstance(update, Update) for update in updates)
    origin = updates[-1].message.forward_origin  # type: ignore[union-attr]
    assert origin is not None
    assert origin.type == "user"
