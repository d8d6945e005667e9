"""The conversation, whatever surface it is held on: questions, answers, a chat's articles, limits, words.

Its face is imported when it is first asked for: whoever wants the words of ``texts`` alone needs no model.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bot.chat.answering import Answering, Progress
    from bot.chat.conversations import AskingMessage, FixedReply, Outcome
    from bot.chat.ingest.capacity import Capacity
    from bot.chat.ingest.ingest_service import IngestService
    from bot.chat.rate_limits import Rate, RateLimits

_PLACES = {
    "Answering": "answering",
    "AskingMessage": "conversations",
    "Capacity": "ingest.capacity",
    "FixedReply": "conversations",
    "IngestService": "ingest.ingest_service",
    "Outcome": "conversations",
    "Progress": "answering",
    "Rate": "rate_limits",
    "RateLimits": "rate_limits",
}

__all__ = [
    "Answering",
    "AskingMessage",
    "Capacity",
    "FixedReply",
    "IngestService",
    "Outcome",
    "Progress",
    "Rate",
    "RateLimits",
]


def __getattr__(name: str) -> Any:
    """Import what the face hands out. Raises AttributeError for all else."""
    if name not in _PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_PLACES[name]}"), name)
