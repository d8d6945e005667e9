"""The errors of this layer, each with its remedy in the message; ``index.errors`` draws the whole tree."""

from __future__ import annotations

from index.errors import OperatorError, PublicError


class BotError(OperatorError):
    """Telegram refuses the bot: its token is malformed, wrong, or no longer valid."""


class SecondBotError(BotError):
    """Another program has been fetching the messages of this bot for long."""


class StateError(OperatorError):
    """What the bot keeps about its chats cannot be read or written."""


class InUseError(OperatorError):
    """Another bot runs on the same data folder."""


class UnreadError(PublicError):
    """Articles are there that cannot be read, and no others answer."""


class QuotaError(PublicError):
    """A chat's own library, or who adds, has no room for one more article, or for so long a one."""


class NoRoomError(PublicError):
    """The installation has no room for one more article; why is for the operator only."""
