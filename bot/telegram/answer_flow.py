"""Answers a question in Telegram and keeps the exchange, so that buttons and follow-ups find it again."""

from __future__ import annotations

from collections.abc import Sequence

from telegram import Message

from bot.chat import FixedReply, Outcome, Progress, conversations
from bot.chat.conversations import Read
from bot.store import Exchange
from bot.store.exchanges import keyed
from bot.telegram.messages.keyboards import View, under_answer
from bot.telegram.messages.render import render_answer, render_text
from bot.telegram.messages.replies import reply_to
from bot.telegram.messages.topics import asking_message
from bot.telegram.progress_message import showing_progress
from bot.telegram.services import Services
from retrieval.answers import Answer, citations_of


async def begin(services: Services, message: Message) -> Exchange | None:
    """Return the exchange that ``message`` begins, or began before an edit; None where it was answered."""
    return await conversations.begin(services.database, services.exchanges, asking_message(message))


async def answer(services: Services, message: Message, begun: Exchange, read: Read) -> None:
    """Answer ``message`` with what ``read`` gives; in the place of what was said to it before, if it was.

    An answer stays where one to the edited question fails: it is worth more than the news of that, which is
    said below it.
    """
    turns = await conversations.turns_before(services.database, services.exchanges, begun)
    chat_id = message.chat.id
    if begun.messages:
        outcome = await conversations.answer(services.answering, chat_id, turns, Progress(), read)
        if isinstance(outcome, FixedReply) and outcome.may_pass and begun.answer is not None:
            await services.outbox.post(reply_to(message, render_text(outcome.text)))
        else:
            await _say(services, message, begun, outcome, begun.messages)
        return
    progress = Progress()
    async with showing_progress(message, progress, services) as shown:
        outcome = await conversations.answer(services.answering, chat_id, turns, progress, read)
    await _say(services, message, begun, outcome, shown.placeholders)


async def say(services: Services, message: Message, begun: Exchange, text: str) -> None:
    """Say a fixed sentence to ``message``; where it is empty, what was said before stands."""
    if text or not begun.messages:
        await _say(services, message, begun, FixedReply(text), begun.messages)


async def _say(
    services: Services, message: Message, begun: Exchange, outcome: Outcome, placeholders: Sequence[int]
) -> None:
    parts = render_text(outcome.text) if isinstance(outcome, FixedReply) else render_answer(outcome)
    exchange = keyed(conversations.answered(begun, outcome))
    keyboard = None
    if exchange.answer is not None and len(parts) == 1:
        link = None if isinstance(outcome, FixedReply) else _first_link(outcome)
        keyboard = under_answer(exchange.key, exchange.answer, View(), link)
    await services.outbox.post(
        reply_to(message, parts, keyboard=keyboard, placeholders=placeholders), keep=exchange
    )


def _first_link(answer: Answer) -> str | None:
    citations = citations_of(answer)
    return citations[0].link if citations else None
