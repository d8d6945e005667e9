"""Five chats, each with articles that are much like the others', the real bot and the real models."""

from __future__ import annotations

import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bot.chat import texts
from index.ingest.ingest import embed_article
from index.settings import IndexSettings
from index.store import SqliteLibrary
from index.store.paths import chat_library_path
from index.types import Embedder, IndexConfiguration
from tests.bot.isolation.room import NAME, answer_to, keys_of
from tests.bot.isolation.shown import leaks
from tests.fakes import make_article
from tests.standin.groups import Group
from tests.standin.persons import Person
from tests.standin.said import Said
from tests.standin.telegram import Telegram

IS_SHOWN = False  # five chats ask at once, and who is answered first is another one each time
SEED = 1919
EACH = 10
"""So many questions, and presses of buttons, in each of the five chats."""

OPENED = """The town council of {town} opened a new bridge over the river on Monday. It cost 47 million euros.

“This bridge is the pride of {town},” said Peter {mayor}, the mayor. The old one had fallen in a flood."""
CLOSED = """The school of {town} closes in summer, since it has only nine pupils. Their parents protested.

Mayor Peter {mayor} promised a bus to the next town. It leaves at seven in the morning."""
TOWNS = {
    "Ardvale": "Quillon",
    "Brinkmoor": "Vesper",
    "Corrinth": "Hallam",
    "Dunmarrow": "Oakes",
    "Elstrand": "Tamsin",
}
"""And who is the mayor of each."""

QUESTIONS = (
    "Which town opened a new bridge?",
    "How much did the bridge of {town} cost?",
    "Who is the mayor of {town}?",
    "What did Peter {mayor} say about the bridge?",
    "Why does the school close?",
    "Is Peter {mayor} the mayor?",
    "Which articles are about {town}?",
    "What did the mayor promise the parents of {town}?",
)


class Chat:
    """A town's chat: somebody in it, and what has been said there."""

    def __init__(self, town: str, person: Person, group: Group | None = None) -> None:
        self.town = town
        self.person = person
        self.group = group
        self.id = group.id if group else person.id
        self.said: list[str] = []
        self.answers: list[Said] = []

    def write(self, folder: Path, embedder: Embedder) -> None:
        """Its library."""
        configuration = IndexConfiguration(IndexSettings().embedder, IndexSettings().passage_tokens)
        named = {"town": self.town, "mayor": TOWNS[self.town]}
        with SqliteLibrary(chat_library_path(folder / "data", self.id), configuration) as library:
            for text, title in ((OPENED, "A bridge for {town}"), (CLOSED, "The school of {town}")):
                article = make_article(text.format(**named), f"{title}.md", title=title.format(**named))
                library.replace(article, *embed_article(article, configuration.passage_tokens, embedder))

    def says(self, text: str, reply_to: Said | None = None) -> None:
        """Somebody writes, and is answered."""
        self.said.append(text)
        self.answers.append(answer_to(self.person.says(text, to=self.group, reply_to=reply_to)))


def act(chat: Chat, others: list[Chat], chance: random.Random) -> None:
    """Ask something, or go on, or press a button: one of this chat, or one that is another's."""
    town = chance.choice([chat, *others, *others]).town
    question = chance.choice(QUESTIONS).format(town=town, mayor=TOWNS[town])
    last = chat.answers[-1] if chat.answers else None
    what = chance.choices(("ask", "follow", "summary", "press", "forge"), [5, 2, 1, 2, 1])[0]
    if what == "follow" and last:
        chat.says(f"And {town}?", reply_to=last)
    elif what == "summary":
        chat.says(f"/summary{NAME} {chance.choice(('', 'bridge', town))}")
    elif what == "press" and last and (own := keys_of(last)):
        assert "text" not in chat.person.presses(last, data=chance.choice(own))
    elif what == "forge" and last and (theirs := keys_elsewhere(others)):
        assert chat.person.presses(last, data=chance.choice(theirs))["text"] == texts.BUTTON_GONE
    else:
        chat.says(f"/ask{NAME} {question}")


def keys_elsewhere(others: list[Chat]) -> list[str]:
    return [key for other in others for said in other.answers[-2:] for key in keys_of(said)]


@pytest.fixture
def chats(telegram: Telegram, folder: Path, embedder: Embedder, ann: Person) -> list[Chat]:
    """Two private ones, and three groups of the same people, each with its library."""
    cleo, dan = telegram.person("Cleo"), telegram.person("Dan")
    small = telegram.group("Small", ann, cleo, dan, type="group")
    places: list[Callable[[str], Chat]] = [
        lambda town: Chat(town, cleo),
        lambda town: Chat(town, dan),
        lambda town: Chat(town, cleo, telegram.group("Readers", ann, cleo, dan)),
        lambda town: Chat(town, dan, small),
        lambda town: Chat(town, ann, telegram.group("Forum", ann, cleo, dan, is_forum=True)),
    ]
    made = [place(town) for place, town in zip(places, TOWNS, strict=True)]
    for chat in made:
        chat.write(folder, embedder)
    return made


def test_no_chat_is_shown_the_town_or_the_mayor_of_another(telegram: Telegram, chats: list[Chat]) -> None:
    before = len(telegram.calls)

    def play(chat: Chat) -> None:
        chance = random.Random(f"{SEED} {chat.town}")
        others = [other for other in chats if other is not chat]
        for _ in range(EACH):
            act(chat, others, chance)
        chat.says(f"/ask{NAME} Which town opened a new bridge on Monday?")

    with ThreadPoolExecutor(len(chats)) as players:
        for played in [players.submit(play, chat) for chat in chats]:
            played.result()
    words = {word.casefold(): {chat.id} for chat in chats for word in (chat.town, TOWNS[chat.town])}
    said = {chat.id: "\n".join(chat.said) for chat in chats}
    assert leaks(telegram.calls[before:], words, said) == []
    for chat in chats:
        assert f"The town council of {chat.town} opened a new bridge" in chat.answers[-1]["text"]
