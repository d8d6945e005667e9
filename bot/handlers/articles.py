"""/articles: what can be asked about."""

from __future__ import annotations

import logging

from telegram import Update
from telegram.ext import CallbackContext

from bot import texts
from bot.answering import Answering
from bot.handlers.routing import message_of
from bot.render import render_articles, render_text
from bot.rendered import Rendered
from bot.replies import reply
from index.errors import AppError, LibraryMissingError

log = logging.getLogger(__name__)


async def articles(answering: Answering, update: Update, _context: CallbackContext) -> None:  # type: ignore[type-arg]
    """List the articles."""
    await reply(message_of(update), await _list(answering))


async def _list(answering: Answering) -> list[Rendered]:
    try:
        found = await answering.articles()
    except LibraryMissingError:
        found = []
    except AppError as error:
        log.error("the articles could not be listed: %s", error)
        return render_text(texts.FAILED)
    return render_articles(found) if found else render_text(texts.NO_ARTICLES)
