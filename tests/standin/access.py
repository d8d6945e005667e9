"""Where the bot may act, and what Telegram says where it may not: by check_chat_access of its server."""

from __future__ import annotations

from tests.standin import refusals as say
from tests.standin.refusals import bad, forbidden, kicked, no_member, upgraded
from tests.standin.world import BOT, GENERAL, IN_CHAT, Chat, World


def visited(world: World, chat_id: int) -> Chat:
    """The chat, if the bot may look at it. Raises Refusal."""
    chat = world.chat(chat_id)
    _check_exists(chat)
    if chat.type != "private" and chat.status(BOT["id"]) not in IN_CHAT:
        raise kicked(chat.type) if chat.status(BOT["id"]) == "kicked" else no_member(chat.type)
    return chat


def writable(world: World, chat_id: int, thread: int | None = None) -> Chat:
    """The chat, if the bot may write there, in a topic if one is given. Raises Refusal."""
    chat = world.chat(chat_id)
    if chat.type == "private":
        _check_partner(world, chat)
        if thread is not None:
            check_topic(chat, thread)
        return chat
    visited(world, chat_id)
    is_admin = chat.is_admin(BOT["id"])
    if chat.type == "channel" and not is_admin:
        raise bad(say.CHANNEL_NEEDS_ADMIN)
    if chat.status(BOT["id"]) == "restricted" or (chat.is_read_only and not is_admin):
        raise bad(say.NO_RIGHT_TO_WRITE)
    if thread is not None:
        check_topic(chat, thread)
    return chat


def check_topic(chat: Chat, thread: int | None) -> None:
    """Raises Refusal where the bot may not write in a topic; None is that which every forum has."""
    if thread == GENERAL:  # it has no number to send to
        raise bad(say.THREAD_NOT_FOUND)
    topic = chat.topics.get(GENERAL if thread is None else thread)
    if topic is None and thread is not None:
        raise bad(say.THREAD_NOT_FOUND)
    if topic is not None and topic.is_closed and not chat.is_admin(BOT["id"]):
        raise bad(say.TOPIC_CLOSED)


def _check_exists(chat: Chat) -> None:
    if chat.migrated_to is not None:
        raise upgraded(chat.migrated_to)
    if chat.is_deleted:
        raise forbidden(say.GROUP_DELETED)


def _check_partner(world: World, chat: Chat) -> None:
    if chat.id in world.deactivated:
        raise forbidden(say.DEACTIVATED)
    if chat.user is not None and chat.user["is_bot"]:
        raise forbidden(say.TO_A_BOT)
    if chat.status(BOT["id"]) == "kicked":
        raise forbidden(say.BLOCKED)
    if chat.status(BOT["id"]) not in IN_CHAT:
        raise forbidden(say.NOT_STARTED)
