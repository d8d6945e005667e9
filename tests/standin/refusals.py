"""What Telegram says when it does not do what it is asked, in the words of its server."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class RefusedError(AssertionError):
    """What no bot may send: a call that is none, a text or an update that Telegram would not take."""


class Refusal(Exception):  # noqa: N818  # Telegram's word is that the request failed; ours that it was refused
    """An answer with ``ok`` false."""

    def __init__(self, status: int, description: str, **parameters: Any) -> None:
        super().__init__(description)
        self.status = status
        self.description = description
        self.parameters: Mapping[str, Any] = parameters

    def body(self) -> dict[str, Any]:
        """The object that goes over the wire."""
        said = {"ok": False, "error_code": self.status, "description": self.description}
        return {**said, "parameters": dict(self.parameters)} if self.parameters else said


def bad(what: str) -> Refusal:
    """400, for ``what``: one of the wordings below, or another of the server's."""
    return Refusal(400, f"Bad Request: {what}")


def forbidden(what: str) -> Refusal:
    """403."""
    return Refusal(403, f"Forbidden: {what}")


def conflict(what: str) -> Refusal:
    """409."""
    return Refusal(409, f"Conflict: {what}")


def too_many(seconds: int) -> Refusal:
    """429: wait ``seconds``."""
    return Refusal(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)


def upgraded(new_chat_id: int) -> Refusal:
    """400 for a group that is a supergroup now, and its new id."""
    return Refusal(
        400, "Bad Request: group chat was upgraded to a supergroup chat", migrate_to_chat_id=new_chat_id
    )


CHAT_NOT_FOUND = "chat not found"
TEXT_EMPTY = "message text is empty"
TOO_LONG = "message is too long"
CAPTION_TOO_LONG = "message caption is too long"
REPLY_NOT_FOUND = "message to be replied not found"
QUOTE_INVALID = "QUOTE_TEXT_INVALID"
THREAD_NOT_FOUND = "message thread not found"
TOPIC_CLOSED = "TOPIC_CLOSED"
NO_RIGHT_TO_WRITE = "not enough rights to send text messages to the chat"
EDIT_NOT_FOUND = "message to edit not found"
NOT_EDITABLE = "message can't be edited"
NO_TEXT_TO_EDIT = "there is no text in the message to edit"
NO_IDENTIFIER = "message identifier is not specified"
INLINE_NOT_FOUND = "MESSAGE_ID_INVALID"
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a "
    "current content and reply markup of the message"
)
DELETE_NOT_FOUND = "message to delete not found"
NOT_DELETABLE = "message can't be deleted"
TOO_OLD_TO_DELETE = "message can't be deleted for everyone"
REACT_NOT_FOUND = "message to react not found"
QUERY_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
BUTTON_DATA_INVALID = "BUTTON_DATA_INVALID"
USER_NOT_FOUND = "user not found"
FILE_INVALID = "invalid file_id"
FILE_TOO_BIG = "file is too big"
FILE_EMPTY = "file must be non-empty"
FILE_UNKNOWN = "wrong file identifier/HTTP URL specified"
RESULT_TWICE = "RESULT_ID_DUPLICATE"
TOO_MANY_RESULTS = "RESULTS_TOO_MUCH"
NOTICE_TOO_LONG = "MESSAGE_TOO_LONG"
ACTION_UNKNOWN = "wrong parameter action in request"
CHANNEL_NEEDS_ADMIN = "need administrator rights in the channel chat"
NO_ADMINS_IN_PRIVATE = "there are no administrators in the private chat"
NO_LEAVING_IN_PRIVATE = "chat member status can't be changed in private chats"
PRIVATE_ONLY = "method is available only for private chats"

BLOCKED = "bot was blocked by the user"
NOT_STARTED = "bot can't initiate conversation with a user"
DEACTIVATED = "user is deactivated"
TO_A_BOT = "bot can't send messages to bots"
GROUP_DELETED = "the group chat was deleted"

ANOTHER_POLLER = "terminated by other getUpdates request; make sure that only one bot instance is running"
WEBHOOK_IS_SET = (
    "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)
WEBHOOK_WAS_SET = "terminated by setWebhook request"


def kicked(chat_type: str) -> Refusal:
    """403 from a chat that has thrown the bot out."""
    return forbidden(f"bot was kicked from the {chat_type} chat")


def no_member(chat_type: str) -> Refusal:
    """403 from a chat that the bot has left or never was in."""
    return forbidden(f"bot is not a member of the {chat_type} chat")
