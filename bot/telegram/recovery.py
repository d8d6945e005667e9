"""After a start: what an earlier run left unsaid is said, and chats hear of messages that were set aside."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

from telegram.constants import ChatType
from telegram.error import TelegramError

from bot.chat import texts
from bot.errors import StateError
from bot.store import SetAside
from bot.telegram.messages.render import render_text
from bot.telegram.messages.replies import Reply
from bot.telegram.services import Services

log = logging.getLogger(__name__)


async def recover(services: Services) -> None:
    """Send what was planned and not sent; tell the chats of updates that were set aside, once."""
    try:
        set_aside = await services.database.do(services.inbox.set_aside, only_untold=True)
    except StateError as error:
        log.error("%s", error)
        set_aside = []
    await asyncio.gather(services.outbox.resume(), *(_tell(services, aside) for aside in set_aside))


async def _tell(services: Services, aside: SetAside) -> None:
    word = word_to(aside)
    if word is None:
        return
    try:
        await services.outbox.post(word, set_aside=aside.number)
    except TelegramError as error:
        log.warning("a chat could not be told that update %d was set aside: %s", aside.number, error)
    except StateError as error:
        log.error("%s", error)


def word_to(aside: SetAside) -> Reply | None:
    """Make the word for the chat of an update; None where nobody wrote or pressed anything."""
    message = _message_in(aside.update)
    try:
        chat_id, message_id = message["chat"]["id"], message["message_id"]
        is_private = message["chat"].get("type") == ChatType.PRIVATE
        thread = message.get("message_thread_id") if message.get("is_topic_message") else None
    except (KeyError, TypeError, AttributeError):
        return None
    if not all(isinstance(number, int) for number in (chat_id, message_id)):
        return None
    parts = tuple(render_text(texts.SET_ASIDE))
    thread = thread if isinstance(thread, int) else None
    return Reply(chat_id, parts, message_id, thread, not is_private, placeholders=aside.placeholders)


def _message_in(update: Any) -> Any:
    """Return the message that somebody wrote, edited, or pressed a button under, as Telegram sent it."""
    update = update if isinstance(update, dict) else {}
    query = update.get("callback_query")
    pressed = query.get("message") if isinstance(query, dict) else None
    return update.get("message") or update.get("edited_message") or pressed
