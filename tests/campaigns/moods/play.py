"""People ask, Telegram has its moods, and then it is looked at what became of every question."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.chat import texts
from tests.bot.fakes import FakeAnswerer, FakeLibraries, article
from tests.campaigns.logged import Log
from tests.campaigns.moods.virtual import Virtual
from tests.standin.groups import Group
from tests.standin.loopback import TOKEN
from tests.standin.methods import Fault, Spoiled
from tests.standin.persons import Person
from tests.standin.said import arrives
from tests.standin.telegram import Telegram
from tests.standin.world import Json

CANARY = "canarybird"
"""Stands in every question and in every body that is no answer: it must stand in no line of the log."""

QUESTIONS = 60
TEXT = "\n\n".join(f"Animal{n} eats fruit{n}." for n in range(QUESTIONS))
STEP_S = 5.0
PATIENCE_S = 2 * 3600.0
PROGRESS = (texts.STARTING, "…\n", "▓", "░")


@dataclass(frozen=True)
class Asked:
    """A question, and the words that only its answer has."""

    chat_id: int
    words: str


class Play:
    """One trial: a server, a bot that may be started again, and what people ask."""

    def __init__(self, telegram: Telegram, folder: Path, log: Log) -> None:
        self.telegram = telegram
        self.log = log
        self.answerer = FakeAnswerer()
        self.libraries = FakeLibraries(article(TEXT))
        self.asked: list[Asked] = []
        self.lost = 0  # answers of the server's that nobody hears, though the message is there
        self._folder = folder
        self._number = 0

    @contextmanager
    def running(self) -> Iterator[Virtual]:
        """Run the bot, with what an earlier one has left."""
        with Virtual(self.telegram, self._folder, self.answerer, self.libraries) as bot:
            yield bot

    def asks(self, person: Person, to: Group | None = None) -> None:
        """Let a person ask what only one sentence answers."""
        words = f"fruit{self._number}"
        self._number += 1
        said = person.says(f"/ask@verbatim_bot {words} {CANARY}?" if to else f"{words} {CANARY}?", to=to)
        self.asked.append(Asked(said.chat.id, f" eats {words}."))

    def crowd(self, people: int, each: int = 1, in_group: int = 0) -> Group:
        """Let many people ask, some of them in a group."""
        persons = [self.telegram.person(f"P{number}") for number in range(max(people, 1))]
        group = self.telegram.group("Readers", *persons, bot="administrator")
        for _ in range(each):
            for person in persons[:people]:
                self.asks(person)
        for number in range(in_group):
            self.asks(persons[number % len(persons)], to=group)
        return group

    def fails(self, method: str, *faults: Fault) -> None:
        """Let the next calls of ``method`` meet these."""
        if method == "sendMessage":
            self.lost += sum(isinstance(fault, Spoiled) and fault.done for fault in faults)
        self.telegram.fail(method, *faults)

    def tells_of_move(self, group: Group, new: Group, by: Person, *, new_first: bool) -> None:
        """Let both chats say that one has become the other."""

        def tell() -> None:
            world = self.telegram.world
            messages = [
                (group.chat, world.write(group.chat, by.user, migrate_to_chat_id=new.id)),
                (new.chat, world.write(new.chat, by.user, migrate_from_chat_id=group.id)),
            ]
            for chat, message in reversed(messages) if new_first else messages:
                arrives(self.telegram, chat, message)

        self.telegram.do(tell)

    def drain(self, bot: Virtual, within_s: float = PATIENCE_S) -> None:
        """Let time pass until nothing is left to be done, or too long."""
        passed = 0.0
        while passed < within_s and bot.is_running and not self._is_drained():
            bot.passes(STEP_S)
            passed += STEP_S

    def findings(self) -> list[str]:
        """Say what is not as it was promised."""
        messages = self._messages()
        found = [f"the judges refused {refused}" for refused in self.telegram.refused]
        counts = Counter({asked: sum(asked.words in text for _, text in messages) for asked in self.asked})
        found += [f"no answer to {asked}" for asked in self.asked if not counts[asked]]
        repeats = sum(count - 1 for count in counts.values() if count)
        stale = [text for _, text in messages if text.endswith("…") or any(word in text for word in PROGRESS)]
        if repeats + len(stale) > self.lost:
            found.append(f"{repeats} repeats, {stale} left standing, and only {self.lost} answers were lost")
        found += self._out_of_order()
        inbox, outbox = self._left()
        if inbox or outbox:
            found.append(f"{inbox} updates and {outbox} replies are left")
        found += [f"in the log: {line}" for line in self.log.lines if CANARY in line or TOKEN[10:] in line]
        found += [f"in the log: {line}" for line in self.log.lines if "Traceback" in line]
        return found

    def _is_drained(self) -> bool:
        inbox, outbox = self._left()
        pending = self.telegram.do(lambda: self.telegram.methods.updates.pending_count)
        return not inbox and not outbox and not pending

    def _left(self) -> tuple[int, int]:
        with closing(sqlite3.connect(self._folder / "bot.db", timeout=30)) as connection:
            (inbox,) = connection.execute("SELECT count(*) FROM inbox").fetchone()
            (outbox,) = connection.execute("SELECT count(*) FROM outbox").fetchone()
        return inbox, outbox

    def _messages(self) -> list[tuple[int, str]]:
        """Chat and text of every message of the bot's that stands there."""

        def look() -> list[tuple[int, str]]:
            chats = self.telegram.world.chats.values()
            return [
                (chat.id, message["text"])
                for chat in chats
                for message in chat.messages.values()
                if _is_ours(message)
            ]

        return self.telegram.do(look)

    def _out_of_order(self) -> list[str]:
        said = [(call.at, str(call.values.get("text", ""))) for call in self.telegram.calls]
        found = []
        for chat_id in {asked.chat_id for asked in self.asked}:
            times = [
                min((at for at, text in said if asked.words in text), default=0.0)
                for asked in self.asked
                if asked.chat_id == chat_id
            ]
            if times != sorted(times) and 0.0 not in times:
                found.append(f"answers in chat {chat_id} are out of order")
        return found


def _is_ours(message: Json) -> bool:
    return bool(message.get("from", {}).get("username") == "verbatim_bot" and "text" in message)
