"""A place at Telegram, and what has been said there so far."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.chat import texts
from tests.bot.isolation.places import Place
from tests.bot.isolation.plan import Action
from tests.standin.groups import Group
from tests.standin.persons import Person
from tests.standin.said import Said
from tests.standin.telegram import Telegram
from tests.standin.world import BOT, Chat

NAME = "@verbatim_bot"

_MEANWHILE = re.compile(
    f"{re.escape(texts.STARTING)}|(?:.*\n\n)?{re.escape(texts.READING)}|.* ahead of yours …", re.DOTALL
)


@dataclass
class Room:
    """One chat; its ids are two where a group has become a supergroup."""

    place: Place
    owner: Person
    group: Group | None  # None in private
    topics: list[int | None]  # of a forum: in the first everything is a question; None is no topic
    chat_ids: set[int]
    answers: list[Said] = field(default_factory=list)
    listing: Said | None = None  # the last answer to /articles
    said: list[str] = field(default_factory=list)  # by people
    seen: list[tuple[Action, Any]] = field(default_factory=list)  # and what it led to, in order

    @property
    def chat(self) -> Chat:
        """The chat that it is now: a group may have become a supergroup."""
        return self.group.chat if self.group else self.owner.private

    @property
    def chat_id(self) -> int:
        """The id of the chat that it is now."""
        return self.chat.id

    def says(self, person: Person, text: str, **fields: Any) -> Said:
        """Somebody writes a message; ``fields`` are those of Person.says."""
        self.said.append(text)
        return person.says(text, to=self.group, **fields)

    def edits(self, person: Person, said: Said, text: str) -> None:
        """Somebody's message says something else."""
        self.said.append(text)
        person.edits(said, text)

    def answer(self, last_but: int) -> Said | None:
        """The last answer but so many; None where there are not so many."""
        return self.answers[-1 - last_but] if last_but < len(self.answers) else None

    def upgrades(self, owner: Person, *, new_first: bool) -> None:
        """The group becomes a supergroup, which nothing that was said comes along to."""
        if self.group is not None:
            self.group = self.group.upgrades(owner, new_first=new_first)
            self.chat_ids.add(self.group.id)
            self.answers, self.listing = [], None


def open_room(telegram: Telegram, place: Place, people: Sequence[Person]) -> Room:
    """The chat of ``place`` with its people; a forum has two topics, and the bot sees everything there."""
    members = [people[number] for number in place.people]
    if place.is_private:
        return Room(place, members[0], None, [None], {members[0].id})
    if place.kind == "forum":
        forum = telegram.group(f"G{place.number}", *members, is_forum=True, bot="administrator")
        topics = [forum.opens_topic("Everything", members[0]), forum.opens_topic("Talk", members[0]), None]
        return Room(place, members[0], forum, [*topics], {forum.id})
    group = telegram.group(f"G{place.number}", *members, type=place.kind)
    return Room(place, members[0], group, [None], {group.id})


def as_question(room: Room, text: str, choice: int) -> tuple[str, int | None]:
    """``text`` in one of the ways to ask in a room, and the topic to ask it in."""
    topic = room.topics[choice % len(room.topics)]
    is_free = room.place.is_private or (topic is not None and topic == room.topics[0])
    command = f"/ask{NAME} {text}"
    ways = (command, f"{NAME}, {text}", f"{text} {NAME}", marked(text) if is_free else command)
    return ways[choice % 4], topic


def marked(text: str) -> str:
    """``text`` with a question mark: without one, what nobody addresses to the bot may be a remark."""
    return text if "?" in text else f"{text}?"


def answer_to(said: Said) -> Said:
    """The bot's reply to a message, once it is no word that one is coming; raises TimeoutError."""

    def reply() -> Said | None:
        for message in reversed(list(said.chat.messages.values())):
            replied = message.get("reply_to_message", {}).get("message_id")
            if replied == said.id and message.get("from", {}).get("id") == BOT["id"]:
                is_answer = not _MEANWHILE.fullmatch(message["text"])
                return Said(said.telegram, said.chat, message) if is_answer else None
        return None

    return said.telegram.wait_for(reply)


def keys_of(said: Said) -> list[str]:
    """What the buttons under an answer say of it, as they are now."""
    rows = (said.now() or {}).get("reply_markup", {}).get("inline_keyboard", [])
    found = (button.get("callback_data", "") for row in rows for button in row)
    return [data for data in found if data.startswith("a:")]
