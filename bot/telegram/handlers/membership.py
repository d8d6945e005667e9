"""The bot comes into a chat and leaves it, and groups become supergroups."""

from __future__ import annotations

import logging
from contextlib import suppress

from telegram import ChatMember, ChatMemberUpdated, Update
from telegram.constants import ChatMemberStatus, ChatType
from telegram.error import TelegramError

from bot.chat import texts
from bot.telegram.handlers.routing import Context
from bot.telegram.messages.render import render_text
from bot.telegram.messages.replies import Reply
from bot.telegram.services import Services

log = logging.getLogger(__name__)

GROUPS = frozenset({ChatType.GROUP, ChatType.SUPERGROUP})


async def on_our_membership(services: Services, update: Update, _context: Context) -> None:
    """Remember where the bot is; greet a group once, or leave one that is not on the list."""
    change = update.my_chat_member
    if change is None:
        return
    chat = change.chat
    services.presence.has_news(chat.id)
    if not is_in(change.new_chat_member):
        await services.database.do(services.state.leave, chat.id, services.now())
        return
    if chat.type in GROUPS and not services.admits_in(chat.id, change.from_user.id):
        await _leave(change)
        return
    is_new = await services.database.do(services.state.come, chat.id)
    if is_new and chat.type in GROUPS and not is_in(change.old_chat_member):
        greeting = render_text(texts.greeting_of_group(chat.get_bot().username))
        with suppress(TelegramError):  # it may not write there: then nobody can ask it either
            await services.outbox.post(Reply(chat.id, tuple(greeting), is_quiet=True))


async def on_migration(services: Services, update: Update, _context: Context) -> None:
    """Take everything along, whichever of the two chats says it first."""
    message = update.message
    if message is None:
        return
    if message.migrate_to_chat_id is not None:
        await _move(services, message.chat.id, message.migrate_to_chat_id)
    if message.migrate_from_chat_id is not None:
        await _move(services, message.migrate_from_chat_id, message.chat.id)


def is_in(member: ChatMember) -> bool:
    """Tell whether a member is in the chat."""
    if member.status == ChatMemberStatus.RESTRICTED:
        return bool(getattr(member, "is_member", True))
    return member.status not in {ChatMemberStatus.LEFT, ChatMemberStatus.BANNED}


async def _move(services: Services, old: int, new: int) -> None:
    await services.database.do(services.state.move, old, new)
    await services.answering.move(old, new)


async def _leave(change: ChatMemberUpdated) -> None:
    log.warning("added to chat %d, which is not in [bot] chats; leaving", change.chat.id)
    with suppress(TelegramError):
        await change.chat.send_message(texts.not_admitted(change.chat.id))
        await change.chat.leave()
