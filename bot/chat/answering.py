"""Asks the articles off the event loop: one worker reads, questions wait for it in the order they came.

A surface has one question of a chat here at a time and keeps the others back, so none can crowd out another.
The questions of somebody who asks too much wait until nobody else asks; otherwise each of them would keep
somebody else waiting.
"""

from __future__ import annotations

import asyncio
import math
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING, TypeVar

from bot.chat import texts
from bot.chat.failures import report
from bot.chat.protocols import AnswererLike
from bot.errors import UnreadError
from bot.store import in_work
from index.errors import LibraryError
from index.library_name import LibraryName, library_names
from index.types import Article, ArticleInfo, Embedder
from retrieval.answers import AboutArticle, Answer
from retrieval.conversation import Turn
from retrieval.quote import QuotePlace, StoredTurn, recalled
from retrieval.types import Citation

if TYPE_CHECKING:
    from index.protocols import Libraries, Search

EXTRACTORS = 2
"""Links and files that are read side by side: one that is slow holds up nobody else's."""

QUIET_S = 0.2
"""A question that gives way is read once nothing has been read for so long; a message arrives in less."""

GIVES_WAY_S = 10.0
"""After so long it is read in any case."""

MORE = 5
"""Further quotes that are kept ready behind a button, at most."""

T = TypeVar("T")


class Ended(Enum):
    """There is nothing more to come."""

    ENDED = auto()


@dataclass(eq=False)
class Progress:
    """How far a question is, for who waits for its answer."""

    is_loading: bool = False  # the models are not there yet
    ahead: int = 0  # how many questions are read before it
    so_far: Answer | None = None  # what there is of an answer to several questions


class Answering:
    """Answers a chat's questions about the articles of the libraries ``names``, and of the chat's own."""

    def __init__(self, load: Callable[[], AnswererLike], libraries: Libraries, names: Sequence[str]) -> None:
        self._load = load
        self.libraries = libraries
        self._names = tuple(names)  # of shared libraries
        self._answerer: AnswererLike | None = None
        self._reader = ThreadPoolExecutor(1, "reader")
        self._librarian = ThreadPoolExecutor(1, "librarian")
        self._extractor = ThreadPoolExecutor(EXTRACTORS, "extractor")
        self._one_addition = asyncio.Lock()
        self._line: list[Progress] = []  # the first is being read
        self._read_at = -math.inf  # by the event loop's clock

    async def load(self) -> None:
        """Load the models. A question that comes before waits for them."""
        await _off_the_loop(self._reader, self._loaded)

    async def ask(
        self,
        chat_id: int,
        question: str,
        turns: Sequence[StoredTurn],
        progress: Progress,
        *,
        about: str = "",
        quotes: int | None = None,
        gives_way: bool = False,
    ) -> Answer:
        """Answer ``question`` behind these ``turns``, with ``quotes`` quotes at most and MORE further ones.

        ``about`` is what somebody said that it is asked about. One that ``gives_way`` waits, for GIVES_WAY_S
        at most, until nobody else asks. Raises what ask and searches raise, and UnreadError where nothing
        answers and there are articles that cannot be read.
        """

        def tell(so_far: Answer) -> None:
            progress.so_far = so_far

        def read(searches: Sequence[Search]) -> Answer:
            conversation = recalled(turns, searches)
            if about:
                conversation = conversation.with_turn(Turn(about, (), ()))
            return self._loaded().ask(
                question, searches, conversation=conversation, quotes=quotes, more=MORE, tell=tell
            )

        if gives_way:
            await self._give_way()
        answer = await self._in_line(lambda: self._asked(chat_id, read), progress)
        may_be_unread = answer.kind != "talk" and answer.reason in {"nothing", "close"}
        if may_be_unread and self.unread(chat_id):
            raise UnreadError(texts.PART_UNREAD)
        return answer

    async def summarize(
        self,
        chat_id: int,
        name: str,
        turns: Sequence[StoredTurn],
        progress: Progress,
        *,
        gives_way: bool = False,
    ) -> AboutArticle:
        """Summarize an article. Raises the AppErrors of Answerer.summarize and Libraries.searches."""

        def read(searches: Sequence[Search]) -> AboutArticle:
            return self._loaded().summarize(name, searches, conversation=recalled(turns, searches))

        if gives_way:
            await self._give_way()
        return await self._in_line(lambda: self._asked(chat_id, read), progress)

    async def quote_again(
        self, chat_id: int, places: Sequence[QuotePlace], around: int = 0
    ) -> list[Citation]:
        """Quote the words at these places again, with ``around`` characters of what stands before and after.

        Without those that the chat may not read any more. Raises the AppErrors of Libraries.searches, and
        UnreadError where a library of these places cannot be read.
        """

        def read(searches: Sequence[Search]) -> list[Citation]:
            return self._loaded().quote_again(places, searches, around=around)

        citations = await self._in_line(lambda: self._asked(chat_id, read), Progress())
        if self.are_unread(chat_id, places):
            raise UnreadError(texts.UNREAD)
        return citations

    async def embedder(self) -> Embedder:
        """Return the embedder for counting tokens, on any thread; vectors are for ``with_embedder``."""
        return await self._between_questions(lambda: self._loaded().embedder)

    async def with_embedder(self, work: Callable[[Embedder], T]) -> T:
        """Return what ``work`` does with the embedder, in line with the questions: for a moment only."""
        return await self._between_questions(lambda: work(self._loaded().embedder))

    async def suggest(self, chat_id: int, article_id: str, count: int) -> list[str]:
        """Find up to ``count`` questions that an article of the chat answers."""

        opened = ExitStack()

        def begin() -> Iterator[str | None]:
            searches = opened.enter_context(self.libraries.using(self._of(chat_id)))
            return self._loaded().suggestions(article_id, searches)

        found: list[str] = []
        with opened:
            steps = await self._between_questions(begin)
            while len(found) < count:
                step = await self._between_questions(lambda: next(steps, Ended.ENDED))
                if isinstance(step, Ended):
                    break
                found += [step] if step is not None else []
        return found

    async def articles(self, chat_id: int) -> Sequence[ArticleInfo]:
        """List what can be asked about in a chat, without waiting for the models.

        Raises the AppErrors of Libraries.searches, and UnreadError where there is nothing else than articles
        that cannot be read.
        """
        found = await self.in_libraries(lambda: self._unless_unread(chat_id, self.libraries.articles))
        if not found and self.unread(chat_id):
            raise UnreadError(texts.UNREAD)
        return found

    def unread(self, chat_id: int) -> frozenset[str]:
        """Name the libraries of a chat that could not be read when they last were asked."""
        return frozenset(map(str, self.libraries.unread(self._of(chat_id))))

    def are_unread(self, chat_id: int, places: Sequence[QuotePlace]) -> bool:
        """Tell whether words at one of these places could not be read the last time."""
        return not self.unread(chat_id).isdisjoint(place.library for place in places)

    async def near_duplicates(self, chat_id: int, article: Article) -> Sequence[ArticleInfo]:
        """List what a chat can ask about and says nearly the same as ``article``, which is its own."""
        return await self.in_libraries(lambda: self.libraries.near_duplicates(self._of(chat_id), article))

    async def in_extractor(self, work: Callable[[], T]) -> T:
        """Return what ``work`` does, which may take long: EXTRACTORS at a time, first come, first served."""
        return await _off_the_loop(self._extractor, work)

    async def in_libraries(self, work: Callable[[], T]) -> T:
        """Return what ``work`` does in libraries, which takes a moment; one at a time."""
        return await _off_the_loop(self._librarian, work)

    async def move(self, old: int, new: int) -> None:
        """Give a chat's library to the chat it became. Raises the AppErrors of Libraries.move."""
        await self.in_libraries(
            lambda: self.libraries.move(LibraryName.of_chat(old), LibraryName.of_chat(new))
        )

    def close(self) -> None:
        """Close the libraries once nobody reads in them any more; returns at once."""
        self._reader.submit(self.libraries.close)
        self._reader.shutdown(wait=False)
        for others in (self._librarian, self._extractor):
            others.shutdown(wait=False, cancel_futures=True)

    def _of(self, chat_id: int) -> list[LibraryName]:
        """Return the names of the libraries that a chat may ask: its own first."""
        return library_names(self._names, chat_id)

    def _asked(self, chat_id: int, ask: Callable[[Sequence[Search]], T]) -> T:
        return self._unless_unread(chat_id, lambda names: self.libraries.asked(names, ask))

    def _unless_unread(self, chat_id: int, work: Callable[[Sequence[LibraryName]], T]) -> T:
        """Return what ``work`` gives; where it raises LibraryError and some are unread, raise UnreadError."""
        try:
            return work(self._of(chat_id))
        except LibraryError as error:
            if self.unread(chat_id):
                report(error, "the articles of a chat cannot be read")
                raise UnreadError(texts.UNREAD) from None
            raise

    async def _between_questions(self, work: Callable[[], T]) -> T:
        """Return what ``work`` does, in line; one addition stands there, so a question waits for no more."""
        with in_work.paused():
            await self._one_addition.acquire()
        try:
            return await self._in_line(work, Progress())
        finally:
            self._one_addition.release()

    async def _give_way(self) -> None:
        """Wait until nothing has been read for QUIET_S, or GIVES_WAY_S have passed."""
        now = asyncio.get_running_loop().time
        until = now() + GIVES_WAY_S
        with in_work.paused():
            while now() < until and (self._line or now() - self._read_at < QUIET_S):
                await asyncio.sleep(QUIET_S / 4)

    async def _in_line(self, read: Callable[[], T], progress: Progress) -> T:
        progress.is_loading = self._answerer is None
        progress.ahead = len(self._line)
        self._line.append(progress)
        try:
            return await _off_the_loop(self._reader, read)
        finally:
            self._line.remove(progress)
            self._read_at = asyncio.get_running_loop().time()
            for place, later in enumerate(self._line):
                later.ahead = place
                later.is_loading = self._answerer is None

    def _loaded(self) -> AnswererLike:
        if self._answerer is None:
            self._answerer = self._load()
        return self._answerer


async def _off_the_loop(worker: ThreadPoolExecutor, work: Callable[[], T]) -> T:
    """Return what ``worker`` makes of ``work``; while it waits for its turn, its update is not in work."""
    mark = in_work.current.get()

    def marked() -> T:
        if mark is not None:
            mark.resume()
        return work()

    with in_work.paused():
        return await asyncio.get_running_loop().run_in_executor(worker, marked)
