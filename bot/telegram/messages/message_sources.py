"""Finds what of a Telegram message can become an article: a link, a file, a post, somebody's words. Pure."""

from __future__ import annotations

from telegram import (
    Message,
    MessageEntity,
    MessageOriginChannel,
    MessageOriginChat,
)

from bot.chat.ingest.sources import File, Link, Post, Source, Words
from bot.telegram.messages.utf16 import code_points


def source_in(message: Message) -> Source | None:
    """Find what ``message`` brings; None where it is a question, a greeting, a picture."""
    if message.document is not None:
        name = message.document.file_name or "file"
        return File(message.document.file_id, name, message.document.file_size or 0)
    link = lone_link(message)
    if link is not None:
        return Link(link)
    return _forwarded(message)


def source_replied_to(message: Message) -> Source | None:
    """Find what the message brings that ``message`` replies to; words that were not forwarded count, too."""
    earlier = message.reply_to_message
    if earlier is None or earlier.forum_topic_created:
        return None
    found = source_in(earlier)
    if found is not None or not _text_of(earlier):
        return found
    if earlier.sender_chat is not None and earlier.is_automatic_forward:
        return _post(earlier)
    return Words(_text_of(earlier), earlier.date.date())


def source_of(message: Message, named: str) -> Source | None:
    """Find what is to be added: a link that is ``named``, what ``message`` brings, or what it replies to."""
    return Link(named) if named else source_in(message) or source_replied_to(message)


def lone_link(message: Message) -> str | None:
    """Return the address that ``message`` consists of; None where it says anything else."""
    text = message.text or ""
    for entity in message.entities:
        start, end = code_points(text, entity.offset, entity.length)
        if entity.type == MessageEntity.URL and not (text[:start] + text[end:]).strip():
            url = text[start:end]
            return url if "://" in url else f"https://{url}"
        if entity.type == MessageEntity.TEXT_LINK and text.strip() == text[start:end].strip():
            return entity.url
    return None


def _forwarded(message: Message) -> Source | None:
    text, origin = _text_of(message), message.forward_origin
    if origin is None or not text:
        return None
    match origin:
        case MessageOriginChannel():
            url = message_url(origin.chat.username, origin.chat.id, origin.message_id)
            return Post(text, origin.chat.title or "", origin.date.date(), url)
        case MessageOriginChat():
            return Post(text, origin.sender_chat.title or "", origin.date.date(), None)
        case _:
            return Words(text, origin.date.date())


def _post(message: Message) -> Post:
    sender = message.sender_chat
    title = sender.title if sender is not None and sender.title else ""
    return Post(_text_of(message), title, message.date.date(), None)


def message_url(username: str | None, chat_id: int, message_id: int) -> str | None:
    """Return where a post opens, for everybody or for members; None where it has no such place."""
    if username:
        return f"https://t.me/{username}/{message_id}"
    number = str(chat_id)
    return f"https://t.me/c/{number.removeprefix('-100')}/{message_id}" if number.startswith("-100") else None


def _text_of(message: Message) -> str:
    return (message.text or message.caption or "").strip()
