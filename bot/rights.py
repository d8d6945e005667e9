"""Who may change what a chat is set to: its admins, by a list that Telegram's own messages keep true."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass

from telegram import Chat, ChatMember, ChatMemberUpdated, Message, User
from telegram.constants import ChatID, ChatMemberStatus, ChatType

FRESH_S = 600.0
"""A list is asked for anew after so long: a bot that is no admin itself is not told of every change."""

ADMINS = frozenset({ChatMemberStatus.OWNER, ChatMemberStatus.ADMINISTRATOR})

GetAdmins = Callable[[int], Awaitable[Collection[ChatMember]]]
"""The admins of a chat, from Telegram; raises TelegramError."""


@dataclass(slots=True)
class _Known:
    ids: set[int]
    at: float


class Rights:
    """Who is an admin where. ``operators`` are, everywhere; in a private chat everybody is."""

    def __init__(self, get_admins: GetAdmins, operators: Collection[int], now: Callable[[], float]) -> None:
        self._get_admins = get_admins
        self._operators = frozenset(operators)
        self._now = now
        self._known: dict[int, _Known] = {}

    async def may_set(self, user: User | None, chat: Chat, message: Message | None = None) -> bool:
        """Whether ``user`` may change the settings of ``chat``; ``message`` is theirs, if there is one.

        Raises TelegramError when the list of admins is not known and cannot be fetched.
        """
        if chat.type == ChatType.PRIVATE:
            return True
        if message is not None and speaks_for(message, chat):
            return True
        if user is None or user.is_bot:
            return False
        return user.id in self._operators or user.id in await self._admins(chat.id)

    def notice(self, change: ChatMemberUpdated) -> None:
        """A member has another status."""
        known = self._known.get(change.chat.id)
        if known is None:
            return
        member = change.new_chat_member
        if member.user.is_bot:
            del self._known[change.chat.id]  # of ourselves: what we are told changes with it
        elif member.status in ADMINS:
            known.ids.add(member.user.id)
        else:
            known.ids.discard(member.user.id)

    async def _admins(self, chat_id: int) -> set[int]:
        known = self._known.get(chat_id)
        if known is None or self._now() - known.at > FRESH_S:
            ids = {member.user.id for member in await self._get_admins(chat_id)}
            known = self._known[chat_id] = _Known(ids, self._now())
        return known.ids


def speaks_for(message: Message, chat: Chat) -> bool:
    """Whether ``message`` was written in the name of ``chat``: by an admin who hides behind it."""
    sender = message.from_user
    hides = sender is not None and sender.id == ChatID.ANONYMOUS_ADMIN
    return hides and message.sender_chat is not None and message.sender_chat.id == chat.id
