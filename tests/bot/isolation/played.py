"""The bot plays its part: with real libraries, an answerer of models that compute, and everybody's words."""

from __future__ import annotations

import functools
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from index.protocols import Search
from index.types import Embedder
from retrieval.answerer import Answerer
from retrieval.answers import AboutArticle, Answer
from retrieval.attribution import GrammarAttributor
from retrieval.conversation import Conversation
from retrieval.parser import Parsed, load_parser
from retrieval.quote import QuotePlace
from retrieval.settings import RetrievalSettings
from retrieval.types import Citation
from tests.bot.inside import Inside
from tests.bot.isolation.places import Place, all_places, fill, libraries
from tests.bot.isolation.plan import Action
from tests.bot.isolation.play import Play
from tests.bot.isolation.shown import words_in
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
        parser = _Remembering()
        self._answerer = Answerer(
            FakeEmbedder(), FakeReader(), RetrievalSettings(), parser, GrammarAttributor(parser)
        )

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
        """Note what is read, and let the real Answerer do it."""
        self._watch(searches, conversation)
        return self._answerer.ask(
            question, searches, conversation=conversation, quotes=quotes, more=more, tell=tell
        )

    def summarize(self, name: str, searches: Sequence[Search], *, conversation: Conversation) -> AboutArticle:
        """Note what is read, and let the real Answerer do it."""
        self._watch(searches, conversation)
        return self._answerer.summarize(name, searches, conversation=conversation)

    @property
    def embedder(self) -> Embedder:
        """The real Answerer's."""
        return self._answerer.embedder

    def suggestions(self, article_id: str, searches: Sequence[Search]) -> Iterator[str | None]:
        """Note what is read, and let the real Answerer do it."""
        self._watch(searches, Conversation())
        return self._answerer.suggestions(article_id, searches)

    def quote_again(
        self, places: Sequence[QuotePlace], searches: Sequence[Search], *, around: int
    ) -> list[Citation]:
        """Note what is read, and let the real Answerer do it."""
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
    with cast(folder, written, places) as play, running(play, folder, watched := Watched()):
        yield play, watched


@contextmanager
def cast(folder: Path, written: Path, places: Collection[Place]) -> Iterator[Play]:
    """Everybody at Telegram, and the libraries of these ``places``, for a bot that is still to come."""
    with Telegram() as telegram:
        play = Play(telegram, all_places())
        fill(folder, written, {play.rooms[place.number].chat_id: place.word for place in places})
        yield play


def running(play: Play, folder: Path, watched: Watched) -> Inside:
    """The bot of a play, with what an earlier one has left in ``folder``; to be used with ``with``."""
    return Inside(play.telegram, folder, lambda: watched, libraries(folder))


def played(
    folder: Path, written: Path, places: Collection[Place], actions: Sequence[Action], lives: int = 1
) -> Played:
    """These ``actions`` are done, in so many lives of the bot; only these ``places`` have their libraries."""
    watched = Watched()
    with cast(folder, written, places) as play:
        for life in range(lives):
            part = actions[life * len(actions) // lives : (life + 1) * len(actions) // lives]
            with running(play, folder, watched):
                play.run(part)
    telegram, rooms = play.telegram, play.rooms.values()
    chat_ids = {room.place.word: room.chat_ids for room in rooms if room.place.word}
    return Played(play, watched.reads, telegram.calls, telegram.refused, chat_ids)


def foreign_reads(whole: Played) -> list[str]:
    """Name what was read that a chat has no right to: libraries, citations, words that nobody said there."""
    of_chats = {f"chats/{chat_id}": word for word, chat_ids in whole.chat_ids.items() for chat_id in chat_ids}
    rooms = whole.play.rooms.values()
    said = {f"chats/{chat_id}": room.said for room in rooms for chat_id in room.chat_ids if room.place.word}
    said["main"] = [text for room in rooms if not room.place.word for text in room.said]
    found = []
    for read in whole.reads:
        first = read.libraries[0]
        if read.libraries != (("main",) if first == "main" else (first, "main")):
            found.append(f"{read.libraries} were searched together")
        for turn in read.conversation.turns:
            if not {cited.library for cited in turn.citations} <= {*read.libraries}:
                found.append(f"a conversation over {read.libraries} cites others: {turn}")
            if not words_in(turn.question) - {of_chats.get(first)} <= words_in("\n".join(said[first])):
                found.append(f"nobody in {first} has said {turn.question!r}")
    return found
