"""The buttons of /articles: another page, one article, and out with it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from telegram import InlineKeyboardMarkup, Message

from bot.chat import article_texts, texts
from bot.chat.failures import public_message
from bot.telegram.delivery.sending import change
from bot.telegram.handlers.add import why_not
from bot.telegram.handlers.routing import Press, answer_press
from bot.telegram.messages.addressing import Addressed
from bot.telegram.messages.buttons import Values
from bot.telegram.messages.keyboards import around_article, around_page, surely
from bot.telegram.messages.render import newest_first, page_count, render_article, render_page, render_text
from bot.telegram.messages.rendered import Rendered
from bot.telegram.messages.replies import reply_to
from bot.telegram.services import Services
from index.errors import LibraryMissingError
from index.types import ArticleInfo

Shown = tuple[Rendered, InlineKeyboardMarkup | None]


async def articles(services: Services, message: Message, _to_us: Addressed) -> None:
    """List the articles of the chat: the first page."""
    part, keyboard = await _page(services, message.chat.id, 0)
    await services.outbox.post(reply_to(message, [part], keyboard=keyboard))


async def show_page(services: Services, press: Press) -> None:
    """Show a page of the list."""
    await _show(services, press, _listed)


async def show_article(services: Services, press: Press) -> None:
    """Show one article, with a button to remove it if it is the chat's own."""
    await _show(services, press, _article)


async def ask_to_remove(services: Services, press: Press) -> None:
    """Ask whether an article is to be removed."""
    if await _may_remove(services, press):
        await _show(services, press, _question)


async def remove(services: Services, press: Press) -> None:
    """Remove an article of the chat's own."""
    if await _may_remove(services, press):
        await _show(services, press, _removed)


async def _may_remove(services: Services, press: Press) -> bool:
    """Look up the right to remove; answer the press, and return False, where they have none."""
    if not isinstance(press.message, Message):  # too old to be changed: nothing will be done
        return True
    refused = await why_not(services, press.message, press.query.from_user)
    if refused is not None:
        await answer_press(press.query, refused)
    return refused is None


async def _show(
    services: Services, press: Press, content: Callable[[Services, int, Values], Awaitable[Shown]]
) -> None:
    """Answer the press, and put what ``content`` gives in the place of what stands there."""
    await answer_press(press.query)
    message = press.message
    if not isinstance(message, Message):  # too old to be changed
        return
    try:
        part, keyboard = await content(services, message.chat.id, press.values)
    except Exception as error:
        sentence = public_message(error, "an article could not be shown or removed")
        part, keyboard = render_text(sentence)[0], None
    await change(message, message.message_id, part, keyboard=keyboard)


async def _listed(services: Services, chat_id: int, values: Values) -> Shown:
    return await _page(services, chat_id, int(values["page"]))


async def _article(services: Services, chat_id: int, values: Values) -> Shown:
    article, is_own = await _find(services, chat_id, values["article"])
    page = int(values["page"])
    if article is None:
        return _gone(page)
    return render_article(article), around_article(article.id if is_own else None, page)


async def _question(services: Services, chat_id: int, values: Values) -> Shown:
    article, is_own = await _find(services, chat_id, values["article"])
    page = int(values["page"])
    if article is None or not is_own:
        return _gone(page)
    return render_text(article_texts.sure_to_remove(article.title))[0], surely(article.id, page)


async def _removed(services: Services, chat_id: int, values: Values) -> Shown:
    article, is_own = await _find(services, chat_id, values["article"])
    page = int(values["page"])
    if article is None or not is_own:
        return _gone(page)
    removed = await services.ingest.remove(chat_id, article.id)
    return render_text(article_texts.removed(removed.title))[0], around_article(None, page)


async def _find(services: Services, chat_id: int, article_id: str) -> tuple[ArticleInfo | None, bool]:
    """Return an article that the chat may ask about, if there is one, and whether it is the chat's own."""
    articles = await _articles(services, chat_id)
    is_own = await services.ingest.is_own(chat_id, article_id)
    return next((article for article in articles if article.id == article_id), None), is_own


def _gone(page: int) -> Shown:
    return render_text(article_texts.ARTICLE_GONE)[0], around_article(None, page)


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
