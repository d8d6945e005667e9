"""What may be an article becomes one once that is confirmed: links among words, long texts, others' words."""

from __future__ import annotations

from collections.abc import Sequence

from telegram import Message

from bot.chat import article_texts
from bot.chat.ingest.sources import Link, Source
from bot.telegram.delivery.sending import change
from bot.telegram.handlers.add import has_time, take, why_not
from bot.telegram.handlers.ask import ask
from bot.telegram.handlers.routing import Press, answer_press
from bot.telegram.messages.addressing import Addressed
from bot.telegram.messages.keyboards import keep_or_not
from bot.telegram.messages.message_sources import links_in, question_beside, words_from, words_of
from bot.telegram.messages.render import render_text
from bot.telegram.messages.replies import reply_to
from bot.telegram.placeholder import Placeholder
from bot.telegram.services import Services
from index.documents.web.address import canonical
from index.errors import AppError, LibraryMissingError
from index.types import ArticleInfo

MOST_LINKS = 3
"""Pages that one message can have added."""


async def offer(services: Services, message: Message, to_us: Addressed) -> None:
    """Offer to add what a message brings; ask it, instead, where it is here already or may not be added."""
    links = links_in(message)[:MOST_LINKS]
    known = await _known(services, message.chat.id, links)
    refused = await why_not(services, message, message.from_user, message)
    if to_us.question and (refused is not None or (known and len(known) == len(links))):
        about = known[0].title if known else to_us.about
        await ask(services, message, Addressed("ask", to_us.question, about=about))
        return
    if refused is not None:
        await services.outbox.post(reply_to(message, render_text(refused)))
    elif known and len(known) == len(links):
        await services.outbox.post(reply_to(message, render_text(article_texts.here_already(known[0].title))))
    else:
        offered = article_texts.keep_pages(len(links)) if links else article_texts.KEEP_WORDS
        await services.outbox.post(reply_to(message, render_text(offered), keyboard=keep_or_not()))


async def keep(services: Services, press: Press) -> None:
    """Add what was offered, or not: what the message brings that our offer replied to."""
    query, asked = press.query, press.message
    if not isinstance(asked, Message):  # too old to say which message
        await answer_press(query, article_texts.MESSAGE_GONE)
        return
    offered = asked.reply_to_message
    refused = await why_not(services, asked, query.from_user)
    if offered is None or not words_of(offered).strip() or refused is not None:
        await answer_press(query, refused or article_texts.MESSAGE_GONE)
        return
    await answer_press(query)
    if press.values["yes"] != "1":
        await change(asked, asked.message_id, render_text(article_texts.NOT_KEPT)[0])
        return
    links = () if offered.forward_origin else links_in(offered)[:MOST_LINKS]
    sources: Sequence[Source] = [Link(link) for link in links] or [words_from(offered)]
    placeholders: tuple[int, ...] = (asked.message_id,)
    for source in sources:
        if not await has_time(services, asked, placeholders):
            return
        article = await take(services, asked, query.from_user.id, source, placeholders)
        Placeholder.of(services, asked).leave()
        placeholders = ()
    question = question_beside(words_of(offered), links) if links else ""
    if article is not None and question:
        await ask(services, offered, Addressed("ask", question, about=article.title))


async def _known(services: Services, chat_id: int, links: Sequence[str]) -> list[ArticleInfo]:
    """Return the articles of the chat that these addresses lead to, as far as the addresses tell."""
    try:
        articles = await services.answering.articles(chat_id)
    except LibraryMissingError:
        return []
    by_address = {article.source: article for article in articles}
    return [by_address[address] for link in links if (address := _canonical(link)) in by_address]


def _canonical(link: str) -> str:
    try:
        return canonical(link)
    except AppError:
        return ""
