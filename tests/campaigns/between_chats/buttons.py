"""Buttons that are forged, replayed, and pressed by others, under other messages, and after restarts."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from bot.chat import texts
from index.store.paths import chat_library_path
from tests.bot.isolation.places import all_places
from tests.bot.isolation.play import Play
from tests.bot.isolation.played import Watched, cast, running
from tests.bot.isolation.room import NAME, Room, answer_to
from tests.campaigns.between_chats.findings import spilled
from tests.campaigns.journal import Outcome
from tests.campaigns.logged import logged
from tests.standin.persons import Person
from tests.standin.said import Said
from tests.standin.world import BOT, Json

LIVES = 3
STRANGERS = 3
INVENTED = (
    "a:{key}:{view}", "a:{key}:{view}{view}", "l:{id}:0", "r:{id}:0", "R:{id}:0", "R:{id}:{number}",
    "p:{number}", "k:1", "k:0", "k:{number}", "s:q:{digit}", "s:k:1", "s:k:0", "s:t:{digit}:1",
    "s:t:{number}:0", "s:q:٣", "s:x:1", ":", "a::", "R::", "\N{ZERO WIDTH SPACE}", "x" * 64,
)  # fmt: skip
"""What no button says, and what some might: with a key, an article's id and numbers, of wherever they are."""


@dataclass(frozen=True)
class Press:
    """Who presses what, where."""

    person: Person
    room: Room
    message: Json
    data: str
    is_foreign: bool  # was it shown in another chat only?


@dataclass(frozen=True)
class State:
    """How every chat is set that the bot has heard of, and when its library was last written."""

    settings: Mapping[int, tuple[Any, ...]]
    written: Mapping[int, int]

    def changed(self, after: State) -> set[tuple[int, str]]:
        """The chats that are not as they were, and whether it is their settings or their articles."""
        pairs = ((self.settings, after.settings, "settings"), (self.written, after.written, "articles"))
        return {
            (chat, what)
            for before, now, what in pairs
            for chat in {*before, *now}
            if before.get(chat) != now.get(chat)
        }


def try_buttons(seed: int, number: int, presses: int, written: Path, folder: Path) -> Outcome:
    """Press ``presses`` buttons; return how many of each kind there were, and what is wrong."""
    places = all_places()
    watched, chance = Watched(), Random(f"buttons {seed} {number}")
    with logged() as log, cast(folder, written, places) as play:
        presser = Presser(play, folder, chance)
        for life in range(LIVES):
            with running(play, folder, watched):
                if life == 0:
                    presser.prepare()
                for _ in range(presses // LIVES):
                    presser.press_one()
        findings = presser.findings + spilled(play, folder, log)
    return {**presser.counted, "findings": findings}


class Presser:
    """Presses one button after another, and knows what each of them may change."""

    def __init__(self, play: Play, folder: Path, chance: Random) -> None:
        self._play = play
        self._folder = folder
        self._chance = chance
        self._strangers = [play.telegram.person(f"Stranger {number}") for number in range(STRANGERS)]
        self._shown: dict[int, list[str]] = {}  # what stood on buttons, by chat
        self._calls = 0  # that were read for it
        self.counted: Counter[str] = Counter()
        self.findings: list[str] = []

    def prepare(self) -> None:
        """Let every chat have answers, a list, settings, and words that may be kept, with their buttons."""
        for room in self._play.rooms.values():
            owner, other = (self._play.people[room.place.people[at]] for at in (0, -1))
            answer_to(room.says(other, f"/ask{NAME} What is the secret word that opens the door?"))
            answer_to(room.says(other, f"/articles{NAME}"))
            answer_to(room.says(owner, f"/settings{NAME}"))
            ferry = f"The {room.place.word} ferry leaves at nine."
            if room.place.is_private:
                answer_to(room.says(owner, ferry, forward_origin=_HIDDEN))
            else:
                words = room.says(other, ferry)
                room.says(owner, f"/add{NAME}", reply_to=words)
                answer_to(words)

    def press_one(self) -> None:
        """Press a button, and look whether anything has changed that it may not change."""
        press = self._chosen()
        before = self._state()
        may = self._may_change(press, before)
        notice = self._pressed(press)
        changed = before.changed(self._state())
        here, wanted = press.room.chat_id, _WANTS.get(press.data[:1], "nothing")
        self.counted["presses"] += 1
        self.counted["without the right to what they ask for"] += wanted != "nothing" and wanted not in may
        self.counted["of another chat"] += press.is_foreign
        self.counted["changes"] += len(changed)
        who = f"person {press.person.id} in {here} by {press.data!r}"
        self.findings += [
            f"{what} of {chat} were changed by {who}"
            for chat, what in changed
            if chat != here or what not in may or what != wanted
        ]
        if press.is_foreign and press.data.startswith("a:") and notice != texts.BUTTON_GONE:
            self.findings.append(f"{who} was told {notice!r}")

    def _pressed(self, press: Press) -> str | None:
        """Press, wait until all has come of it, and return what was told."""
        said = Said(self._play.telegram, press.room.chat, press.message)
        notice = press.person.presses(said, data=press.data).get("text")
        press.person.presses(said, data="done?")  # presses of one person are taken one after the other
        return notice

    def _chosen(self) -> Press:
        chance, play = self._chance, self._play
        room = chance.choice([*play.rooms.values()])
        messages = [
            message for message in list(room.chat.messages.values()) if message["from"]["id"] == BOT["id"]
        ]
        message = chance.choice(messages)
        if chance.random() < 0.1:
            message = {**message, "message_id": message["message_id"] + 1_000}  # which is not there
        members = [play.people[number] for number in room.place.people]
        who = chance.choices((members[:1], members, play.people, self._strangers), (3, 4, 2, 2))[0]
        person = members[0] if room.place.is_private else chance.choice(who)
        self._read_calls()
        here = self._shown[room.chat_id]
        other = chance.choice([chat_id for chat_id in self._shown if chat_id != room.chat_id])
        there = [data for data in self._shown[other] if data not in here]
        how = chance.choices(("shown", "replayed", "foreign", "spoilt", "invented"), (6, 4, 5, 3, 2))[0]
        data = {
            "shown": lambda: chance.choice([*_buttons(message), *here[:1]]),
            "replayed": lambda: chance.choice(here),
            "foreign": lambda: chance.choice(there),
            "spoilt": lambda: _spoilt(chance.choice((*here, *there)), chance),
            "invented": lambda: _invented(here + there, chance),
        }[how]()
        return Press(person, room, message, data, how == "foreign")

    def _may_change(self, press: Press, now: State) -> set[str]:
        if press.room.place.is_private or press.room.chat.is_admin(press.person.id):
            return {"settings", "articles"}
        _, keepers, *_ = now.settings.get(press.room.chat_id, _UNSET)
        is_member = press.room.chat.status(press.person.id) == "member"
        return {"articles"} if keepers == "everybody" and is_member else set()

    def _state(self) -> State:
        with closing(sqlite3.connect(self._folder / "bot.db", timeout=60)) as database:
            free = database.execute("SELECT chat, topic FROM free_topics").fetchall()
            chats = database.execute("SELECT id, quotes, keepers FROM chats").fetchall()
        settings = {
            chat: (quotes, keepers, *sorted(topic for where, topic in free if where == chat))
            for chat, quotes, keepers in chats
        }
        ids = [room.chat_id for room in self._play.rooms.values()]
        paths = {chat: chat_library_path(self._folder, chat) for chat in ids}
        return State(
            {chat: found for chat, found in settings.items() if found != _UNSET},
            {chat: path.stat().st_mtime_ns for chat, path in paths.items() if path.exists()},
        )

    def _read_calls(self) -> None:
        """Take in which buttons were shown meanwhile."""
        calls = self._play.telegram.calls
        for call in calls[self._calls :]:
            if "reply_markup" in call.values and "chat_id" in call.values:
                self._shown.setdefault(call.values["chat_id"], []).extend(_buttons(call.values))
        self._calls = len(calls)


_UNSET = (None, "admins")
_WANTS = {"s": "settings", "R": "articles", "k": "articles"}
"""What a button changes, by how its data begins."""

_HIDDEN = {"type": "hidden_user", "date": 1_790_000_000, "sender_user_name": "Ben"}


def _buttons(message: Json) -> list[str]:
    rows = (message.get("reply_markup") or {}).get("inline_keyboard", [])
    return [button["callback_data"] for row in rows for button in row if "callback_data" in button]


def _spoilt(data: str, chance: Random) -> str:
    """``data`` with something else in one place."""
    at = chance.randrange(len(data))
    put = chance.choice(("", ":", "0", "1", "f", "c", "R", "k", "é", data[at].swapcase(), data))
    return (data[:at] + put + data[at + 1 :])[:64] or "0"


def _invented(shown: Sequence[str], chance: Random) -> str:
    """What might be a button, with a key and an article that there are somewhere."""
    keys = [data.split(":")[1] for data in shown if data.startswith("a:")]
    ids = [data.split(":")[1] for data in shown if data[:1] in "lrR"]
    return chance.choice(INVENTED).format(
        key=chance.choice([*keys, "A" * 16]),
        id=chance.choice([*ids, "A" * 16]),
        view=chance.choice(("", "f", "c", "fc", "cf")),
        number=chance.choice((0, 1, 9, 9_999, -1, 10**19)),
        digit=chance.randrange(10),
    )
