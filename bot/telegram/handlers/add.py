"""A file, a link, a post or somebody's words become an article of the chat."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial

from telegram import Message, User
from telegram.error import BadRequest, TelegramError

from bot.chat import article_texts, texts
from bot.chat.failures import public_message
from bot.chat.ingest.article_factory import article_of_file, article_of_post, article_of_words, origin_of
from bot.chat.ingest.ingest_service import Stage
from bot.chat.ingest.sources import File, Link, Post, Source, Words
from bot.store import in_work, inbox
from bot.telegram.delivery.sending import change
from bot.telegram.handlers.routing import Press, answer_press, name_in_groups
from bot.telegram.messages.addressing import Addressed
from bot.telegram.messages.keyboards import keep_or_not
from bot.telegram.messages.message_sources import source_in, source_of
from bot.telegram.messages.render import render_text
from bot.telegram.messages.replies import reply_to
from bot.telegram.placeholder import Placeholder
from bot.telegram.progress_message import EDIT_S
from bot.telegram.services import Services, asker_of
from index.documents.web.web_article import read_address
from index.errors import SourceError
from index.types import Article

log = logging.getLogger(__name__)

MAX_BYTES = 20 << 20
"""Telegram gives a bot no larger file."""


async def add(services: Services, message: Message, to_us: Addressed) -> None:
    """Take what a message brings, or what the one brings that it replies to."""
    source = source_of(message, to_us.text)
    if source is None:
        username = name_in_groups(message)
        how = article_texts.add_what(username) if username else article_texts.ADD_WHAT_IN_PRIVATE
        await services.outbox.post(reply_to(message, render_text(how)))
        return
    refused = await why_not(services, message, message.from_user, message)
    if refused is not None:
        await services.outbox.post(reply_to(message, render_text(refused)))
    elif isinstance(source, Words):
        words = message if source_in(message) else message.reply_to_message or message
        asked = render_text(article_texts.KEEP_WORDS)
        await services.outbox.post(reply_to(words, asked, keyboard=keep_or_not()))
    elif await _has_time(services, message):
        await _take(services, message, asker_of(message), source)


async def keep(services: Services, press: Press) -> None:
    """Keep somebody's words, or not: the ones that our question replied to."""
    query, asked = press.query, press.message
    if not isinstance(asked, Message):  # too old to say which words
        await answer_press(query, article_texts.MESSAGE_GONE)
        return
    words = asked.reply_to_message
    text = (words.text or words.caption or "").strip() if words is not None else ""
    refused = await why_not(services, asked, query.from_user)
    if words is None or not text or refused is not None:
        await answer_press(query, refused or article_texts.MESSAGE_GONE)
        return
    await answer_press(query)
    if press.values["yes"] == "1":
        origin = words.forward_origin
        written = origin.date if origin is not None else words.date
        kept = Words(text, written.date())
        if await _has_time(services, asked, (asked.message_id,)):
            await _take(services, asked, query.from_user.id, kept, (asked.message_id,))
    else:
        await change(asked, asked.message_id, render_text(article_texts.NOT_KEPT)[0])


async def why_not(
    services: Services, message: Message, user: User | None, written: Message | None = None
) -> str | None:
    """Say why ``user`` may not change the articles where ``message`` stands; return None when they may.

    ``written`` is their own message, if there is one.
    """
    if not services.admits_in(message.chat.id, user.id if user else message.chat.id):
        return texts.NOT_ADMITTED
    settings = await services.database.do(services.state.settings, message.chat.id)
    is_open = settings.keepers == "everybody"
    if is_open and written is not None:  # who writes there is there
        return None
    try:
        if await services.rights.may_set(user, message.chat, written):
            return None
        if not is_open:
            return article_texts.KEEPERS_ONLY
        is_member = user is not None and await services.rights.is_member(user, message.chat)
    except BadRequest:
        return article_texts.NO_KNOWN_MEMBER
    except TelegramError:
        return texts.CANNOT_TELL
    return None if is_member else article_texts.MEMBERS_ONLY


async def _has_time(services: Services, message: Message, placeholders: Sequence[int] = ()) -> bool:
    """Count an addition in the chat of ``message``; say once, and return False, where it is one too many.

    For who adds, it was counted when it arrived, before anything was done for it; for the chat only here,
    where they are known to be allowed to. What is said takes the place of messages that are ``placeholders``.
    """
    verdict = services.additions.take(services.clock(), chat=message.chat.id)
    if verdict == "go":
        return True
    if verdict == "tell" or placeholders:
        said = article_texts.too_many_additions(services.additions.wait_s(chat=message.chat.id))
        await services.outbox.post(reply_to(message, render_text(said), placeholders=placeholders))
    return False


async def _take(
    services: Services, message: Message, adder: int, source: Source, placeholders: Sequence[int] = ()
) -> None:
    """Read ``source`` into the library of the chat, and say how far it is until it is there."""
    progress = _Progress(Placeholder.of(services, message, tuple(placeholders)))
    await progress.begin()
    showing = asyncio.create_task(progress.show())
    try:
        said = await _added(services, message, adder, source, progress.tell)
    finally:
        progress.over.set()
        await showing
    await services.outbox.post(reply_to(message, render_text(said), placeholders=progress.placeholders))


async def _added(
    services: Services, message: Message, adder: int, source: Source, tell: Callable[[Stage, float], None]
) -> str:
    chat_id, coming_bytes = message.chat.id, source.bytes if isinstance(source, File) else 0
    number = inbox.current.get()
    again = number is not None and services.inbox.was_unfinished(number)
    try:
        if not again:
            await services.ingest.check_before(chat_id, adder, origin_of(source), coming_bytes)
        make = await _article_maker(services, message, source)
        added = await services.ingest.add(chat_id, adder, make, tell, again=again)
    except TelegramError as error:
        log.warning("a file could not be fetched from Telegram: %s", type(error).__name__)
        return article_texts.DOWNLOAD_FAILED
    except Exception as error:  # the message that says how far it is must not stand there for ever
        return public_message(error, "an article was not added")
    article = added.article
    words = len(article.text.split())
    return article_texts.added(added.did, article.title, words, added.questions, added.near_duplicates)


async def _article_maker(services: Services, message: Message, source: Source) -> Callable[[], Article]:
    """Return what makes the article. Raises TelegramError where a file cannot be fetched."""
    match source:
        case File() as file:
            if file.bytes > MAX_BYTES:
                raise SourceError(article_texts.TOO_BIG)
            with in_work.paused():
                handle = await message.get_bot().get_file(file.id)
                data = bytes(await handle.download_as_bytearray())
            return partial(article_of_file, data, file.name)
        case Post() as post:
            return partial(article_of_post, post)
        case Words() as words:
            return partial(article_of_words, words)
        case Link() as link:
            return partial(read_address, link.url, services.fetcher)


class _Progress:
    """One message that says how far it is."""

    def __init__(self, placeholder: Placeholder) -> None:
        self.over = asyncio.Event()
        self._placeholder = placeholder
        self._said = self._latest = article_texts.progress_of("read", 0.0)

    @property
    def placeholders(self) -> tuple[int, ...]:
        """The message, once it stands there."""
        return self._placeholder.messages

    def tell(self, stage: Stage, share: float) -> None:
        """Note how far it is."""
        self._latest = article_texts.progress_of(stage, share)

    async def begin(self) -> None:
        """Let the message stand there."""
        await self._placeholder.show(render_text(self._said)[0])

    async def show(self) -> None:
        """Change it every now and then, until it is over."""
        while not self.over.is_set():
            with suppress(TimeoutError):
                await asyncio.wait_for(self.over.wait(), EDIT_S)
            if not self.over.is_set() and self._latest != self._said and self.placeholders:
                self._said = self._latest
                await self._placeholder.show(render_text(self._said)[0])
