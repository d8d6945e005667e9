"""The bot plays its part: with real libraries, an answerer of models that compute, and everybody's words."""

from __future__ import annotations

import functools
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from index.search import Search
from index.types import Embedder
from retrieval.answerer import Answerer
from retrieval.conversation import Conversation
from retrieval.kept import Place as Where
from retrieval.parser import Parsed, load_parser
from retrieval.settings import RetrievalSettings
from retrieval.types import Answer, Citation
from tests.bot.inside import Inside
from tests.bot.isolation.places import Place, all_places, fill, libraries
from tests.bot.isolation.plan import Action
from tests.bot.isolation.play import Play
from tests.fakes import FakeEmbedder, FakeReader
from tests.standin.methods import Call
from tests.standin.telegram import Telegram


@dataclass(frozen=True)
class Read:
    """What the answerer was given to answer from."""

    libraries: tuple[str, ...]
    conversation: Conversation


class Watched:
    """An answerer of models that compute; what it is given is kept in ``reads``."""

    def __init__(self) -> None:
        self.reads: list[Read] = []
        self._answerer = Answerer(FakeEmbedder(), FakeReader(), RetrievalSettings(), _Remembering())

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
        """As Answerer does."""
        self._watch(searches, conversation)
        return self._answerer.ask(
            question, searches, conversation=conversation, quotes=quotes, more=more, tell=tell
        )

    def summarize(self, name: str, searches: Sequence[Search], *, conversation: Conversation) -> Answer:
        """As Answerer does."""
        self._watch(searches, conversation)
        return self._answerer.summarize(name, searches, conversation=conversation)

    @property
    def embedder(self) -> Embedder:
        """As Answerer has it."""
        return self._answerer.embedder

    def suggestions(self, article_id: str, searches: Sequence[Search]) -> Iterator[str | None]:
        """As Answerer does."""
        self._watch(searches, Conversation())
        return self._answerer.suggestions(article_id, searches)

    def quote_again(
        self, places: Sequence[Where], searches: Sequence[Search], *, around: int
    ) -> list[Citation]:
        """As Answerer does."""
        self._watch(searches, Conversation())
        return self._answerer.quote_again(places, searches, around=around)

    def _watch(self, searches: Sequence[Search], conversation: Conversation) -> None:
        self.reads.append(Read(tuple(search.name for search in searches), conversation))


class _Remembering:
    """The real parser, which is not asked twice: people here have few ways to say things."""

    def parse(self, texts: Sequence[str]) -> Sequence[Parsed]:
        """One Parsed a text, in order."""
        return [_parsed(text) for text in texts]


@functools.cache
def _parsed(text: str) -> Parsed:
    return load_parser().parse([text])[0]


@dataclass(frozen=True)
class Played:
    """A play that is over."""

    play: Play
    reads: list[Read]
    calls: list[Call]
    refused: list[str]  # what the bot sent that Telegram would not take
    chat_ids: dict[str, set[int]]  # of each secret word


@contextmanager
def playing(folder: Path, written: Path, places: Collection[Place]) -> Iterator[tuple[Play, Watched]]:
    """Everybody at Telegram, and the bot; only these of all ``places`` have their libraries."""
    watched = Watched()
    with Telegram() as telegram, Inside(telegram, folder, lambda: watched, libraries(folder)):
        play = Play(telegram, all_places())
        fill(folder, written, {play.rooms[place.number].chat_id: place.word for place in places})
        yield play, watched


def played(folder: Path, written: Path, places: Collection[Place], actions: Sequence[Action]) -> Played:
    """These ``actions`` are done; only these ``places`` have their libraries."""
    with playing(folder, written, places) as (play, watched):
        play.run(actions)
    telegram, rooms = play.telegram, play.rooms.values()
    chat_ids = {room.place.word: room.chat_ids for room in rooms if room.place.word}
    return Played(play, watched.reads, telegram.calls, telegram.refused, chat_ids)
