"""Plays a plan at the stand-in for Telegram's server, and notes what people see."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from tests.bot.isolation.places import PEOPLE, Place
from tests.bot.isolation.plan import Action
from tests.bot.isolation.room import NAME, Room, answer_to, as_question, keys_of, marked, open_room
from tests.bot.isolation.shown import seen
from tests.standin.persons import Person
from tests.standin.said import Said
from tests.standin.telegram import Telegram

AT_ONCE = 3
"""So many places are played side by side."""

NO_KEY = "AAAAAAAAAAAAAAAA"
"""In the place of the key of a chat in which nobody has asked yet."""


class Play:
    """People and their chats, the same ones in every play of the same places."""

    def __init__(self, telegram: Telegram, places: Sequence[Place]) -> None:
        self.telegram = telegram
        self.people = [telegram.person(f"P{number}") for number in range(PEOPLE)]
        self.rooms = {place.number: open_room(telegram, place, self.people) for place in places}
        self.forged: list[str | None] = []  # what they were told who pressed a button of another chat
        self._do: dict[str, Callable[[Room, Person, Action], Any]] = {
            "ask": self._ask,
            "follow": self._follow,
            "about": self._about,
            "select": self._select,
            "edit": self._edit,
            "summary": self._summary,
            "articles": self._articles,
            "page": self._page,
            "settings": self._settings,
            "set": self._set,
            "view": self._view,
            "forge": self._forge,
            "say": self._say,
            "upgrade": self._upgrade,
        }

    def run(self, actions: Iterable[Action]) -> None:
        """Do all of them: those of one place in order, some places side by side."""
        for room in self.rooms.values():
            if not room.seen:
                self._set_free(room)
        with ThreadPoolExecutor(AT_ONCE) as players:
            for together in _side_by_side(actions):
                for _ in players.map(self._act, together):
                    pass

    def said(self) -> dict[int, str]:
        """All that people have said, by chat."""
        return {chat_id: "\n".join(room.said) for room in self.rooms.values() for chat_id in room.chat_ids}

    def _act(self, action: Action) -> None:
        room = self.rooms[action.place]
        try:
            room.seen.append((action, self._do[action.what](room, self.people[action.person], action)))
        except BaseException as error:
            error.add_note(f"in {action}")
            raise

    def _ask(self, room: Room, person: Person, action: Action) -> Any:
        text, topic = as_question(room, action.text, action.choice)
        return self._answered(room, room.says(person, text, topic=topic))

    def _follow(self, room: Room, person: Person, action: Action) -> Any:
        earlier = room.answer(action.last_but)
        if earlier is None:
            return self._ask(room, person, action)
        return self._answered(room, room.says(person, action.text, reply_to=earlier))

    def _about(self, room: Room, person: Person, action: Action) -> Any:
        """Somebody asks the bot about what somebody else says."""
        other = self.people[room.place.people[action.choice % len(room.place.people)]]
        chatter = room.says(other, action.earlier, topic=room.topics[-1])
        if room.place.is_private:
            answer_to(chatter)
        text = action.text if action.choice % 3 else ""
        return self._answered(room, room.says(person, f"{NAME} {text}", reply_to=chatter))

    def _select(self, room: Room, person: Person, action: Action) -> Any:
        """Somebody asks about a part of an answer."""
        earlier = room.answer(action.last_but)
        if earlier is None:
            return self._ask(room, person, action)
        lines = [line for line in earlier["text"].split("\n") if line]
        part = lines[action.choice % len(lines)][:60]
        text = marked(action.text) if action.choice % 3 else NAME
        return self._answered(room, room.says(person, text, reply_to=earlier, quote=part))

    def _edit(self, room: Room, person: Person, action: Action) -> Any:
        before, topic = as_question(room, action.earlier, action.choice)
        asked = room.says(person, before, topic=topic)
        first = self._answered(room, asked)
        room.edits(person, asked, as_question(room, action.text, action.choice)[0])
        answer_to(room.says(person, f"/help{NAME}", topic=topic))  # which is done after the edit
        return first, seen(room.answers[-1].now())

    def _summary(self, room: Room, person: Person, action: Action) -> Any:
        return self._answered(room, room.says(person, f"/summary{NAME} {action.text}"))

    def _articles(self, room: Room, person: Person, action: Action) -> Any:  # noqa: ARG002  # like all others
        room.listing = answer_to(room.says(person, f"/articles{NAME}"))
        return seen(room.listing.now())

    def _page(self, room: Room, person: Person, action: Action) -> Any:
        if room.listing is None:
            return self._articles(room, person, action)
        return self._pressed(person, room.listing, f"p:{action.choice % 4}")

    def _settings(self, room: Room, person: Person, action: Action) -> Any:  # noqa: ARG002  # like all others
        return seen(answer_to(room.says(person, f"/settings{NAME}")).now())

    def _set(self, room: Room, person: Person, action: Action) -> Any:
        """Somebody, who may be no admin, changes how many quotes there are, or who keeps the articles."""
        shown = answer_to(room.says(self.people[room.place.people[0]], f"/settings{NAME}"))
        what = f"s:q:{action.choice % 5 + 1}" if action.choice % 4 else f"s:k:{action.choice % 2}"
        return self._pressed(person, shown, what)

    def _view(self, room: Room, person: Person, action: Action) -> Any:
        answer = room.answer(action.last_but)
        data = keys_of(answer) if answer else []
        return self._pressed(person, answer, data[action.choice % len(data)]) if answer and data else None

    def _forge(self, room: Room, person: Person, action: Action) -> Any:
        """A button says a key of another chat, or of another answer in this one."""
        answer = room.answer(0)
        if answer is None:
            return None
        source = room if action.choice % 6 == 0 else self.rooms[action.other]
        keys = [key for said in source.answers[-9:] if said.id != answer.id for key in keys_of(said)]
        key = keys[action.choice % len(keys)] if keys else f"a:{NO_KEY}:f"
        notice, shown = self._pressed(person, answer, key)
        if keys and source is not room:
            self.forged.append(notice)
        return notice, shown

    def _say(self, room: Room, person: Person, action: Action) -> Any:
        text = f"{action.text}{NAME}" if action.text[0] == "/" else f"{NAME} {action.text}"
        return self._answered(room, room.says(person, text))

    def _upgrade(self, room: Room, person: Person, action: Action) -> None:
        room.upgrades(person, new_first=action.choice % 2 == 0)
        answer_to(room.says(person, f"/help{NAME}"))

    def _set_free(self, room: Room) -> None:
        topic = room.topics[0]
        if topic is not None:
            owner = self.people[room.place.people[0]]
            shown = answer_to(room.says(owner, f"/settings{NAME}", topic=topic))
            self._pressed(owner, shown, f"s:t:{topic}:1")

    def _pressed(self, person: Person, said: Said, data: str) -> tuple[str | None, Any]:
        """What is told to who presses, and the message once that is done."""
        notice = person.presses(said, data=data).get("text")
        person.presses(said, data="done?")  # presses of one person are taken one after the other
        return notice, seen(said.now())

    def _answered(self, room: Room, said: Said) -> Any:
        room.answers.append(answer_to(said))
        return seen(room.answers[-1].now())


def _side_by_side(actions: Iterable[Action]) -> Iterator[list[Action]]:
    """Actions in a row that are done in different places, AT_ONCE at most."""
    together: list[Action] = []
    for action in actions:
        if len(together) == AT_ONCE or action.place in {waiting.place for waiting in together}:
            yield together
            together = []
        together.append(action)
    yield together
