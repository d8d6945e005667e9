"""/settings: how many quotes, and where every message is answered; by buttons."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Literal

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Message
from telegram.constants import ChatType
from telegram.error import BadRequest, ChatMigrated, TelegramError

from bot.chat import texts
from bot.store import ChatSettings, Keepers
from bot.telegram.handlers.routing import Press, answer_press, is_private
from bot.telegram.messages.addressing import Addressed
from bot.telegram.messages.keyboards import FREE_TOPIC, KEEPERS, MOST_QUOTES, QUOTES
from bot.telegram.messages.render import render_text
from bot.telegram.messages.replies import reply_to
from bot.telegram.messages.topics import topic_of
from bot.telegram.services import Services


async def settings(services: Services, message: Message, _to_us: Addressed) -> None:
    """Show how the chat is set, to who may change it."""
    try:
        allowed = await services.rights.may_set(message.from_user, message.chat, message)
    except TelegramError:
        await services.outbox.post(reply_to(message, render_text(texts.CANNOT_TELL)))
        return
    if not allowed:
        await services.outbox.post(reply_to(message, render_text(texts.ADMINS_ONLY)))
        return
    now = await services.database.do(services.state.settings, message.chat.id)
    buttons = keyboard(now, message, services.quotes)
    where: Literal["chat", "group"] = "chat" if is_private(message) else "group"
    text = texts.settings_of(where, has_topics=bool(message.chat.is_forum))
    await services.outbox.post(reply_to(message, render_text(text), keyboard=buttons))


async def set_quotes(services: Services, press: Press) -> None:
    """Change how many quotes an answer has at most."""
    chat = press.message.chat
    await _set(services, press, partial(services.state.set_quotes, chat.id, int(press.values["count"])))


async def set_keepers(services: Services, press: Press) -> None:
    """Change who may add and remove the articles of a group."""
    chat = press.message.chat
    keepers: Keepers = "everybody" if press.values["everybody"] == "1" else "admins"
    change = partial(services.state.set_keepers, chat.id, keepers)
    await _set(services, press, change, applies=chat.type != ChatType.PRIVATE)


async def set_free_topic(services: Services, press: Press) -> None:
    """Change whether everything in a topic of a forum is a question."""
    chat, is_free = press.message.chat, press.values["free"] == "1"
    change = partial(services.state.set_free, chat.id, int(press.values["topic"]), is_free=is_free)
    await _set(services, press, change, applies=bool(chat.is_forum))


def keyboard(now: ChatSettings, message: Message, default_quotes: int) -> InlineKeyboardMarkup:
    """Make the buttons: what is set is ticked. In a group there is one more, and in a topic another."""
    quotes = now.quotes or default_quotes
    rows = [[_button(f"{n}", n == quotes, QUOTES.data(count=n)) for n in range(1, MOST_QUOTES + 1)]]
    if not is_private(message):
        is_open = now.keepers == "everybody"
        rows.append([_button(texts.EVERYBODY_KEEPS, is_open, KEEPERS.data(everybody=int(not is_open)))])
    topic = topic_of(message)
    if topic is not None and message.chat.is_forum:
        is_free = topic in now.free_topics
        data = FREE_TOPIC.data(topic=topic, free=int(not is_free))
        rows.append([_button(texts.FREE_TOPIC, is_free, data)])
    return InlineKeyboardMarkup(rows)


def _button(text: str, is_set: bool, data: str) -> InlineKeyboardButton:
    return InlineKeyboardButton(f"✓ {text}" if is_set else text, callback_data=data)


async def _set(services: Services, press: Press, change: Callable[[], None], *, applies: bool = True) -> None:
    """Make ``change`` if the one who presses may, and it ``applies`` to the chat; say so, and show it.

    The rights are looked up at every press.
    """
    try:
        allowed = await services.rights.may_set(press.query.from_user, press.message.chat)
    except TelegramError:
        await answer_press(press.query, texts.CANNOT_TELL)
        return
    if not allowed:
        await answer_press(press.query, texts.ADMINS_ONLY)
    elif not applies:
        await answer_press(press.query, texts.BUTTON_GONE)
    else:
        await services.database.do(change)
        await answer_press(press.query, texts.SAVED, is_alert=False)
        if isinstance(press.message, Message):  # else too old to be changed
            await _redraw(services, press.message)


async def _redraw(services: Services, message: Message) -> None:
    now = await services.database.do(services.state.settings, message.chat.id)
    with suppress(BadRequest, ChatMigrated):  # somebody else pressed the same; the group moved
        await message.edit_reply_markup(keyboard(now, message, services.quotes))
