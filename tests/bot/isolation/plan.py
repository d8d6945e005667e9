"""What people do in the chats, by chance: the same for the same seed, whatever the bot says to it.

An action knows its place, and what it replies to or presses only by "the last but two there": so the actions
of some of the places can be played without those of the others.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from tests.bot.isolation.places import NOBODYS, Place

What = Literal[
    "ask", "follow", "about", "select", "edit", "summary", "articles", "page", "settings", "set", "view",
    "forge", "say", "upgrade",
]  # fmt: skip

SHARES: dict[What, int] = {
    "ask": 34, "follow": 12, "about": 7, "select": 5, "edit": 6, "summary": 8, "articles": 4, "page": 3,
    "settings": 2, "set": 3, "view": 8, "forge": 5, "say": 3,
}  # fmt: skip
"""How often each is done, of a hundred; pages and views less often, since they are counted."""

PRESSES_OF_PERSON, PRESSES_IN_PLACE = 9, 14
"""Presses that the bot counts: so many are admitted at once, so that none is refused by the clock."""

QUESTIONS = (
    "What is the secret word that opens the door?",
    "Where did the keeper of the lighthouse hide the silver key?",
    "Where did the keeper of the {word} lighthouse hide the silver key?",
    "Is {word} the secret word that opens the door?",
    "What burns until morning?",
    "Who said that the {word} lamp burns until morning?",
    "What did the fishermen of the {word} harbour ask for?",
    "When does the harbour get a boat?",
    "When does the {word} harbour get a boat in spring?",
    "What is sold at the market of {word} on Saturday?",
    "When is the tide high?",
    "{word}",
    "{word} lighthouse {word} harbour {word}",
    "What is the {word} Gazette?",
    "What articles are there?",
    "Which articles are about {word}?",
    "What is the article about the {word} harbour about?",
    "Who wrote the article Market days of {word}?",
    "Summarize The keeper of the {word} lighthouse",
    "What is the latest article about?",
    "Where is the silver key? What is the secret word that opens the door?",
    "What do the penguins of {word} think about taxes on parasols?",
)
LATER = ("And who said that?", "Why?", "And the {word} harbour?", "What about {word}?", "And where is it?")
CHATTER = ("I heard the {word} lamp burns until morning.", "Nobody knows the secret word.", "{word}, I say!")
NAMES = ("", "", "keeper", "letter", "The keeper of the {word} lighthouse", "Market days of {word}", "{word}")
TALK = ("/start", "/help", "hello", "who are you?")


@dataclass(frozen=True, slots=True)
class Action:
    """Something that a person does in a place."""

    what: What
    place: int
    person: int
    text: str = ""
    earlier: str = ""  # what is said before it: by somebody else, or by the same before an edit
    last_but: int = 0  # counts the answers in the place, from the last
    other: int = 0  # the place of the key that is forged
    choice: int = 0  # which button, of those that there are; which topic


def planned(places: Sequence[Place], count: int, seed: int | str) -> list[Action]:
    """``count`` actions of people in ``places``, in order; every group becomes a supergroup half way."""
    return list(_Plan(places, random.Random(seed)).actions(count))


class _Plan:
    def __init__(self, places: Sequence[Place], chance: random.Random) -> None:
        self._places = places
        self._chance = chance
        self._owners = {place.people[0] for place in places if place.is_private}
        self._pressed: Counter[tuple[str, int]] = Counter()

    def actions(self, count: int) -> Iterator[Action]:
        upgrades = [place for place in self._places if place.kind == "group"]
        for number in range(count):
            if upgrades and number >= count // 2:
                place = upgrades.pop()
                yield Action("upgrade", place.number, place.people[0])
            else:
                yield self._action(self._chance.choice(self._places))

    def _action(self, place: Place) -> Action:
        chance = self._chance
        (what,) = chance.choices([*SHARES], weights=[*SHARES.values()])
        person: int | None = chance.choice(place.people)
        if what in {"page", "view"}:
            person = self._presser(place)
        if person is None:
            what, person = "ask", place.people[-1]
        lines = {"follow": LATER, "say": TALK, "summary": NAMES}.get(what, QUESTIONS)
        return Action(
            what,
            place.number,
            person,
            self._worded(lines, place),
            self._worded(QUESTIONS if what == "edit" else CHATTER, place),
            last_but=chance.choice((0, 0, 0, 1, 2, 3)),
            other=chance.choice([known.number for known in self._places if known != place]),
            choice=chance.randrange(12),
        )

    def _worded(self, lines: Sequence[str], place: Place) -> str:
        """A line in which a word is the place's own, another's, or nobody's."""
        others = [known.word for known in self._places if known.word not in {"", place.word}]
        (word,) = self._chance.choices(
            [place.word or NOBODYS, self._chance.choice(others), NOBODYS], [3, 6, 1]
        )
        return self._chance.choice(lines).format(word=word)

    def _presser(self, place: Place) -> int | None:
        """Somebody who may press one button more; who has a private chat here presses only there."""
        may = [person for person in place.people if self._pressed["person", person] < PRESSES_OF_PERSON]
        if not place.is_private:
            may = [person for person in may if person not in self._owners]
        if not may or self._pressed["place", place.number] >= PRESSES_IN_PLACE:
            return None
        person = self._chance.choice(may)
        self._pressed["person", person] += 1
        self._pressed["place", place.number] += 1
        return person
