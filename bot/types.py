"""The values of this layer that are kept: how a chat is set."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ChatSettings:
    """How one chat is set."""

    quotes: int | None = None  # at most so many in an answer; None: as config.toml has it
    free_topics: frozenset[int] = frozenset()  # where everything is a question; 0 is the General topic
