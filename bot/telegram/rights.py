"""Who may change what a chat is set to: its admins, by a list that Telegram's own messages keep true."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass

from telegram import Chat, ChatMember, ChatMemberRestricted, ChatMemberUpdated, Message, User
from telegram.constants import ChatID, ChatMemberStatus, ChatType

FRESH_S = 60.0
"""A list is trusted this long: a bot that is no admin itself is not told of every change."""

ADMINS = frozenset({ChatMemberStatus.OWNER, ChatMemberStatus.ADMINISTRATOR})
MEMBERS = ADMINS | {ChatMemberStatus.MEMBER}

GetAdmins = Callable[[int], Awaitable[Collection[ChatMember]]]
"""The admins of a chat, from Telegram; raises TelegramError."""

GetMember = Callable[[int, int], Awaitable[ChatMember]]
"""Who somebody is in a chat, from Telegram: the chat's id, then theirs; raises TelegramError."""


@dataclass(slots=True)
class _Known:
    ids: set[int]
    at: float  # when Telegram was asked, not when it answered


@dataclass(slots=True)
class _Asking:
    """A request for the admins of a chat, and what Telegram told of them since it was sent."""

    at: float
    changes: list[ChatMemberUpdated]


class Rights:
    """Knows who is an admin where. ``operators`` are, everywhere; in a private chat everybody is."""

    def __init__(
        self,
        get_admins: GetAdmins,
        get_member: GetMember,
        operators: Collection[int],
        now: Callable[[], float],
    ) -> None:
        """Know nobody yet; ``now`` gives seconds that only go forward."""
        self._get_admins = get_admins
        self._get_member = get_member
        self._operators = frozenset(operators)
        self._now = now
        self._known: dict[int, _Known] = {}
        self._asking: defaultdict[int, list[_Asking]] = defaultdict(list)

    async def may_set(self, user: User | None, chat: Chat, message: Message | None = None) -> bool:
        """Return whether ``user`` may change the settings of ``chat``.

        ``message`` is theirs, if there is one. Raises TelegramError when the list of admins is not known and
        cannot be fetched.
        """
        if chat.type == ChatType.PRIVATE:
            return True
        if message is not None and speaks_for(message, chat):
            return True
        if user is None or user.is_bot:
            return False
        return user.id in self._operators or user.id in await self._admins(chat.id)

    async def is_member(self, user: User, chat: Chat) -> bool:
        """Return whether ``user`` is in ``chat`` now; Telegram is asked each time.

        People who only read a public group see its buttons and can press them. Raises TelegramError where
        Telegram does not say: BadRequest for somebody it does not know there, and also for members of a group
        that hides them from a bot that is no admin.
        """
        if chat.type == ChatType.PRIVATE:
            return True
        member = await self._get_member(chat.id, user.id)
        return member.status in MEMBERS or (isinstance(member, ChatMemberRestricted) and member.is_member)

    def notice(self, change: ChatMemberUpdated) -> None:
        """Take in that a member has another status; it counts from now on, whatever is still being asked."""
        for asking in self._asking.get(change.chat.id, ()):
            asking.changes.append(change)
        known = self._known.get(change.chat.id)
        if known is not None and not _applied(change, known.ids):
            del self._known[change.chat.id]

    async def _admins(self, chat_id: int) -> set[int]:
        known = self._known.get(chat_id)
        if known is not None and self._now() - known.at > FRESH_S:
            known = None
        while known is None:
            known = await self._asked(chat_id)
        return known.ids

    async def _asked(self, chat_id: int) -> _Known | None:
        """Ask Telegram; None where what it was asked for may not hold any more when it answers.

        Its answer may be older than what it has told meanwhile, and than the answer to a later request.
        """
        asking = _Asking(self._now(), [])
        self._asking[chat_id].append(asking)
        try:
            ids = {member.user.id for member in await self._get_admins(chat_id)}
        finally:
            self._asking[chat_id].remove(asking)
            if not self._asking[chat_id]:
                del self._asking[chat_id]
        if not all(_applied(change, ids) for change in asking.changes):
            return None
        earlier = self._known.get(chat_id)
        if earlier is None or earlier.at < asking.at:
            self._known[chat_id] = _Known(ids, asking.at)
        return self._known[chat_id]


def speaks_for(message: Message, chat: Chat) -> bool:
    """Return whether ``message`` was written in the name of ``chat``: by an admin who hides behind it."""
    sender = message.from_user
    hides = sender is not None and sender.id == ChatID.ANONYMOUS_ADMIN
    return hides and message.sender_chat is not None and message.sender_chat.id == chat.id


def _applied(change: ChatMemberUpdated, ids: set[int]) -> bool:
    """Add or take away who has another status; return False where the whole list has to be asked for."""
    member = change.new_chat_member
    if member.user.is_bot:  # of ourselves: what we are told changes with it
        return False
    if member.status in ADMINS:
        ids.add(member.user.id)
    else:
        ids.discard(member.user.id)
    return True
