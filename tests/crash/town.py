"""People who ask and add more than the bot can bear, and what must have become of it in the end."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from bot.chat import texts
from index.store import SqliteLibrary
from index.store.paths import chat_library_path, library_path
from tests.fakes import CONFIGURATION, make_article, put_article
from tests.standin.persons import Person
from tests.standin.said import Said
from tests.standin.telegram import Telegram
from tests.standin.world import Json

PEOPLE, GROUPS = 10, 3
SHARED = 20
"""Articles that everybody may ask about."""

_PROGRESS = re.compile(r"…$|[▓░]")


def sentence_of(canary: str) -> str:
    """The sentence of an article that only its own question finds."""
    return f"The lantern of {canary} was lit by Tomas on a windy Thursday."


def question_about(canary: str) -> str:
    """What that sentence answers."""
    return f"Who lit the lantern of {canary}?"


@dataclass
class Town:
    """A chat with each of PEOPLE, and GROUPS with all of them; everything is decided by ``random``."""

    telegram: Telegram
    folder: Path
    random: Random
    people: list[Person] = field(default_factory=list)
    asked: list[tuple[Said, str]] = field(default_factory=list)  # with the canary of the right answer
    added: list[tuple[Said, Person, str]] = field(default_factory=list)
    _canaries: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def __post_init__(self) -> None:
        self.people = [self.telegram.person(f"Person {number}") for number in range(PEOPLE)]
        self.groups = [
            self.telegram.group(f"Group {number}", *self.people, bot="administrator")
            for number in range(GROUPS)
        ]
        self.shared = [self._canary() for _ in range(SHARED)]
        path = library_path(self.folder / "data", "main")
        path.parent.mkdir(parents=True, mode=0o700)
        with SqliteLibrary(path, CONFIGURATION) as library:
            for canary in self.shared:
                put_article(library, make_article(f"{sentence_of(canary)} Nobody saw it.", f"{canary}.md"))

    def is_busy(self, count: int) -> None:
        """``count`` messages, some of them files and presses, arrive at once."""
        for _ in range(count):
            person = self.random.choice(self.people)
            kind = self.random.choices(("ask", "ask in a group", "add", "press"), (6, 3, 2, 1))[0]
            canary = self.random.choice(self.shared)
            if kind == "ask":
                self.asked.append((person.says(question_about(canary)), canary))
            elif kind == "ask in a group":
                group = self.random.choice(self.groups)
                self.asked.append((person.says(f"/ask {question_about(canary)}", to=group), canary))
            elif kind == "add":
                self._add(person)
            else:
                self._press()

    def _add(self, person: Person) -> None:
        canary = self._canary()
        is_page = self.random.random() < 0.3
        text = f"{sentence_of(canary)} It burned till Friday."
        page = f"<html><title>{canary}</title><body><article><p>{text}</p></article></body></html>"
        name, mime = (f"{canary}.html", "text/html") if is_page else (f"{canary}.txt", "text/plain")
        said = person.sends_file((page if is_page else text).encode(), name, mime)
        self.added.append((said, person, canary))

    def _press(self) -> None:
        sent = [message for message in self.telegram.sent()[-20:] if message.get("reply_markup")]
        if sent:
            message = self.random.choice(sent)
            data = message["reply_markup"]["inline_keyboard"][0][0].get("callback_data", "x")
            chat = self.telegram.world.chats[message["chat"]["id"]]
            user = self.random.choice(self.people).user
            self.telegram.do(
                lambda: self.telegram.methods.queries.press(user, chat, message["message_id"], data)
            )

    def is_answered(self) -> bool:
        """Whether everything that was written has its answer, whole."""
        replied = self._replies()
        said = [message for message, _ in self.asked] + [message for message, _, _ in self.added]
        return all(
            any(not _PROGRESS.search(text) for text in replied.get((message.chat.id, message.id), ()))
            for message in said
        )

    def figures(self) -> Counter[str]:
        """Count what became of it all: what is lost, said twice, set aside, left behind, or wrong."""
        replied = self._replies()
        found: Counter[str] = Counter(questions=len(self.asked), articles=len(self.added))
        for said, canary in self.asked:
            texts_said = replied.get((said.chat.id, said.id), [])
            found += _judged(texts_said, canary)
        for said, person, canary in self.added:
            texts_said = replied.get((said.chat.id, said.id), [])
            found += _judged(texts_said, canary)
            was_saved = any(canary in text for text in texts_said)
            found["saved"] += was_saved
            found["saved and not found"] += was_saved and not self._holds(person, canary)
        found["placeholders left"] = sum(bool(_PROGRESS.search(text)) for text in self._texts())
        return found

    def ask_for_all_that_was_saved(self) -> None:
        """Each article that was called saved is asked for with its own question."""
        for said, person, canary in self.added:
            if any(canary in text for text in self._replies().get((said.chat.id, said.id), [])):
                self.asked.append((person.says(question_about(canary)), canary))

    def _holds(self, person: Person, canary: str) -> bool:
        with SqliteLibrary(chat_library_path(self.folder / "data", person.id)) as library:
            return any(canary in library.article(info.id).text for info in library.articles())

    def _canary(self) -> str:
        return f"{self.random.choice(('Zor', 'Quil', 'Vex', 'Bram'))}{next(self._canaries)}x"

    def _replies(self) -> dict[tuple[int, int], list[str]]:
        """What the bot replied to each message, as it stands there now."""
        found: dict[tuple[int, int], list[str]] = {}
        for message in self._messages():
            replied = message.get("reply_to_message", {}).get("message_id")
            if replied is not None:
                found.setdefault((message["chat"]["id"], replied), []).append(message["text"])
        return found

    def _texts(self) -> list[str]:
        return [message["text"] for message in self._messages()]

    def _messages(self) -> list[Json]:
        def messages() -> list[Json]:
            return [
                message
                for chat in self.telegram.world.chats.values()
                for message in chat.messages.values()
                if message.get("from", {}).get("is_bot") and "text" in message
            ]

        return self.telegram.do(messages)


def _judged(said: list[str], canary: str) -> Counter[str]:
    """Count what was said to one message."""
    whole = [text for text in said if not _PROGRESS.search(text)]
    is_aside = texts.SET_ASIDE in whole
    is_right = any(canary in text for text in whole)
    return Counter(
        {
            "lost": not whole,
            "repeats": max(0, len(whole) - 1),
            "set aside": is_aside,
            "answered wrongly": bool(whole) and not is_aside and not is_right,
        }
    )
