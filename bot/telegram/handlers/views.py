"""The buttons under an answer: more quotes, context, what comes nearest. They work after a restart, too."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from telegram import MaybeInaccessibleMessage, Message

from bot.chat import texts
from bot.chat.failures import public_message
from bot.store import Exchange, StoredAnswer
from bot.telegram.delivery.sending import change
from bot.telegram.handlers.routing import Press, answer_press
from bot.telegram.messages.keyboards import View, under_answer, view_of
from bot.telegram.messages.render import render_nearest, render_quotes, render_text
from bot.telegram.messages.rendered import Rendered
from bot.telegram.messages.replies import reply_to
from bot.telegram.services import Services
from index.errors import LibraryMissingError
from retrieval.answers import Refusal
from retrieval.quote import QuotePlace
from retrieval.types import Citation

AROUND = (700, 350, 150)
"""Characters of context on either side of a quote, the most that one message has room for."""


async def change_view(services: Services, press: Press) -> None:
    """Show an answer another way, to all who see it."""
    exchange, answer = await _find(services, press)
    if exchange is None or answer is None:  # forgotten just now
        await answer_press(press.query, texts.BUTTON_GONE)
        return
    if services.answering.are_unread(exchange.chat_id, _places(answer, further=True)):
        await answer_press(press.query, texts.UNREAD)
        return
    await answer_press(press.query)  # at once: Telegram takes no answer to a press that waited in line
    if isinstance(press.message, Message):  # else too old to be changed
        await _show(services, press.message, exchange, answer, view_of(press.values["view"]))


async def is_kept(services: Services, press: Press) -> bool:
    """Tell whether the button stands under the answer that it is of, and that is kept still."""
    _, answer = await _find(services, press)
    return answer is not None


async def _find(services: Services, press: Press) -> tuple[Exchange, StoredAnswer | None] | tuple[None, None]:
    """Return the exchange whose answer the button is of, with the answer; None where it stands elsewhere."""
    exchange = await services.database.do(services.exchanges.by_key, press.values["key"])
    if exchange is None or not _is_under(press.message, exchange):
        return None, None
    return exchange, exchange.answer


def _is_under(message: MaybeInaccessibleMessage, exchange: Exchange) -> bool:
    return message.chat.id == exchange.chat_id and message.message_id in exchange.messages


async def _show(
    services: Services, message: Message, exchange: Exchange, answer: StoredAnswer, view: View
) -> None:
    try:
        part, link = await _fitting(services, exchange, answer, _places(answer, further=view.further), view)
    except LibraryMissingError:
        part, link = None, None
    except Exception as error:
        sentence = public_message(error, "quotes could not be shown again")
        await services.outbox.post(
            reply_to(message, render_text(sentence))
        )  # what stands there is worth more
        return
    keyboard = under_answer(exchange.key, answer, view, link) if part is not None else None
    await change(message, message.message_id, part or render_text(texts.QUOTES_GONE)[0], keyboard=keyboard)


def _places(answer: StoredAnswer, *, further: bool) -> tuple[QuotePlace, ...]:
    shown = answer.turn.places if answer.turn else ()
    return (*shown, *(answer.further if further else ()))


async def _fitting(
    services: Services, exchange: Exchange, answer: StoredAnswer, places: Sequence[QuotePlace], view: View
) -> tuple[Rendered | None, str | None]:
    """Render as much as one message holds, with its first quote's link; None where no article is left."""
    is_refusal = answer.reason != "answered"
    if is_refusal and not places:
        return render_nearest(_refusal(answer, []))[0], None
    for around in (*AROUND, 0) if view.context else (0,):
        citations = await services.answering.quote_again(exchange.chat_id, places, around)
        if not citations:
            return None, None
        for count in _counts(citations, is_last=around in {0, AROUND[-1]}):
            if is_refusal:
                parts = render_nearest(_refusal(answer, citations[:count]))
            else:
                parts = render_quotes(answer.understood, citations[:count])
            if len(parts) == 1:
                return parts[0], citations[0].link
    return parts[0], citations[0].link


def _refusal(answer: StoredAnswer, nearest: Sequence[Citation]) -> Refusal:
    reason: Literal["close", "nothing"] = "close" if answer.reason == "close" else "nothing"
    return Refusal(answer.question, reason, tuple(nearest), understood=answer.understood)


def _counts(citations: Sequence[Citation], *, is_last: bool) -> Iterator[int]:
    """Yield how many to try to show: all; fewer and fewer, once there is no other way."""
    yield len(citations)
    if is_last:
        yield from range(len(citations) - 1, 0, -1)
