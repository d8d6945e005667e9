"""/summary: what an article is about; without words of a title, the newest."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from telegram import Message, Update
from telegram.ext import CallbackContext

from bot.chat.answering import Progress
from bot.telegram.answer_flow import answer, begin
from bot.telegram.handlers.routing import message_of
from bot.telegram.services import Desk
from index.errors import LibraryMissingError
from retrieval.quote import StoredTurn
from retrieval.types import Answer


async def summary(desk: Desk, update: Update, _context: CallbackContext) -> None:  # type: ignore[type-arg]
    """Say the key points of an article; what is asked next is asked about it."""
    message = message_of(update)
    to_us = desk.addressed(message)
    begun = await begin(desk, message)
    if to_us is None or begun is None:
        return
    await answer(desk, message, begun, partial(_read, desk, message, to_us.text))


async def _read(
    desk: Desk, message: Message, name: str, turns: Sequence[StoredTurn], progress: Progress
) -> Answer:
    if not await desk.answering.articles(message.chat.id):
        raise LibraryMissingError("There is nothing to summarize.")
    return await desk.answering.summarize(
        message.chat.id, name, turns, progress, gives_way=desk.asks_too_much(message)
    )
