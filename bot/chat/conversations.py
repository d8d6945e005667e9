"""A question and its answer as a step of a conversation, whatever surface it was asked on.

A question goes on with the answer that it replies to, else with the last one of its topic for ``GOES_ON_S``.
Where several people talk at once there is no such topic, and only a reply goes on.
"""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace

from bot.chat import answer_texts, texts
from bot.chat.answering import Answering, Progress
from bot.chat.failures import may_pass, public_message
from bot.store import Database, Exchange, Exchanges, StoredAnswer
from retrieval.answers import (
    AboutArticle,
    Answer,
    ArticleList,
    Quotes,
    Refusal,
    SmallTalk,
    citations_of,
    understood_of,
)
from retrieval.conversation import MAX_TURNS, talk_of
from retrieval.quote import StoredTurn, quote_place, stored_turn

GOES_ON_S = 6 * 3600.0
"""Who comes back tomorrow begins anew, unless by a reply."""

Read = Callable[[Sequence[StoredTurn], Progress], Awaitable[Answer]]
"""Reads an answer behind what was asked and answered before; raises AppError."""


@dataclass(frozen=True, slots=True)
class AskingMessage:
    """A message that asks, as any surface has it."""

    chat_id: int
    message_id: int
    written_at: float  # seconds since 1970, by the clock of the surface
    topic: int | None  # in which a question goes on with the last one; None where only a reply does
    replies_to: int | None = None  # a message of the same chat
    is_edited: bool = False


@dataclass(frozen=True, slots=True)
class FixedReply:
    """A sentence that is said where no answer can be given."""

    text: str
    may_pass: bool = False  # it is no fault of the question: another time it may be answered


Outcome = Answer | FixedReply


async def begin(database: Database, exchanges: Exchanges, message: AskingMessage) -> Exchange | None:
    """Return the exchange that ``message`` begins, or began before it was edited; None where it was answered.

    A message comes again when the bot was stopped before it could say that it has it.
    """
    known = await database.do(exchanges.by_question, message.chat_id, message.message_id)
    if known is not None:
        return known if message.is_edited else None
    now = max(time.time(), message.written_at)  # our clock may be set wrong; that of the surface is right
    earlier = await database.do(followed, exchanges, message, now)
    follows = earlier.key if earlier else None
    return Exchange("", message.chat_id, message.message_id, message.topic, follows, None, (), now)


def followed(exchanges: Exchanges, message: AskingMessage, now: float) -> Exchange | None:
    """Find what ``message`` goes on with; None where it begins anew. ``now`` counts seconds since 1970."""
    if message.replies_to is not None:
        return exchanges.by_message(message.chat_id, message.replies_to)
    last = None if message.topic is None else exchanges.last_in(message.chat_id, message.topic)
    return last if last is not None and now - last.at < GOES_ON_S else None


def reply_to_talk(text: str, username: str | None) -> str | None:
    """Return what is said to a message that asks nothing; None where it is a question.

    ``username`` is what the bot is called by in a group, None in private. In a group, thanks and goodbyes get
    an empty reply: they need none.
    """
    if not text:
        return texts.how(username)
    talk = talk_of(text)
    if talk is None:
        return None
    if username is not None and talk in {"thanks", "goodbye"}:
        return ""
    return answer_texts.small_talk(SmallTalk(text, talk), texts.directions(username))


async def turns_before(database: Database, exchanges: Exchanges, begun: Exchange) -> list[StoredTurn]:
    """Read the turns that an exchange goes on with, oldest first, the last MAX_TURNS at most."""
    earlier = await database.do(exchanges.chain, begun.follows, MAX_TURNS)
    return [exchange.answer.turn for exchange in earlier if exchange.answer and exchange.answer.turn]


async def answer(
    answering: Answering, chat_id: int, turns: Sequence[StoredTurn], progress: Progress, read: Read
) -> Outcome:
    """Return what ``read`` answers behind ``turns``, or the sentence that is said where nothing can be."""
    try:
        found = await read(turns, progress)
        if not citations_of(found) and not await answering.articles(chat_id):
            return FixedReply(texts.NO_ARTICLES)
        return found
    except Exception as error:
        return FixedReply(public_message(error, "a question could not be answered"), may_pass(error))


def answered(begun: Exchange, outcome: Outcome) -> Exchange:
    """Return the exchange ``begun`` with what was answered in it; a FixedReply answers nothing."""
    return replace(begun, answer=None if isinstance(outcome, FixedReply) else _stored(outcome))


def _stored(answer: Answer) -> StoredAnswer:
    match answer:
        case Quotes(more=further) | Refusal(nearest=further):
            pass
        case AboutArticle() | ArticleList() | SmallTalk():
            further = ()
    return StoredAnswer(
        answer.question,
        understood_of(answer),
        answer.kind,
        answer.reason,
        stored_turn(answer),
        tuple(quote_place(citation) for citation in further),
    )
