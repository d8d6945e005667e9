"""What exists at Telegram: users, chats, their members, topics and messages."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

from tests.standin.refusals import CHAT_NOT_FOUND, bad
from tests.standin.tdlib import marks_of
from tests.standin.transcript import Transcript

Json = dict[str, Any]
Status = Literal["creator", "administrator", "member", "restricted", "left", "kicked"]

BOT: Json = {
    "id": 123_456_789,
    "is_bot": True,
    "first_name": "Verbatim",
    "username": "verbatim_bot",
    "can_join_groups": True,
    "can_read_all_group_messages": False,
    "supports_inline_queries": True,
    "supports_guest_queries": True,
    "has_topics_enabled": False,
}
ANONYMOUS: Json = {
    "id": 1_087_968_824,
    "is_bot": True,
    "first_name": "Group",
    "username": "GroupAnonymousBot",
}
CHANNEL_BOT: Json = {"id": 136_817_688, "is_bot": True, "first_name": "Channel", "username": "Channel_Bot"}
TELEGRAM: Json = {"id": 777_000, "is_bot": False, "first_name": "Telegram"}

IN_CHAT = frozenset({"creator", "administrator", "member", "restricted"})
GENERAL = 1
"""The topic that every forum has; its messages carry no number of a topic."""


@dataclass
class Topic:
    """A topic of a forum; its number is that of the message that opened it."""

    id: int
    name: str
    is_closed: bool = False


@dataclass
class Chat:
    """A private chat with the bot, a group, a supergroup or a channel."""

    id: int
    type: Literal["private", "group", "supergroup", "channel"]
    title: str = ""
    user: Json | None = None  # of a private chat
    is_forum: bool = False
    members: dict[int, Status] = field(default_factory=dict)
    rights: dict[int, Json] = field(default_factory=dict)  # of administrators, where not all
    messages: dict[int, Json] = field(default_factory=dict)
    topics: dict[int, Topic] = field(default_factory=dict)
    migrated_to: int | None = None
    is_deleted: bool = False
    is_read_only: bool = False  # members may not write
    last_bot: int | None = None  # the bot that wrote last
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(2))  # 1 made the chat

    def next_message_id(self) -> int:
        """Counts in every chat for itself, as in supergroups."""
        return next(self._numbers)

    def shown(self) -> Json:
        """Return the chat as a message shows it to the bot."""
        if self.user is not None:
            return {"id": self.id, "type": "private", **_names(self.user)}
        forum = {"is_forum": True} if self.is_forum else {}
        return {"id": self.id, "type": self.type, "title": self.title, **forum}

    def status(self, user_id: int) -> Status:
        """Of a user; who never came has left."""
        return self.members.get(user_id, "left")

    def is_admin(self, user_id: int) -> bool:
        """Whether a user may do what admins may."""
        return self.status(user_id) in {"creator", "administrator"}


class World:
    """All of it; numbers are given out in order, and none twice: a bot may outlive its server."""

    _users = itertools.count(1_000_005)  # no number that stands in a text for something else
    _groups = itertools.count(2_000_001)

    def __init__(self) -> None:
        self.users: dict[int, Json] = {BOT["id"]: BOT}
        self.chats: dict[int, Chat] = {}
        self.inline: dict[str, Json] = {}  # messages sent through the bot where it is not, by their id
        self.deactivated: set[int] = set()
        self.bot: Json = dict(BOT)
        self.now = 1_790_000_000  # seconds since 1970; it goes on by one with each message,
        self.next_time: Callable[[int], int] = lambda now: now + 1  # unless a play has it otherwise
        self.transcript = Transcript(self, BOT["first_name"])
        self._ahead_s = 0.0

    def passes(self, seconds: int) -> None:
        """Let time pass: it is so much later for messages, queries and updates that wait."""
        self.now += seconds
        self._ahead_s += seconds

    def ticks(self) -> None:
        """Let it be the time at which the next thing happens."""
        self.now = self.next_time(self.now)

    def clock(self) -> float:
        """Seconds since some point, of this machine and of ``passes``."""
        return time.monotonic() + self._ahead_s

    def add_user(self, first_name: str, **fields: Any) -> Json:
        """A person, with a private chat that they have not opened yet."""
        user = {"id": next(self._users), "is_bot": False, "first_name": first_name, **fields}
        self.users[user["id"]] = user
        self.chats[user["id"]] = Chat(user["id"], "private", user=user)
        return user

    def add_chat(self, type: Literal["group", "supergroup", "channel"], title: str, **fields: Any) -> Chat:
        """A group, a supergroup or a channel without members."""
        number = next(self._groups)
        chat_id = -number if type == "group" else -1_000_000_000_000 - number
        chat = self.chats[chat_id] = Chat(chat_id, type, title, **fields)
        return chat

    def chat(self, chat_id: int) -> Chat:
        """By its id. Raises Refusal."""
        try:
            return self.chats[int(chat_id)]
        except (KeyError, ValueError, TypeError):
            raise bad(CHAT_NOT_FOUND) from None

    def write(self, chat: Chat, sender: Json | None, **fields: Any) -> Json:
        """A message that stands in ``chat`` from now on; a person's text is marked as Telegram marks it."""
        self.ticks()
        message: Json = {"message_id": chat.next_message_id(), "date": self.now, "chat": chat.shown()}
        if sender is not None:
            message["from"] = user_shown(sender)
        message |= fields
        text = fields.get("text")
        if text is not None and "entities" not in fields and (marks := marks_of(text)):
            message["entities"] = marks
        chat.messages[message["message_id"]] = message
        if sender is not None and sender["is_bot"]:
            chat.last_bot = sender["id"]
        return message

    def rewrite(self, message: Json, text: str, **fields: Any) -> None:
        """A person's message says something else, or the same again: its date stays."""
        self.ticks()
        for name in ("entities", "link_preview_options"):
            message.pop(name, None)
        message |= {"text": text, "edit_date": self.now, **fields}
        if "entities" not in fields and (marks := marks_of(text)):
            message["entities"] = marks

    def upgrade(self, group: Chat) -> Chat:
        """The supergroup that ``group`` becomes: the same members, another id, no message of before."""
        chat = self.add_chat("supergroup", group.title)
        chat.members = dict(group.members)
        group.migrated_to = chat.id
        return chat


def user_shown(user: Json) -> Json:
    """A user as in a message: without what only getMe tells."""
    known = ("id", "is_bot", "first_name", "last_name", "username", "language_code")
    return {name: user[name] for name in known if name in user}


def member_shown(chat: Chat, user: Json) -> Json:
    """A ChatMember."""
    status = chat.status(user["id"])
    shown: Json = {"status": status, "user": user_shown(user)}
    match status:
        case "creator":
            return shown | {"is_anonymous": False}
        case "administrator":
            return shown | ADMIN_RIGHTS | chat.rights.get(user["id"], {})
        case "restricted":
            return shown | RESTRICTED
        case "kicked":
            return shown | {"until_date": 0}
        case "member" | "left":
            return shown


ADMIN_RIGHTS: Json = {
    "can_be_edited": False,
    "is_anonymous": False,
    "can_manage_chat": True,
    "can_delete_messages": True,
    "can_manage_video_chats": True,
    "can_restrict_members": True,
    "can_promote_members": False,
    "can_change_info": True,
    "can_invite_users": True,
    "can_post_stories": False,
    "can_edit_stories": False,
    "can_delete_stories": False,
    "can_send_welcome_messages": False,  # of Bot API 10.3, which aiogram's models are of
}
RESTRICTED: Json = {
    "is_member": True,
    "until_date": 0,
    **dict.fromkeys(
        (
            "can_send_messages",
            "can_send_audios",
            "can_send_documents",
            "can_send_photos",
            "can_send_videos",
            "can_send_video_notes",
            "can_send_voice_notes",
            "can_send_polls",
            "can_send_other_messages",
            "can_add_web_page_previews",
            "can_react_to_messages",
            "can_edit_tag",
            "can_change_info",
            "can_invite_users",
            "can_pin_messages",
            "can_manage_topics",
        ),
        False,
    ),
}


def _names(user: Json) -> Json:
    return {name: user[name] for name in ("first_name", "last_name", "username") if name in user}
