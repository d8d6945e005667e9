"""Finds what of a Telegram message can become an article: links, a file, a post, somebody's words. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from telegram import (
    Document,
    Message,
    MessageEntity,
    MessageOriginChannel,
    MessageOriginChat,
)

from bot.chat.ingest.sources import File, Link, Post, Source, Words
from bot.telegram.messages.utf16 import code_points

_GOES_ON = re.compile(r"[\w,] +$")  # a sentence that has begun


def source_in(message: Message) -> Source | None:
    """Find what ``message`` brings; None where it is a question, a greeting, a picture."""
    if message.document is not None:
        return _file(message.document)
    link = lone_link(message)
    if link is not None:
        return Link(link)
    return _forwarded(message)


def source_replied_to(message: Message) -> Source | None:
    """Find what the message brings that ``message`` replies to; words that were not forwarded count, too.

    Of a message of another chat, only a file can be had.
    """
    external = message.external_reply
    if external is not None:
        return _file(external.document) if external.document is not None else None
    earlier = message.reply_to_message
    if earlier is None or earlier.forum_topic_created:
        return None
    found = source_in(earlier)
    if found is not None or not _text_of(earlier):
        return found
    if links := links_in(earlier):
        return Link(links[0])
    if earlier.sender_chat is not None and earlier.is_automatic_forward:
        return _post(earlier)
    return Words(_text_of(earlier), earlier.date.date())


def source_of(message: Message, named: str) -> Source | None:
    """Find what is to be added: what ``message`` brings, what is ``named`` in it, or what it replies to."""
    if message.document is not None:
        return source_in(message)
    if links := links_in(message):
        return Link(links[0])
    return Link(named) if named else source_in(message) or source_replied_to(message)


def links_in(message: Message) -> tuple[str, ...]:
    """Return the addresses in a message, in order, each once: those with a scheme, and those behind words."""
    text = words_of(message)
    found = []
    for entity in entities_of(message):
        if entity.type == MessageEntity.TEXT_LINK and entity.url:
            found.append(entity.url)
        elif entity.type == MessageEntity.URL:
            start, end = code_points(text, entity.offset, entity.length)
            if "://" in text[start:end]:  # else it may be a name with a dot in it
                found.append(text[start:end])
    return tuple(dict.fromkeys(found))


def question_beside(text: str, links: Sequence[str]) -> str:
    """Return what ``text`` asks beside the addresses in it; "" where it asks nothing.

    An address that is a part of the sentence becomes "this article".
    """
    for link in links:
        before, found, after = text.partition(link)
        is_inside = _GOES_ON.search(before) and after.lstrip(" ")[:1].islower()
        text = f"{before}{'this article' if is_inside else ' '}{after}" if found else text
    plain = " ".join(text.split())
    return plain if "?" in plain else ""


def words_of(message: Message) -> str:
    """Return the text of a message, else what stands under its picture or file."""
    return message.text or message.caption or ""


def entities_of(message: Message) -> Sequence[MessageEntity]:
    """Return what is marked in ``words_of`` a message."""
    return message.entities if message.text else message.caption_entities


def words_from(message: Message) -> Words:
    """Return what a person wrote, or wrote elsewhere and was forwarded, with its day."""
    origin = message.forward_origin
    return Words(_text_of(message), (origin.date if origin is not None else message.date).date())


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


def _file(document: Document) -> File:
    return File(document.file_id, document.file_name or "file", document.file_size or 0)


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
    return words_of(message).strip()
