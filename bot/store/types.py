"""The values of this layer that are kept: how a chat is set, and what was asked and answered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from retrieval.answers import Kind, Reason
from retrieval.quote import QuotePlace, StoredTurn

Keepers = Literal["admins", "everybody"]
"""Who may add articles in a group, and remove them."""


@dataclass(frozen=True, slots=True)
class ChatSettings:
    """How one chat is set."""

    quotes: int | None = None  # the most in an answer; None: what config.toml says
    keepers: Keepers = "admins"
    free_topics: frozenset[int] = frozenset()  # where everything is a question; 0 is the General topic


@dataclass(frozen=True, slots=True)
class StoredAnswer:
    """An answer as it is stored, with what its buttons and follow-up questions need.

    It is kept as JSON: its fields are the names there.
    """

    question: str  # as it was taken
    understood: str | None
    kind: Kind
    reason: Reason
    turn: StoredTurn | None  # with the places of the quotes that are shown
    further: tuple[QuotePlace, ...]  # of further quotes that answer; under a refusal, of the nearest


@dataclass(frozen=True, slots=True)
class Exchange:
    """An exchange: a message that asked, and what was said to it."""

    key: str  # opaque: on its buttons
    chat_id: int
    question_id: int  # of the message that asked
    topic: int | None  # in which a question goes on with the last one; None where only a reply does
    follows: str | None  # key of the exchange that it followed
    answer: StoredAnswer | None  # None where a fixed sentence was said
    messages: tuple[int, ...]  # what was said, in order; empty until it is sent
    at: float  # seconds since 1970


@dataclass(frozen=True, slots=True)
class Usage:
    """How much of something there is: newest versions, their characters, bytes with all that is kept."""

    articles: int = 0
    characters: int = 0
    bytes: int = 0
