"""Puts articles into a chat's own library, while questions go on: no step keeps the models for long."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from typing import Literal

import numpy as np

from bot.chat.answering import Answering
from bot.chat.failures import report
from bot.chat.ingest.capacity import Capacity
from bot.chat.ingest.own_library import own_library
from index.errors import AppError
from index.ingest.ingest import embed_passages, read_in, split_for
from index.library_name import LibraryName
from index.types import Article, ArticleInfo, Passage, Vectors

BATCH = 4
"""Passages that are embedded at a time: a question waits less than a tenth of a second for them."""

SUGGESTED = 2

Stage = Literal["read", "embed", "ask"]
"""What is being done: the text is read, its passages are embedded, questions for it are tried."""

Tell = Callable[[Stage, float], None]
"""Hears the stage, and which share of it is done, 0 to 1."""


@dataclass(frozen=True, slots=True)
class Added:
    """What became of a source."""

    did: Literal["added", "replaced", "unchanged"]
    article: Article
    questions: tuple[str, ...] = ()  # that it answers
    near_duplicates: tuple[ArticleInfo, ...] = ()  # what can be asked about there and says nearly the same


class IngestService:
    """Additions of all chats; what they take of the models, they take in line with the questions."""

    def __init__(self, answering: Answering, capacity: Capacity) -> None:
        self._answering = answering
        self._libraries = answering.libraries
        self._capacity = capacity

    async def check_before(self, chat_id: int, person: int, source: str, coming_bytes: int) -> None:
        """Return unless an article could not be added anyway: before it is fetched, which takes long.

        Raises QuotaError and NoRoomError where there is no room, and what opening a library raises.
        """

        def check() -> None:
            with own_library(self._libraries, chat_id) as library:
                if library:
                    library.check_configuration(self._libraries.configuration)
                self._capacity.check_before(library, chat_id, person, source, coming_bytes)

        await self._answering.in_libraries(check)

    async def add(
        self, chat_id: int, person: int, make: Callable[[], Article], tell: Tell, *, again: bool = False
    ) -> Added:
        """Put what ``make`` reads into the chat's own library, where it can be asked, as added by ``person``.

        ``again``: an earlier run may have done so already and died before it could say it.

        Raises SourceError where nothing can be read, also for its language, QuotaError and NoRoomError where
        there is no room, StaleLibraryError where its passages would not fit, and what Libraries.library and
        Library.replace raise; then nothing was changed.
        """
        tell("read", 0.0)
        article = await self._answering.in_extractor(partial(read_in, self._libraries.languages, make))
        if await self._answering.in_libraries(partial(self._is_unchanged, chat_id, person, article)):
            if not again:
                return Added("unchanged", article)
            near_duplicates, questions = await self._questions_and_duplicates(chat_id, article)
            return Added("added", article, questions, near_duplicates)
        passages, vectors = await self._embed(article, tell)
        put = partial(self._put, chat_id, person, article, passages, vectors)
        replaced = await self._answering.in_libraries(put)
        tell("ask", 0.0)
        near_duplicates, questions = await self._questions_and_duplicates(chat_id, article)
        return Added("replaced" if replaced else "added", article, questions, near_duplicates)

    async def _questions_and_duplicates(
        self, chat_id: int, article: Article
    ) -> tuple[tuple[ArticleInfo, ...], tuple[str, ...]]:
        """Find an article's near-duplicates and questions; nothing where a library fails: it is in by now."""
        try:
            near_duplicates = await self._answering.near_duplicates(chat_id, article)
            return tuple(near_duplicates), tuple(
                await self._answering.suggest(chat_id, article.id, SUGGESTED)
            )
        except AppError as error:
            report(error, "an article was added, but cannot be asked about")
            return (), ()

    async def is_own(self, chat_id: int, article_id: str) -> bool:
        """Return whether an article can be removed here: it is searched in the chat's own library."""

        def is_current() -> bool:
            with own_library(self._libraries, chat_id) as library:
                return library is not None and library.is_current(article_id)

        return await self._answering.in_libraries(is_current)

    async def remove(self, chat_id: int, article_id: str) -> ArticleInfo:
        """Remove an article from the file and from what is asked. Raises ArticleMissingError."""

        def remove() -> ArticleInfo:
            info = self._libraries.remove(LibraryName.of_chat(chat_id), article_id)
            self._capacity.give_back(chat_id, info)
            return info

        return await self._answering.in_libraries(remove)

    async def _embed(self, article: Article, tell: Tell) -> tuple[list[Passage], Vectors]:
        tokens = self._libraries.configuration.passage_tokens
        embedder = await self._answering.embedder()
        passages = await self._answering.in_extractor(lambda: split_for(article, tokens, embedder))
        rows: list[Vectors] = [np.zeros((0, 0), np.float32)] * len(passages)
        done = 0
        for places in _batches(passages):
            batch = [passages[place] for place in places]
            vectors = await self._answering.with_embedder(partial(embed_passages, batch))
            for place, vector in zip(places, vectors, strict=True):
                rows[place] = vector
            done += len(places)
            tell("embed", done / len(passages))
        return passages, np.vstack(rows)

    def _is_unchanged(self, chat_id: int, person: int, article: Article) -> bool:
        """Return whether this very version is here already; check that there is room for it if not."""
        with own_library(self._libraries, chat_id) as library:
            if library and library.is_current(article.id):
                return True
            self._capacity.check(library, chat_id, person, article)
            return False

    def _put(
        self, chat_id: int, person: int, article: Article, passages: list[Passage], vectors: Vectors
    ) -> bool:
        """Write ``article`` if there still is room; return whether it replaced an earlier version.

        A chat's first article makes its library, once there is known to be room: a refusal leaves no file.
        """
        with ExitStack() as opened:
            library = opened.enter_context(own_library(self._libraries, chat_id))
            opened.enter_context(self._capacity.taken(library, chat_id, person, article))
            if library is None:
                own = LibraryName.of_chat(chat_id)
                library = opened.enter_context(self._libraries.library(own, create=True))
            library.check_configuration(self._libraries.configuration)
            return library.replace(article, passages, vectors)


def _batches(passages: Sequence[Passage]) -> Iterator[list[int]]:
    """Yield the places of passages of about the same length, the shortest first: little is padded."""
    order = sorted(range(len(passages)), key=lambda place: len(passages[place].text))
    for first in range(0, len(order), BATCH):
        yield order[first : first + BATCH]
