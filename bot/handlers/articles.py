"""/articles: what can be asked about, a page at a time."""

from __future__ import annotations

import logging

from telegram import InlineKeyboardMarkup, Message, Update
from telegram.ext import CallbackContext

from bot import texts
from bot.desk import Desk
from bot.handlers.routing import message_of, said_to_who_presses_too_much
from bot.keyboards import between_pages
from bot.render import newest_first, page_count, render_page, render_text
from bot.rendered import Rendered
from bot.replies import edit, reply
from index.errors import AppError, LibraryMissingError

log = logging.getLogger(__name__)


async def articles(desk: Desk, update: Update, _context: CallbackContext) -> None:  # type: ignore[type-arg]
    """List the articles of the chat: the first page."""
    message = message_of(update)
    part, keyboard = await _page(desk, message.chat.id, 0)
    await reply(message, [part], keyboard=keyboard)


async def turn(desk: Desk, update: Update, context: CallbackContext) -> None:  # type: ignore[type-arg]
    """Another page, in the place of the one that stands there."""
    query = update.callback_query
    if query is None or query.message is None or not context.matches:
        return
    if not desk.admits_press(query):
        await query.answer(texts.NOT_ADMITTED, show_alert=True)
        return
    said = said_to_who_presses_too_much(desk, query)
    if said is not None:
        await query.answer(said, show_alert=True)
        return
    await query.answer()
    if isinstance(query.message, Message):  # else too old to be changed
        part, keyboard = await _page(desk, query.message.chat.id, int(context.matches[0]["page"]))
        await edit(query.message, query.message.message_id, part, keyboard=keyboard)


async def _page(desk: Desk, chat_id: int, page: int) -> tuple[Rendered, InlineKeyboardMarkup | None]:
    """The page, from 0; the last one where there are fewer by now."""
    try:
        found = newest_first(await desk.answering.articles(chat_id))
    except LibraryMissingError:
        found = []
    except AppError as error:
        log.error("the articles could not be listed: %s", error)
        return render_text(texts.FAILED)[0], None
    if not found:
        return render_text(texts.NO_ARTICLES)[0], None
    count = page_count(found)
    page = min(page, count - 1)
    return render_page(found, page), between_pages(page, count)
