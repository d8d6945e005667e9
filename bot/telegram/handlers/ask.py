"""A question, and what the articles say to it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from telegram import Message

from bot.chat import Progress
from bot.chat.conversations import reply_to_talk
from bot.telegram.answer_flow import answer, begin, say
from bot.telegram.handlers.routing import name_in_groups
from bot.telegram.messages.addressing import Addressed
from bot.telegram.services import Services
from retrieval.answers import Answer
from retrieval.quote import StoredTurn


async def ask(services: Services, message: Message, to_us: Addressed) -> None:
    """Answer a question, or what is said instead of one; again, where it was edited."""
    begun = await begin(services, message)
    if begun is None or (begun.answer and begun.answer.question == to_us.text):
        return
    said = reply_to_talk(to_us.text, name_in_groups(message))
    if said is not None:
        await say(services, message, begun, said)
        return
    await answer(services, message, begun, partial(_read, services, message, to_us))


async def _read(
    services: Services, message: Message, to_us: Addressed, turns: Sequence[StoredTurn], progress: Progress
) -> Answer:
    settings = await services.database.do(services.state.settings, message.chat.id)
    return await services.answering.ask(
        message.chat.id,
        to_us.text,
        turns,
        progress,
        about=to_us.about,
        quotes=settings.quotes,
        gives_way=services.asks_too_much(message),
    )
