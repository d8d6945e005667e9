"""A question, and what the articles say to it."""

from __future__ import annotations

import logging

from telegram import Message, Update
from telegram.ext import CallbackContext

from bot import texts
from bot.answering import Answering
from bot.conversations import Conversations
from bot.handlers.routing import is_private, message_of, name_in_groups, question_of
from bot.render import render_answer, render_text
from bot.replies import reply, typing
from index.errors import AppError, LibraryMissingError
from retrieval.conversation import Conversation
from retrieval.talk import talk_of
from retrieval.types import Answer, QuestionError

log = logging.getLogger(__name__)


async def ask(
    answering: Answering,
    conversations: Conversations,
    update: Update,
    _context: CallbackContext,  # type: ignore[type-arg]
) -> None:
    """Answer a question, or what is said instead of one."""
    message = message_of(update)
    question = question_of(message)
    said = _said_to_talk(message, question)
    if said is not None:
        await reply(message, render_text(said))
        return
    conversation = conversations.before(message)
    async with typing(message):
        answer = await _answer(answering, question, conversation)
    if isinstance(answer, str):
        await reply(message, render_text(answer))
        return
    sent = await reply(message, render_answer(answer))
    conversations.keep(message, sent, conversation.followed_by(answer))


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


async def _answer(answering: Answering, question: str, conversation: Conversation) -> Answer | str:
    """The answer; a sentence where there is none to be had."""
    try:
        answer = await answering.ask(question, conversation)
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
