"""/summary: what an article is about; without words of a title, the newest."""

from __future__ import annotations

import logging

from telegram import Update
from telegram.ext import CallbackContext

from bot import texts
from bot.answering import Answering
from bot.desk import Desk
from bot.handlers.routing import message_of, said_to_who_asks_too_much
from bot.render import render_answer, render_text
from bot.replies import reply, typing
from index.errors import AppError, ArticleMissingError, LibraryMissingError
from retrieval.about.which import ArticleNameError
from retrieval.conversation import Conversation
from retrieval.types import Answer

log = logging.getLogger(__name__)


async def summary(desk: Desk, update: Update, _context: CallbackContext) -> None:  # type: ignore[type-arg]
    """Say the key points of an article; what is asked next is asked about it."""
    message = message_of(update)
    to_us = desk.addressed(message)
    name = to_us.text if to_us else ""
    said = said_to_who_asks_too_much(desk, message)
    if said is not None:
        await reply(message, render_text(said))
        return
    conversation = desk.conversations.before(message)
    async with typing(message):
        told = await _summary(desk.answering, name, conversation)
    if isinstance(told, str):
        await reply(message, render_text(told))
        return
    sent = await reply(message, render_answer(told))
    desk.conversations.keep(message, sent, conversation.followed_by(told))


async def _summary(answering: Answering, name: str, conversation: Conversation) -> Answer | str:
    try:
        if not await answering.articles():
            return texts.NO_ARTICLES
        return await answering.summarize(name, conversation)
    except (ArticleMissingError, ArticleNameError) as error:
        return str(error)
    except LibraryMissingError:
        return texts.NO_ARTICLES
    except AppError as error:
        log.error("a summary could not be made: %s", error)
        return texts.FAILED
