"""A data folder after real use, and everything that can be asked of it: damage leaves it, or is named."""

from __future__ import annotations

import random
from collections.abc import Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from bot.store import Database, Exchanges, Inbox, State
from index.search import SqliteSearch
from index.store import SqliteLibrary
from index.store.paths import chat_library_path, library_path
from retrieval.answerer import Answerer
from retrieval.answers import Answer, citations_of
from tests.bot.on_disk import answerer, on_disk
from tests.bot.scenarios.watching import says_soon
from tests.fakes import CONFIGURATION, make_article, put_article
from tests.standin.people import message, update
from tests.standin.telegram import Telegram

CHAT = -5
"""Whose own library is damaged."""

SHARED = "Who likes jam?"
JAM = "Bears like jam."
CANARIES = ("otters", "badgers", "herons", "lynxes", "beetles", "salmon", "moths", "cranes", "voles", "newts")
WORDS = [
    "the",
    "river",
    "runs",
    "past",
    "an",
    "old",
    "mill",
    "where",
    "people",
    "of",
    "town",
    "talk",
    "about",
    "rain",
    "and",
    "bread",
    "every",
    "morning",
]


@dataclass(frozen=True)
class UsedFolder:
    """The folder of config.toml, with ``data`` in it, and the people whose chats are in bot.db."""

    folder: Path
    texts: frozenset[str]
    chats: tuple[int, ...]

    @property
    def library(self) -> Path:
        """The chat's own."""
        return chat_library_path(self.folder / "data", CHAT)

    @property
    def state(self) -> Path:
        """What the bot keeps."""
        return self.folder / "data" / "bot.db"


def use_folder(folder: Path, seed: int) -> UsedFolder:
    """Use a bot for a while in ``folder``: two libraries are filled, two people ask, press and go away."""
    chance = random.Random(seed)
    texts = {f"{JAM} Wolves like jam too."}
    with SqliteLibrary(library_path(folder / "data", "main"), CONFIGURATION) as library:
        put_article(library, make_article(f"{JAM} Wolves like jam too.", "jam.md"))
    with SqliteLibrary(chat_library_path(folder / "data", CHAT), CONFIGURATION) as library:
        for number, canary in enumerate(CANARIES):
            text = _text(canary, chance)
            texts.add(text)
            original = chance.randbytes(3000) if number % 3 == 0 else None
            put_article(library, make_article(text, f"{canary}.md", author="A. Bear", original=original))
        put_article(library, make_article("Owls sleep.", "removed.md"))
        library.remove(library.articles()[-1].id)
        later = f"{_text(CANARIES[0], chance)} And that is new."
        texts.add(later)
        put_article(library, make_article(later, f"{CANARIES[0]}.md", author="A. Bear"))
    with Telegram() as telegram:
        people = [telegram.person(name) for name in ("Ann", "Ben")]
        forum = telegram.group("Forum", *people, is_forum=True, bot="administrator")
        with on_disk(telegram, folder):
            for person in people:
                person.says("Hello").answer()
                for question in (SHARED, "And wolves?", "Who eats stones?") * 3:
                    person.says(question).answer()
                person.presses(person.says("/settings").answer(), "2")
            last = people[0].says(SHARED).answer()
            people[0].presses(last, "Context")
            says_soon(last, JAM)
            people[0].says(SHARED, to=forum, topic=forum.opens_topic("News", by=people[0]))
        chats = (*(person.id for person in people), forum.id)
    with closing(Database(folder / "data" / "bot.db")) as database:
        inbox = Inbox(database)
        inbox.take([update(number=number, **message(f"{number}?")) for number in range(20)])
        inbox.release()
    return UsedFolder(folder, frozenset(texts), chats)


def _text(canary: str, chance: random.Random) -> str:
    sentences = [
        " ".join(chance.choices(WORDS, k=12)).capitalize() + "." for _ in range(chance.randint(5, 60))
    ]
    sentences.insert(len(sentences) // 2, f"Nobody counts the {canary} of {canary} valley.")
    return "\n\n".join(" ".join(sentences[at : at + 5]) for at in range(0, len(sentences), 5))


def question_about(canary: str) -> str:
    """A question that one sentence of one article answers."""
    return f"Who counts the {canary} of {canary} valley?"


def said(answer: Answer) -> dict[str, Any]:
    """What of an answer a person sees."""
    quotes = [citation.quote.text for citation in citations_of(answer)]
    return {
        "reason": answer.reason,
        "quotes": quotes,
        "titles": [citation.article.title for citation in citations_of(answer)],
    }


def ask(question: str, reading: Answerer, searches: Sequence[SqliteSearch]) -> dict[str, Any]:
    """What the articles of ``searches`` say."""
    return said(reading.ask(question, searches))


def state_of(path: Path, chats: Sequence[int]) -> dict[str, Any]:
    """Everything that the bot reads from bot.db. Raises what reading it raises."""
    with closing(Database(path)) as database:
        state, exchanges, inbox = State(database), Exchanges(database), Inbox(database)
        reading = answerer()
        found: dict[str, Any] = {"waiting": inbox.unfinished()}
        inbox.release()
        for chat in chats:
            found[f"{chat}"] = [
                asdict(state.settings(chat)),
                state.former(chat),
                [state.is_free(chat, topic) for topic in range(5)],
                [
                    [asdict(exchange), [asdict(earlier) for earlier in exchanges.chain(exchange.key, 8)]]
                    for number in range(60)
                    for exchange in (exchanges.by_message(chat, number), exchanges.by_question(chat, number))
                    if exchange is not None
                ],
            ]
            last = exchanges.last_in(chat, 0)
            if last is not None and last.answer is not None and last.answer.turn is not None:
                reading.quote_again(last.answer.turn.places, (), around=300)
        return found
