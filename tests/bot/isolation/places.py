"""Chats that must not know of each other: who is in which, and the articles of each, with its secret word."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from index.config import Config
from index.search import SqliteLibraries
from index.store import SqliteLibrary
from index.store.paths import chat_library_path, library_path
from index.types import Article
from tests.fakes import CONFIGURATION, make_article, put_article

Kind = Literal["private", "group", "supergroup", "forum"]

PEOPLE = 40
KINDS: Mapping[Kind, int] = MappingProxyType({"private": 6, "supergroup": 6, "group": 2, "forum": 6})
"""So many places of each, in this order."""

WORDS = (
    *("quibzor", "vandrel", "mokpith", "juxtane", "zephrik", "dwalgum", "frobish", "klixter", "yondrap"),
    *("sprovul", "tragnel", "whimzor", "blontek", "crudvax", "gliphon", "hexwold", "nurbash", "pelquin"),
    *("snavrok", "thrombil"),
)
NOBODYS = "ormundic"
"""A word that stands in no library."""

KEEPER = (
    "The keeper of the old {word}lighthouse hid a silver key under the stone bridge. "
    "The secret word that opens the door is {known}. Nobody in the village knew where the keeper went.\n\n"
    "“The {word}lamp burns until morning,” said Martha Hale, the sister of the keeper."
)
LETTER = (
    "In winter the fishermen of the {word}harbour wrote a letter to the harbour master. "
    "They asked for bread, salt and a new boat.\n\n"
    "The harbour master answered that the {word}harbour gets a boat in spring."
)
MARKET = "The market opens on Saturday. Apples, honey and smoked fish are sold there until noon."
TIDES = "The tide is high at seven in the morning. The tide is low at one in the afternoon."


@dataclass(frozen=True, slots=True)
class Place:
    """A chat; its people by their numbers, the first of whom owns it. Without a word it has no library."""

    number: int
    kind: Kind
    people: tuple[int, ...]
    word: str = ""

    @property
    def is_private(self) -> bool:
        """Whether nobody else reads along."""
        return self.kind == "private"


def all_places() -> tuple[Place, ...]:
    """The twenty with a library, and four private chats without, of people who are members elsewhere."""
    places = []
    kinds = (kind for kind, count in KINDS.items() for _ in range(count))
    for number, (kind, word) in enumerate(zip(kinds, WORDS, strict=True)):
        people = (number,) if kind == "private" else _members(number)
        places.append(Place(number, kind, people, word))
    without = range(len(WORDS), len(WORDS) + 4)
    return (*places, *(Place(number, "private", (number,)) for number in without))


def _members(number: int) -> tuple[int, ...]:
    """Six of many, and two who have a library of their own in private."""
    return (*((number * 5 + step * 7) % 34 + 6 for step in range(6)), number % 6, (number + 3) % 6)


def articles_of(word: str) -> Iterator[Article]:
    """What stands in the library of ``word``; the shared one has none. Most words are everybody's."""
    of = f"{word} " if word else ""
    known = word or "not told"
    yield make_article(
        KEEPER.format(word=of, known=known),
        "keeper.md",
        title=f"The keeper of the {of}lighthouse",
        published=date(2022, 3, 18),
    )
    yield make_article(LETTER.format(word=of), "letter.md", title=f"A letter from the {of}harbour")
    yield make_article(TIDES, "tides.md", title="Tides")
    if word:
        yield make_article(
            MARKET,
            f"{word}/market.md",
            title=f"Market days of {word}",
            publisher=f"The {word} Gazette",
            author=f"Ada {word.title()}",
            url=f"https://{word}.example/market",
        )
    for number in range(9 if word in WORDS[::4] else 0):  # enough for a second page
        yield make_article(f"Notice {number} of the {of}harbour.", f"{number}.md", title=f"Notice {number}")


def libraries(folder: Path) -> SqliteLibraries:
    """Those of a data folder, made with the models that compute."""
    return SqliteLibraries(Config(folder, folder, {"index": {"embedder": "fake", "passage_tokens": 40}}))


def write_libraries(folder: Path) -> None:
    """A file for every word, called by it, and ``main``, which is everybody's: to be copied by ``fill``."""
    for word in ("", *WORDS):
        with SqliteLibrary(folder / f"{word or 'main'}.db", CONFIGURATION) as library:
            for article in articles_of(word):
                put_article(library, article)


def fill(folder: Path, written: Path, words: Mapping[int, str]) -> None:
    """Put the shared library into a data folder, and one for each chat that has a word."""
    files = {library_path(folder, "main"): "main"}
    files |= {chat_library_path(folder, chat_id): word for chat_id, word in words.items() if word}
    for path, name in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(written / f"{name}.db", path)
