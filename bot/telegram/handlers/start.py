"""/start and /help, and what is said to what cannot be answered: an unknown command, a photo."""

from __future__ import annotations

from telegram import Message

from bot.chat import texts
from bot.telegram.handlers.routing import name_in_groups
from bot.telegram.messages.addressing import Addressed
from bot.telegram.messages.render import render_text
from bot.telegram.messages.replies import reply_to
from bot.telegram.services import Services


async def start(services: Services, message: Message, _to_us: Addressed) -> None:
    """Say who the bot is, and how to ask."""
    await services.outbox.post(reply_to(message, render_text(texts.start(name_in_groups(message)))))


async def help_(services: Services, message: Message, _to_us: Addressed) -> None:
    """Say who the bot is, how to ask, and which commands there are."""
    await services.outbox.post(reply_to(message, render_text(texts.help_text(name_in_groups(message)))))


async def unknown(services: Services, message: Message, _to_us: Addressed) -> None:
    """Answer a command that is not ours, in a private chat."""
    await services.outbox.post(reply_to(message, render_text(texts.UNKNOWN_COMMAND)))


async def media(services: Services, message: Message, _to_us: Addressed) -> None:
    """Answer a photo, sticker or voice in a private chat: only text is read."""
    await services.outbox.post(reply_to(message, render_text(texts.MEDIA)))
