"""A question with all that decides how it is answered."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from index.protocols import Search
from retrieval.conversation.conversation import Conversation


@dataclass(frozen=True, slots=True)
class Request:
    """A question, what it is asked of, and how much may be answered."""

    question: str
    searches: Sequence[Search]
    conversation: Conversation  # what was asked and answered before
    articles: Collection[str] | None  # only those of these ids, if given
    limit: int  # the most quotes
    more: int  # how many further ones may come along, not to be shown at once
