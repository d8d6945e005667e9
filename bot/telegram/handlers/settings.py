"""/settings: how many quotes, and where everything is a question; by buttons."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import suppress

from telegram import CallbackQuery, Chat, InlineKeyboardButton, InlineKeyboardMarkup, Message, Update
from telegram.constants import ChatType
from telegram.error import BadRequest, ChatMigrated, TelegramError

from bot.chat import texts
from bot.store import ChatSettings, Keepers
from bot.telegram.handlers.routing import Context, answer_press, is_private
from bot.telegram.messages.addressing import Addressed
from bot.telegram.messages.render import render_text
from bot.telegram.messages.replies import reply_to
from bot.telegram.messages.topics import topic_of
from bot.telegram.services import Services

PATTERN = r"^s:(?P<what>[qtk]):(?P<value>[0-9]+)(?::(?P<on>[01]))?$"
MOST_QUOTES = 5


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
    where = "this chat" if is_private(message) else "this group"
    text = texts.settings_of(where, has_topics=bool(message.chat.is_forum))
    await services.outbox.post(reply_to(message, render_text(text), keyboard=buttons))


async def press(services: Services, update: Update, context: Context) -> None:
    """Change what a button says, if the one who presses it may; the rights are looked up at every press."""
    query = update.callback_query
    if query is None or query.message is None or not context.matches:
        return
    if not services.admits_press(query):
        await answer_press(query, texts.NOT_ADMITTED)
        return
    chat = query.message.chat
    try:
        allowed = await services.rights.may_set(query.from_user, chat)
    except TelegramError:
        await answer_press(query, texts.CANNOT_TELL)
        return
    if not allowed:
        await answer_press(query, texts.ADMINS_ONLY)
        return
    match = context.matches[0]
    change = _change(services, chat, match["what"], match["value"], match["on"])
    if change is None:
        await answer_press(query, texts.BUTTON_GONE)
        return
    await change()
    await answer_press(query, texts.SAVED, is_alert=False)
    await _redraw(services, query, chat)


def keyboard(now: ChatSettings, message: Message, default_quotes: int) -> InlineKeyboardMarkup:
    """Make the buttons: what is set is ticked. In a group there is one more, and in a topic another."""
    quotes = now.quotes or default_quotes
    rows = [[_button(f"{n}", n == quotes, f"s:q:{n}") for n in range(1, MOST_QUOTES + 1)]]
    if not is_private(message):
        is_open = now.keepers == "everybody"
        rows.append([_button(texts.EVERYBODY_KEEPS, is_open, f"s:k:{int(not is_open)}")])
    topic = topic_of(message)
    if topic is not None and message.chat.is_forum:
        is_free = topic in now.free_topics
        rows.append([_button(texts.FREE_TOPIC, is_free, f"s:t:{topic}:{int(not is_free)}")])
    return InlineKeyboardMarkup(rows)


def _button(text: str, is_set: bool, data: str) -> InlineKeyboardButton:
    return InlineKeyboardButton(f"✓ {text}" if is_set else text, callback_data=data)


def _change(
    services: Services, chat: Chat, what: str, value: str, on: str | None
) -> Callable[[], Awaitable[None]] | None:
    """Return what writes the change down; None when no button of ours says this."""
    if what == "q" and on is None and value.isdigit() and 1 <= int(value) <= MOST_QUOTES:
        return lambda: services.database.do(services.state.set_quotes, chat.id, int(value))
    if what == "k" and value in {"0", "1"} and on is None and chat.type != ChatType.PRIVATE:
        keepers: Keepers = "everybody" if value == "1" else "admins"
        return lambda: services.database.do(services.state.set_keepers, chat.id, keepers)
    if what == "t" and value.isdigit() and len(value) < 16 and on is not None and chat.is_forum:
        return lambda: services.database.do(services.state.set_free, chat.id, int(value), is_free=on == "1")
    return None


async def _redraw(services: Services, query: CallbackQuery, chat: Chat) -> None:
    message = query.message
    if not isinstance(message, Message):  # too old to be changed
        return
    now = await services.database.do(services.state.settings, chat.id)
    with suppress(BadRequest, ChatMigrated):  # somebody else pressed the same; the group moved
        await message.edit_reply_markup(keyboard(now, message, services.quotes))
