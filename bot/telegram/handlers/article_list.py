"""The buttons of /articles: another page, one article, and out with it."""

from __future__ import annotations

from functools import partial

from telegram import CallbackQuery, InlineKeyboardMarkup, Message, Update

from bot.chat import article_texts, texts
from bot.chat.failures import public_message
from bot.telegram.delivery.sending import change
from bot.telegram.handlers.add import why_not
from bot.telegram.handlers.routing import Context, answer_press
from bot.telegram.messages.addressing import Addressed
from bot.telegram.messages.keyboards import around_article, around_page, surely
from bot.telegram.messages.render import newest_first, page_count, render_article, render_page, render_text
from bot.telegram.messages.rendered import Rendered
from bot.telegram.messages.replies import reply_to
from bot.telegram.services import Services
from index.errors import LibraryMissingError
from index.library_name import LibraryName
from index.types import ArticleInfo

Shown = tuple[Rendered, InlineKeyboardMarkup | None]


async def articles(services: Services, message: Message, _to_us: Addressed) -> None:
    """List the articles of the chat: the first page."""
    part, keyboard = await _page(services, message.chat.id, 0)
    await services.outbox.post(reply_to(message, [part], keyboard=keyboard))


async def press(services: Services, update: Update, context: Context) -> None:
    """Show or do what a button says, in the place of what stands there."""
    query = update.callback_query
    if query is None or query.message is None or not context.matches:
        return
    what, article_id, page = context.matches[0].group("what", "article", "page")
    refused = await _refused(services, query, what)
    if refused is not None:
        await answer_press(query, refused)
        return
    await answer_press(query)
    if isinstance(query.message, Message):  # else too old to be changed
        try:
            part, keyboard = await _shown(services, query.message.chat.id, what, article_id, int(page))
        except Exception as error:
            sentence = public_message(error, "an article could not be shown or removed")
            part, keyboard = render_text(sentence)[0], None
        await change(query.message, query.message.message_id, part, keyboard=keyboard)


async def _refused(services: Services, query: CallbackQuery, what: str) -> str | None:
    """Say why nothing is shown or done; the rights to remove are looked up at every press."""
    if not services.admits_press(query):
        return texts.NOT_ADMITTED
    if what in {"r", "R"} and isinstance(query.message, Message):
        refused = await why_not(services, query.message, query.from_user)
        if refused is not None:
            return refused
    return None


async def _shown(services: Services, chat_id: int, what: str, article_id: str | None, page: int) -> Shown:
    if what == "p" or article_id is None:
        return await _page(services, chat_id, page)
    articles = await _articles(services, chat_id)
    found = next((article for article in articles if article.id == article_id), None)
    own = LibraryName.of_chat(chat_id)
    is_own = await services.answering.in_libraries(
        partial(services.answering.libraries.is_current, own, article_id)
    )
    if found is None or (what != "l" and not is_own):
        return render_text(article_texts.ARTICLE_GONE)[0], around_article(None, page)
    if what == "l":
        return render_article(found), around_article(found.id if is_own else None, page)
    if what == "r":
        return render_text(article_texts.sure_to_remove(found.title))[0], surely(found.id, page)
    removed = await services.ingest.remove(chat_id, article_id)
    return render_text(article_texts.removed(removed.title))[0], around_article(None, page)


async def _page(services: Services, chat_id: int, page: int) -> Shown:
    """Show a page, counted from 0; the last one where there are fewer by now."""
    try:
        found = newest_first(await _articles(services, chat_id))
    except Exception as error:
        return render_text(public_message(error, "the articles could not be listed"))[0], None
    if not found:
        return render_text(texts.NO_ARTICLES)[0], None
    count = page_count(found)
    page = min(page, count - 1)
    below = texts.PART_NOT_LISTED if services.answering.unread(chat_id) else ""
    return render_page(found, page, below), around_page(found, page)


async def _articles(services: Services, chat_id: int) -> list[ArticleInfo]:
    try:
        return [*await services.answering.articles(chat_id)]
    except LibraryMissingError:
        return []
