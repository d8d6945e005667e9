"""The files that are kept beside the libraries: ``data/bot.db``, and small ones next to it."""

from bot.store.additions import Addition, Additions
from bot.store.database import Database
from bot.store.exchanges import Exchanges
from bot.store.inbox import Inbox, SetAside
from bot.store.state import LeftChat, State
from bot.store.types import ChatSettings, Exchange, Keepers, StoredAnswer, Usage

__all__ = [
    "Addition",
    "Additions",
    "ChatSettings",
    "Database",
    "Exchange",
    "Exchanges",
    "Inbox",
    "Keepers",
    "LeftChat",
    "SetAside",
    "State",
    "StoredAnswer",
    "Usage",
]
