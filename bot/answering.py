"""Asks the articles off the event loop: one worker reads, questions wait for it in the order they came.

A chat has one question here at a time (``bot.updates`` keeps the others back), so none can crowd out another.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Protocol, TypeVar

from index.types import ArticleInfo
from retrieval.conversation import Conversation
from retrieval.types import Answer

if TYPE_CHECKING:
    from index.search import Search

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
    ) -> Answer:
        """What the articles say to ``question``, asked behind ``conversation``; blocks while it reads."""

    def summarize(self, name: str, searches: Sequence[Search], *, conversation: Conversation) -> Answer:
        """The key points of the article ``name``; without one, of that talked about, else the newest."""


class Shelves(Protocol):
    """What the bot needs of Libraries."""

    def searches(self, names: Sequence[str]) -> Sequence[Search]:
        """The named libraries, opened; raises LibraryMissingError when there is none of them yet."""

    def articles(self, names: Sequence[str]) -> Sequence[ArticleInfo]:
        """What is in them."""

    def close(self) -> None:
        """Let go of the files."""


class Answering:
    """Answers questions about the articles of the libraries ``names``."""

    def __init__(self, load: Callable[[], Asks], libraries: Shelves, names: Sequence[str]) -> None:
        self._load = load
        self._libraries = libraries
        self._names = tuple(names)
        self._answerer: Asks | None = None
        self._reader = ThreadPoolExecutor(1, "reader")
        self._librarian = ThreadPoolExecutor(1, "librarian")

    async def load(self) -> None:
        """Load the models. A question that comes before waits for them."""
        await self._off_the_loop(self._reader, self._loaded)

    async def ask(self, question: str, conversation: Conversation, quotes: int | None) -> Answer:
        """What the articles say, ``quotes`` at most; raises what ask and searches raise."""
        return await self._off_the_loop(self._reader, lambda: self._ask(question, conversation, quotes))

    async def summarize(self, name: str, conversation: Conversation) -> Answer:
        """The key points of an article; raises the AppErrors of Answerer.summarize and Libraries.searches."""
        return await self._off_the_loop(
            self._reader,
            lambda: self._loaded().summarize(
                name, self._libraries.searches(self._names), conversation=conversation
            ),
        )

    async def articles(self) -> Sequence[ArticleInfo]:
        """What can be asked about; does not wait for the models."""
        return await self._off_the_loop(self._librarian, lambda: self._libraries.articles(self._names))

    def close(self) -> None:
        """Close the libraries once nobody reads in them any more; returns at once."""
        self._reader.submit(self._libraries.close)
        self._reader.shutdown(wait=False)
        self._librarian.shutdown(wait=False, cancel_futures=True)

    async def _off_the_loop(self, worker: ThreadPoolExecutor, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(worker, work)

    def _ask(self, question: str, conversation: Conversation, quotes: int | None) -> Answer:
        answerer = self._loaded()
        searches = self._libraries.searches(self._names)
        return answerer.ask(question, searches, conversation=conversation, quotes=quotes)

    def _loaded(self) -> Asks:
        if self._answerer is None:
            self._answerer = self._load()
        return self._answerer
