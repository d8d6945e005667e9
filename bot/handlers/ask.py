"""A question, and what the articles say to it."""

from __future__ import annotations

import asyncio
import logging

from telegram import Message, Update
from telegram.ext import CallbackContext

from bot import texts
from bot.answering import Answering
from bot.desk import Desk
from bot.handlers.routing import is_private, message_of, name_in_groups, said_to_who_asks_too_much
from bot.render import render_answer, render_text
from bot.replies import reply, typing
from index.errors import AppError, LibraryMissingError
from retrieval.conversation import Conversation, Turn
from retrieval.talk import talk_of
from retrieval.types import Answer, QuestionError

log = logging.getLogger(__name__)


async def ask(desk: Desk, update: Update, _context: CallbackContext) -> None:  # type: ignore[type-arg]
    """Answer a question, or what is said instead of one."""
    message = message_of(update)
    to_us = desk.addressed(message)
    if to_us is None:
        return
    said = _said_to_talk(message, to_us.text)
    if said is None:
        said = said_to_who_asks_too_much(desk, message)
    if said is not None:
        await reply(message, render_text(said))
        return
    conversation = desk.conversations.before(message)
    if to_us.about:
        conversation = conversation.with_turn(Turn(to_us.about, (), ()))
    async with typing(message):
        quotes = (await asyncio.to_thread(desk.state.settings, message.chat.id)).quotes
        answer = await _answer(desk.answering, to_us.text, conversation, quotes)
    if isinstance(answer, str):
        await reply(message, render_text(answer))
        return
    sent = await reply(message, render_answer(answer))
    desk.conversations.keep(message, sent, conversation.followed_by(answer))


def _said_to_talk(message: Message, text: str) -> str | None:
    """What to say to what is no question, nothing to thanks in a group; None when it is a question."""
    if not text:
        return texts.how(name_in_groups(message))
    match talk_of(text):
        case "greeting":
            return texts.greeting(name_in_groups(message))
        case "thanks":
            return texts.WELCOME if is_private(message) else ""
        case "goodbye":
            return texts.GOODBYE if is_private(message) else ""
        case "bot":
            return texts.start(name_in_groups(message))
    return None


async def _answer(
    answering: Answering, question: str, conversation: Conversation, quotes: int | None
) -> Answer | str:
    """The answer; a sentence where there is none to be had."""
    try:
        answer = await answering.ask(question, conversation, quotes)
        if not answer.citations and not await answering.articles():
            return texts.NO_ARTICLES
        return answer
    except QuestionError as error:
        return str(error)
    except LibraryMissingError:
        return texts.NO_ARTICLES
    except AppError as error:
        log.error("a question could not be answered: %s", error)
        return texts.FAILED
