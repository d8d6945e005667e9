"""What an asker sees while an answer is read: typing; in private a draft; in a group that waits, a message.

Telegram shows typing for five seconds, and a draft, which only private chats have, for thirty.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

from telegram import Message
from telegram.constants import ChatAction, ChatType
from telegram.error import TelegramError

from bot.chat import Progress, texts
from bot.telegram.delivery.sending import change
from bot.telegram.messages.render import render_answer, render_text
from bot.telegram.messages.rendered import Rendered
from bot.telegram.placeholder import Placeholder
from bot.telegram.services import Services
from retrieval.answers import citations_of

log = logging.getLogger(__name__)

TYPING_LASTS_S = 4.5
DRAFT_AFTER_S = 1.0
DRAFT_LASTS_S = 20.0
SLOW_DRAFT_S = 2.0  # an answer does not wait longer for one that is on its way
MESSAGE_AFTER_S = 2.0
LOOK_S = 1.0  # how often there may be news for a draft,
EDIT_S = 3.0  # and for a message: every edit counts as one


class ProgressMessage:
    """What stands there until the answer does."""

    def __init__(self, message: Message, progress: Progress, placeholder: Placeholder) -> None:
        self._message = message
        self._progress = progress
        self._placeholder = placeholder
        self._over = asyncio.Event()

    @property
    def placeholders(self) -> tuple[int, ...]:
        """The message of ours that the answer takes the place of, if there is one."""
        return self._placeholder.messages

    def end(self) -> None:
        """Stop showing: the answer is there, or there will be none."""
        self._over.set()

    async def show_typing(self) -> None:
        """Show typing until the end."""
        while not self._over.is_set():
            with _unimportant():
                await self._message.reply_chat_action(ChatAction.TYPING)
            await self._pause(TYPING_LASTS_S)

    async def fill_draft(self) -> None:
        """Show a draft until the end: news as soon as there are any, and the draft again before it fades."""
        shown, age_s = None, 0.0
        await self._pause(DRAFT_AFTER_S)
        while not self._over.is_set():
            now = progress_text(self._progress)
            if now != shown or age_s >= DRAFT_LASTS_S:
                shown, age_s = now, 0.0
                try:
                    await self._message.reply_text_draft(
                        self._message.message_id, now.text, entities=now.entities
                    )
                except TelegramError as error:  # a server that has no drafts
                    log.debug("no draft could be shown: %s", error)
                    return
            await self._pause(LOOK_S)
            age_s += LOOK_S

    async def change_message(self, has_room: Callable[[int], bool]) -> None:
        """Show a message that says how far it is until the end, unless that is near."""
        await self._pause(MESSAGE_AFTER_S)
        if self._over.is_set() or not has_room(self._message.chat.id):
            return
        shown = progress_text(self._progress)
        await self._placeholder.show(shown)
        await self._pause(EDIT_S)
        while self.placeholders and not self._over.is_set():
            now = progress_text(self._progress)
            if now != shown and has_room(self._message.chat.id):
                shown = now
                with _unimportant():
                    await change(self._message, self.placeholders[0], now, patience_s=0.0)
            await self._pause(EDIT_S)

    async def _pause(self, seconds: float) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(self._over.wait(), seconds)


@asynccontextmanager
async def showing_progress(
    message: Message, progress: Progress, services: Services
) -> AsyncIterator[ProgressMessage]:
    """Show that the bot is at it, while this lasts; what stands there afterwards is in ``placeholders``.

    It stays there where the bot is stopped, for the answer after its next start.
    """
    placeholder = Placeholder.of(services, message)
    shown = ProgressMessage(message, progress, placeholder)
    is_private = message.chat.type == ChatType.PRIVATE
    news = shown.fill_draft() if is_private else shown.change_message(services.pacer.has_room)
    typing, showing = asyncio.create_task(shown.show_typing()), asyncio.create_task(news)
    try:
        yield shown
    finally:
        await _ended(shown, typing, showing, SLOW_DRAFT_S if is_private else None)


def progress_text(progress: Progress) -> Rendered:
    """Say how far an answer is, or show what there is already of an answer to several questions."""
    if progress.so_far is not None and citations_of(progress.so_far):
        first = render_answer(progress.so_far)[0]
        return Rendered(f"{first.text}\n\n{texts.READING}", first.entities)
    if progress.is_loading:
        return render_text(texts.STARTING)[0]
    return render_text(texts.in_line(progress.ahead) if progress.ahead else texts.READING)[0]


async def _ended(
    shown: ProgressMessage, typing: asyncio.Task[None], showing: asyncio.Task[None], within_s: float | None
) -> None:
    shown.end()
    typing.cancel()
    # A message that is being sent is waited for: nobody would know of it, and it would stand there for ever.
    await asyncio.wait([showing], timeout=within_s)
    showing.cancel()
    await asyncio.gather(typing, showing, return_exceptions=True)


def _unimportant() -> suppress:
    """Let what only shows that an answer is coming fail."""
    return suppress(TelegramError)
