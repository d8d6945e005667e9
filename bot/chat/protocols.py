"""What the bot needs of an Answerer and of Libraries; tests put fakes that compute in their place."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from typing import TYPE_CHECKING, Protocol, TypeVar

from index.store.statistics import Stats
from index.store.totals import Totals
from index.types import Article, ArticleInfo, Embedder, MadeWith, Passage, Vectors
from retrieval.conversation import Conversation
from retrieval.quote import QuotePlace
from retrieval.types import Answer, Citation

if TYPE_CHECKING:
    from index.protocols import Search

T = TypeVar("T")


class Asks(Protocol):
    """What the bot needs of an Answerer."""

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
        """What the articles say to ``question``, asked behind ``conversation``; blocks while it reads."""

    def summarize(self, name: str, searches: Sequence[Search], *, conversation: Conversation) -> Answer:
        """The key points of the article ``name``; without one, of that talked about, else the newest."""

    @property
    def embedder(self) -> Embedder:
        """What embeds passages the way questions are."""

    def suggestions(self, article_id: str, searches: Sequence[Search]) -> Iterator[str | None]:
        """Questions that an article answers, one by one; None where a step finds none."""

    def quote_again(
        self, places: Sequence[QuotePlace], searches: Sequence[Search], *, around: int
    ) -> list[Citation]:
        """The words at these places, and what stands around them."""


class Shelves(Protocol):
    """What the bot needs of Libraries."""

    @property
    def made_with(self) -> MadeWith:
        """What passages have to be made with."""

    @property
    def languages(self) -> Collection[str]:
        """What articles have to be in: ISO 639 codes."""

    def check_made_with(self, chat_id: int) -> None:
        """Return if new passages would fit into a chat's own library; raise StaleLibraryError if not."""

    def stats(self, chat_id: int) -> Stats | None:
        """How much a chat's own library holds."""

    def totals(self) -> Totals:
        """How much all chats' libraries hold together, and how full their disk is."""

    def sources(self, chat_id: int) -> set[str]:
        """The ids of the sources that are searched in a chat's own library."""

    def is_current(self, chat_id: int, article_id: str) -> bool:
        """Whether this very version is there."""

    def current_version(self, chat_id: int, source_id: str) -> Article | None:
        """The version of a source that is searched."""

    def put(self, chat_id: int, article: Article, passages: list[Passage], vectors: Vectors) -> bool:
        """Whether there was an earlier version."""

    def copies(self, names: Sequence[str], chat_id: int, article: Article) -> Sequence[ArticleInfo]:
        """What says nearly the same, in the chat's own library and the named ones."""

    def remove(self, chat_id: int, article_id: str) -> ArticleInfo:
        """What was removed."""

    def searches(self, names: Sequence[str], chat_id: int | None) -> Sequence[Search]:
        """The chat's own library and the named ones; raises LibraryMissingError where there is none yet."""

    def asked(self, names: Sequence[str], chat_id: int | None, ask: Callable[[Sequence[Search]], T]) -> T:
        """What ``ask`` gives for these searches, without those that are damaged."""

    def unread(self, names: Sequence[str], chat_id: int | None) -> Sequence[str]:
        """The names of those that are there and could not be read."""

    def check(self, within_s: float) -> int:
        """Look for damage; return how many there was no time for."""

    def articles(self, names: Sequence[str], chat_id: int | None) -> Sequence[ArticleInfo]:
        """What is in them."""

    def forget(self, chat_id: int) -> None:
        """Nothing is left of a chat's own library."""

    def move(self, old: int, new: int) -> None:
        """The library that was one chat's own is another's."""

    def close(self) -> None:
        """Let go of the files."""
