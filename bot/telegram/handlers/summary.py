"""/summary: what an article is about; without words of a title, the newest."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from telegram import Message

from bot.chat import Progress
from bot.telegram.answer_flow import answer, begin
from bot.telegram.messages.addressing import Addressed
from bot.telegram.services import Services
from index.errors import LibraryMissingError
from retrieval.answers import Answer
from retrieval.quote import StoredTurn


async def summary(services: Services, message: Message, to_us: Addressed) -> None:
    """Say the key points of an article; what is asked next is asked about it."""
    begun = await begin(services, message)
    if begun is None:
        return
    await answer(services, message, begun, partial(_read, services, message, to_us.text))


async def _read(
    services: Services, message: Message, name: str, turns: Sequence[StoredTurn], progress: Progress
) -> Answer:
    if not await services.answering.articles(message.chat.id):
        raise LibraryMissingError("There's nothing to summarize.")
    return await services.answering.summarize(
        message.chat.id, name, turns, progress, gives_way=services.asks_too_much(message)
    )
