"""What the conversation needs of an Answerer; tests put one that computes in its place."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Protocol

from index.types import Embedder
from retrieval.answers import AboutArticle, Answer
from retrieval.conversation import Conversation
from retrieval.quote import QuotePlace
from retrieval.types import Citation

if TYPE_CHECKING:
    from index.protocols import Search


class AnswererLike(Protocol):
    """What the conversation needs of ``retrieval.answerer.Answerer``."""

    def ask(
        self,
        question: str,
        searches: Sequence[Search],
        *,
        conversation: Conversation,
        quotes: int | None,
        more: int,
        tell: Callable[[Answer], None],
    ) -> Answer:
        """Answer ``question``, asked behind ``conversation``; block while it reads."""

    def summarize(self, name: str, searches: Sequence[Search], *, conversation: Conversation) -> AboutArticle:
        """Summarize the article ``name``; without one, that talked about, else the newest."""

    @property
    def embedder(self) -> Embedder:
        """What embeds passages the way questions are."""

    def suggestions(self, article_id: str, searches: Sequence[Search]) -> Iterator[str | None]:
        """Yield questions that an article answers, one by one; None where a step finds none."""

    def quote_again(
        self, places: Sequence[QuotePlace], searches: Sequence[Search], *, around: int
    ) -> list[Citation]:
        """Quote the words at these places again, with what stands around them."""
