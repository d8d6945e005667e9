"""The chats and libraries of a long run: real ones, through the bot's own way to them.

A chat's own library holds a window of articles that moves on with every stretch: one comes, the oldest goes.
Now and then a chat becomes a supergroup, so that its library is another file.
"""

from __future__ import annotations

import time
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from bot.chat import Answering, Progress
from bot.chat.protocols import AnswererLike
from index.config import Config
from index.ingest.ingest import embed_passages, split_for
from index.library_name import LibraryName
from index.search import SqliteLibraries
from index.store import SqliteLibrary
from index.store.paths import library_path
from index.types import Article
from retrieval.conversation import MAX_TURNS
from retrieval.quote import StoredTurn, stored_turn
from tests.campaigns.questions.plan import Asked, Fact, fact, questions
from tests.fakes import make_article

CHATS = 8
SHARED = 24
"""Articles in the shared library."""
OWN = 12
"""Articles in each chat's own."""
MOVES_AFTER = 7
"""Stretches after which a chat becomes another one: each in turn, for CHATS is no multiple of it."""

LIBRARY = "main"
_SHARED_PLACE = -1


@dataclass(frozen=True, slots=True)
class Stretch:
    """What a stretch of questions took, each, and how many came to what."""

    seconds: list[float]
    processor_s: list[float]  # of all threads: what else the machine does hardly changes it
    came: Counter[str]


class World:
    """Chats in the data folder of ``config`` that ask one after the other."""

    def __init__(self, seed: int, config: Config, load: Callable[[], AnswererLike]) -> None:
        self._seed = seed
        self._config = config
        self.answering = Answering(load, SqliteLibraries(config), [LIBRARY])
        self._stretch = 0
        self._chat_ids = [1_000 + place for place in range(CHATS)]
        self._turns: list[deque[StoredTurn]] = [deque(maxlen=MAX_TURNS) for _ in range(CHATS)]

    async def begin(self, stretch: int) -> None:
        """Fill the libraries as they are before ``stretch``."""
        self._stretch = stretch
        await self.answering.load()
        for number in range(SHARED):
            await self._put(None, fact(self._seed, _SHARED_PLACE, number))
        for place in range(CHATS):
            for number in self._window(place):
                await self._put(place, fact(self._seed, place, number))

    async def ask(self, count: int) -> Stretch:
        """Ask the questions of the next stretch, then let the articles move on."""
        stretch = Stretch([], [], Counter())
        for asked in questions(self._seed, self._stretch, count, self._facts_of_chats()):
            start, worked = time.perf_counter(), time.process_time()
            stretch.came[f"{asked.kind}: {await self._answered(asked)}"] += 1
            stretch.seconds.append(time.perf_counter() - start)
            stretch.processor_s.append(time.process_time() - worked)
        await self._move_on()
        return stretch

    def close(self) -> None:
        """Let go of everything."""
        self.answering.close()

    async def _answered(self, asked: Asked) -> str:
        turns = self._turns[asked.place]
        if asked.kind != "follow_up":
            turns.clear()
        answer = await self.answering.ask(self._chat_ids[asked.place], asked.text, [*turns], Progress())
        if (turn := stored_turn(answer)) is not None:
            turns.append(turn)
        return f"{answer.kind}, {answer.reason}"

    async def _move_on(self) -> None:
        """Add an article in one of the chats, remove its oldest; after MOVES_AFTER stretches move a chat."""
        place = self._stretch % CHATS
        old, libraries = self._window(place), self.answering.libraries
        self._stretch += 1
        chat_id = self._chat_ids[place]
        gone = _article(fact(self._seed, place, old.start))
        await self._put(place, fact(self._seed, place, old.stop))
        await self.answering.in_libraries(lambda: libraries.remove(LibraryName.of_chat(chat_id), gone.id))
        await self.answering.suggest(chat_id, _article(fact(self._seed, place, old.stop)).id, 2)
        if self._stretch % MOVES_AFTER == 0:
            self._chat_ids[place] += CHATS
            await self.answering.move(chat_id, self._chat_ids[place])
            self._turns[place].clear()

    def _window(self, place: int) -> range:
        """The numbers of the articles that a chat has at this stretch."""
        passed = (self._stretch - place + CHATS - 1) // CHATS
        return range(passed, passed + OWN)

    def _facts_of_chats(self) -> list[list[Fact]]:
        shared = [fact(self._seed, _SHARED_PLACE, number) for number in range(SHARED)]
        return [
            shared + [fact(self._seed, place, number) for number in self._window(place)]
            for place in range(CHATS)
        ]

    async def _put(self, place: int | None, known: Fact) -> None:
        article, libraries = _article(known), self.answering.libraries
        configuration = libraries.configuration
        embedder = await self.answering.embedder()
        passages = split_for(article, configuration.passage_tokens, embedder)
        vectors = await self.answering.with_embedder(partial(embed_passages, passages))
        if place is not None:
            chat_id = self._chat_ids[place]
            own = LibraryName.of_chat(chat_id)

            def put() -> None:
                with libraries.library(own, create=True) as library:
                    library.replace(article, passages, vectors)

            await self.answering.in_libraries(put)
            return
        with SqliteLibrary(library_path(self._config.data_dir, LIBRARY), configuration) as library:
            library.replace(article, passages, vectors)


def _article(known: Fact) -> Article:
    return make_article(known.text, f"{known.town}.md", title=known.title)
