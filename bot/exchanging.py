"""One question and its answer: read, said, and kept, so that buttons, edits and follow-ups find it again."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace

from telegram import Message

from bot import texts
from bot.answering import Progress
from bot.conversations import followed, place_of
from bot.desk import Desk
from bot.exchanges import keyed
from bot.failures import may_pass, told_of
from bot.keyboards import View, under_answer
from bot.render import render_answer, render_text
from bot.replies import reply_to
from bot.types import Given, Kept
from bot.waiting import waiting
from retrieval.conversation import MAX_TURNS
from retrieval.quote import StoredTurn, quote_place, stored_turn
from retrieval.types import Answer

Read = Callable[[Sequence[StoredTurn], Progress], Awaitable[Answer]]
"""An answer behind what was asked and answered before; raises AppError."""


async def begin(desk: Desk, message: Message) -> Kept | None:
    """The exchange that ``message`` begins, or began before it was edited; None where it was answered.

    A message comes again when the bot was stopped before it could say that it has it.
    """
    known = await desk.database.do(desk.exchanges.by_question, message.chat.id, message.message_id)
    if known is not None:
        return known if message.edit_date else None
    now = max(time.time(), message.date.timestamp())  # ours may be set wrong; Telegram's is right
    earlier = await desk.database.do(followed, desk.exchanges, message, now)
    follows = earlier.key if earlier else None
    return Kept("", message.chat.id, message.message_id, place_of(message), follows, None, (), now)


async def answer(desk: Desk, message: Message, begun: Kept, read: Read) -> None:
    """Answer ``message`` with what ``read`` gives; in the place of what was said to it before, if it was.

    An answer stays where one to the edited question fails: it is worth more than the news of that, which is
    said below it.
    """
    earlier = await desk.database.do(desk.exchanges.thread, begun.follows, MAX_TURNS)
    turns = [one.given.turn for one in earlier if one.given and one.given.turn]
    if begun.messages:
        told = await _told(desk, message, turns, Progress(), read)
        if isinstance(told, _Failure) and begun.given is not None:
            await desk.outbox.post(reply_to(message, render_text(told.text)))
        else:
            await _say_answer(desk, message, begun, told, begun.messages)
        return
    progress = Progress()
    async with waiting(message, progress, desk) as shown:
        told = await _told(desk, message, turns, progress, read)
    await _say_answer(desk, message, begun, told, shown.standing)


async def say(desk: Desk, message: Message, begun: Kept, text: str) -> None:
    """Say a fixed sentence to ``message``; where it is empty, what was said before stands."""
    if text or not begun.messages:
        await _say_answer(desk, message, begun, text, begun.messages)


@dataclass(frozen=True, slots=True)
class _Failure:
    """A sentence for a question that could not be answered now, and may be answered another time."""

    text: str


async def _told(
    desk: Desk, message: Message, turns: Sequence[StoredTurn], progress: Progress, read: Read
) -> Answer | str | _Failure:
    """Return the answer; a sentence where there is none to be had."""
    try:
        told = await read(turns, progress)
        if not told.citations and not await desk.answering.articles(message.chat.id):
            return texts.NO_ARTICLES
        return told
    except Exception as error:
        said = told_of(error, "a question could not be answered")
        return _Failure(said) if may_pass(error) else said


async def _say_answer(
    desk: Desk, message: Message, begun: Kept, told: Answer | str | _Failure, standing: Sequence[int]
) -> None:
    if isinstance(told, Answer):
        parts, given = render_answer(told), _given(told)
    else:
        parts, given = render_text(told.text if isinstance(told, _Failure) else told), None
    kept = keyed(replace(begun, given=given))
    keyboard = None
    if given is not None and len(parts) == 1:
        link = told.citations[0].link if isinstance(told, Answer) and told.citations else None
        keyboard = under_answer(kept.key, given, View(), link)
    await desk.outbox.post(reply_to(message, parts, keyboard=keyboard, standing=standing), keep=kept)


def _given(told: Answer) -> Given:
    further = told.more if told.answered else told.nearest
    return Given(
        told.question,
        told.understood,
        told.kind,
        told.reason,
        stored_turn(told),
        tuple(quote_place(citation) for citation in further),
    )
