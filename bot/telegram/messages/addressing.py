"""Is this message for us, and what does it ask? Pure: a message in, a value out.

In a private chat any text is a question, and a file, a link alone or what is forwarded is an article to add.
In a group only a command of ours, a mention of us that Telegram marked as one, or a reply to one of our
messages is for us, and everything in a topic that an admin has set free; all else is left alone, and remarks
that ask nothing, unless they name us. What stands under a picture or a file counts like text there.
Links among words, and what is too long for a question, are offered to be added. A question that replies to a
message is asked with that message in mind. Which kinds of update reach this is decided where handlers are
registered.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from telegram import Message, MessageEntity, User
from telegram.constants import ChatID, ChatType

from bot.telegram.messages.commands import Commands
from bot.telegram.messages.message_sources import (
    entities_of,
    links_in,
    question_beside,
    source_in,
    words_of,
)
from bot.telegram.messages.utf16 import code_points
from retrieval.conversation import MAX_QUESTION_CHARS, asks_something

UNKNOWN, MEDIA, OFFER = "unknown", "media", "offer"
"""The purposes of a command that we do not know, of something that has no text, of what may be an article."""

_COMMAND = re.compile(r"/(?P<name>[A-Za-z0-9_]+)(?:@(?P<bot>[A-Za-z0-9_]+))?")
_AFTER_A_NAME = ",:;.!–—- \t\n"  # "@bot, who is …", "@bot: who is …"
_POSSESSIVE = re.compile(r"^['’]s\b")
_CLOSING = tuple(",.;:!?…)]}")


@dataclass(frozen=True, slots=True)
class Addressed:
    """A message for us. ``text`` is the question, without our name; empty when nothing is asked."""

    purpose: str  # the name of a command, ``ask`` for a question; UNKNOWN; MEDIA; OFFER
    text: str = ""
    about: str = ""  # what somebody else said, or the selected part of what anybody said, that it replies to
    is_by_topic: bool = field(default=False, compare=False)  # only since its topic is free
    question: str = ""  # that comes with an article, to be asked once it is there


@dataclass(frozen=True, slots=True)
class Ignored:
    """A message that is not for us."""


IGNORED = Ignored()


def address(message: Message, me: User, commands: Commands, *, is_free: bool = False) -> Addressed | Ignored:
    """Say what ``message`` wants of us; with ``is_free`` everything where it stands is a question."""
    if not _from_a_person(message):
        return IGNORED
    if message.chat.type == ChatType.PRIVATE:
        return _with_what_it_replies_to(_in_private(message, me, commands), message, me)
    if message.chat.type in {ChatType.GROUP, ChatType.SUPERGROUP}:
        return _with_what_it_replies_to(_in_group(message, me, commands, is_free=is_free), message, me)
    return IGNORED


def _with_what_it_replies_to(to_us: Addressed | Ignored, message: Message, me: User) -> Addressed | Ignored:
    """Add what a question replies to as what it is asked about; without words, that is the question."""
    if not isinstance(to_us, Addressed) or to_us.purpose != "ask":
        return to_us
    earlier = message.reply_to_message
    if earlier is not None and earlier.forum_topic_created:
        return to_us
    selected = message.quote.text.strip() if message.quote else ""  # maybe of a message in another chat
    theirs = "" if earlier is None or _is_ours(earlier, me) else words_of(earlier).strip()
    about = selected or theirs
    return replace(to_us, about=about) if to_us.text else replace(to_us, text=about)


def _from_a_person(message: Message) -> bool:
    sender = message.from_user
    if sender is None or message.via_bot or message.is_automatic_forward or message.guest_query_id:
        return False
    # Telegram shows a person who writes as the group or as a channel as a bot of its own.
    return not sender.is_bot or sender.id in {ChatID.ANONYMOUS_ADMIN, ChatID.FAKE_CHANNEL}


def _in_private(message: Message, me: User, commands: Commands) -> Addressed | Ignored:
    if source_in(message) is not None:
        return Addressed("add", question=_question(message, me) if message.document else "")
    if not message.text:
        return Addressed(MEDIA) if message.effective_attachment else IGNORED
    command = _command(message)
    if command is None:
        is_offer = links_in(message) or len(message.text) > MAX_QUESTION_CHARS
        return _offer(message, me) if is_offer else Addressed("ask", _without_our_name(message, me))
    name, bot, rest = command
    if bot is not None and not _is_us(bot, me):
        return IGNORED
    return _command_of_ours(name, rest, commands) or Addressed(UNKNOWN)


def _in_group(message: Message, me: User, commands: Commands, *, is_free: bool) -> Addressed | Ignored:
    if not words_of(message):
        return IGNORED
    command = _command(message)
    if command is not None:
        name, bot, rest = command
        ours = _command_of_ours(name, rest, commands) if bot is None or _is_us(bot, me) else None
        return ours or IGNORED
    names_us = any(_mentions_of(message, me))
    calls_us = names_us or _replies_to_us(message, me)
    if not is_free and not calls_us:
        return IGNORED
    if message.document is not None:
        return Addressed("add", question=_question(message, me), is_by_topic=not calls_us)
    if links_in(message):
        return replace(_offer(message, me), is_by_topic=not calls_us)
    text = _without_our_name(message, me)
    if not names_us and not asks_something(text):
        return IGNORED
    return Addressed("ask", text, is_by_topic=not calls_us)


def _offer(message: Message, me: User) -> Addressed:
    """Return what links among words want, or words too long for a question: maybe they are articles."""
    return Addressed(OFFER, question=_question(message, me) if links_in(message) else "")


def _question(message: Message, me: User) -> str:
    return question_beside(_without_our_name(message, me), links_in(message))


def _command(message: Message) -> tuple[str, str | None, str] | None:
    """Name, the bot it is for if that is said, and what follows; None when it does not start with one."""
    text = words_of(message)
    for entity in entities_of(message):
        if entity.type == MessageEntity.BOT_COMMAND and entity.offset == 0:
            _, end = code_points(text, 0, entity.length)
            if match := _COMMAND.fullmatch(text[:end]):
                return match["name"].lower(), match["bot"], text[end:].strip()
    return None


def _command_of_ours(name: str, rest: str, commands: Commands) -> Addressed | None:
    known = commands.get(name)
    return Addressed(name, rest if known.takes_words else "") if known is not None else None


def _replies_to_us(message: Message, me: User) -> bool:
    earlier = message.reply_to_message
    if earlier is None or earlier.forum_topic_created:
        return False  # every message of a topic replies to the one that opened it
    return _is_ours(earlier, me)


def _is_ours(message: Message, me: User) -> bool:
    return message.from_user is not None and message.from_user.id == me.id


def _mentions_of(message: Message, me: User) -> Iterator[tuple[int, int]]:
    """Yield where ``message`` names us, in code points, first to last."""
    text = words_of(message)
    for entity in sorted(entities_of(message), key=lambda entity: entity.offset):
        start, end = code_points(text, entity.offset, entity.length)
        by_name = entity.type == MessageEntity.MENTION and _is_us(text[start:end].removeprefix("@"), me)
        by_id = entity.type == MessageEntity.TEXT_MENTION and entity.user and entity.user.id == me.id
        if start < end and (by_name or by_id):
            yield start, end


def _is_us(name: str, me: User) -> bool:
    return me.username is not None and name.casefold() == me.username.casefold()


def _without_our_name(message: Message, me: User) -> str:
    text = words_of(message)
    for start, end in reversed(list(_mentions_of(message, me))):
        before, after = text[:start].rstrip(), _POSSESSIVE.sub("", text[end:]).lstrip()
        if not before:
            text = after.lstrip(_AFTER_A_NAME)
        elif not after or after.startswith(_CLOSING):
            text = before.rstrip(",") + after
        else:
            text = f"{before} {after}"
    return text.strip()
