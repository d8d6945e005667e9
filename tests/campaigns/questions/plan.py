"""What is asked in a long run, and of which articles: by the numbers of a seed, always the same. Pure.

Every stretch of questions is of the same mixture. Names and things are made up, new ones all the time, as
people bring them: what remembers every word it has seen grows, and shows.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Kind = Literal["answered", "near", "foreign", "follow_up", "talk", "about", "several"]

MIXTURE: dict[Kind, int] = {
    "answered": 36,
    "near": 16,  # the article is there and does not say
    "foreign": 12,  # there is no such article
    "follow_up": 22,  # hangs on the question before
    "talk": 6,
    "about": 5,
    "several": 3,
}
"""Of 100 questions, how many are of each kind."""

_SYLLABLES_LISTED = """
    ba den fi gor hal ik jo kem lu mar nel ost pri ran sel tov ul ven wis yar zan thor quin blem
"""
_SYLLABLES = _SYLLABLES_LISTED.split()
_THINGS_LISTED = "bakery library bridge clinic lighthouse workshop tannery brewery mill garden museum ferry"
_THINGS = _THINGS_LISTED.split()
_ASKED_FURTHER = ("When was that?", "Who opened it?", "What did she say about it?", "And what did it cost?")
_SMALL_TALK = ("Hello!", "Thank you!", "Good morning", "Thanks a lot!")


@dataclass(frozen=True, slots=True)
class Fact:
    """What one article tells."""

    person: str
    thing: str
    town: str
    year: int
    paid: int

    @property
    def title(self) -> str:
        """The title of its article."""
        return f"The {self.thing} of {self.town}"

    @property
    def text(self) -> str:
        """Its article: one short passage."""
        return (
            f"In {self.year} {self.person} opened a {self.thing} in {self.town}. "
            f"“It cost {self.paid} crowns,” said {self.person}.\n"
        )


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of a chat."""

    place: int  # which of the chats, from 0
    text: str
    kind: Kind


def fact(seed: int, library: int, number: int) -> Fact:
    """The fact of article ``number`` in a library: a chat's own, or the shared one."""
    chance = random.Random(f"{seed} {library} {number}")
    return Fact(
        f"{_name(chance, 2)} {_name(chance, 2)}",
        chance.choice(_THINGS),
        _name(chance, 2),
        chance.randrange(1820, 2020),
        chance.randrange(200, 9_000),
    )


def questions(seed: int, stretch: int, count: int, libraries: list[list[Fact]]) -> Iterator[Asked]:
    """The questions of a stretch, in order; ``libraries`` has what each chat can be asked about."""
    chance = random.Random(f"{seed} stretch {stretch}")
    kinds: list[Kind] = [kind for kind, share in MIXTURE.items() for _ in range(round(share * count / 100))]
    chance.shuffle(kinds)
    for kind in kinds[:count]:
        place = chance.randrange(len(libraries))
        known = chance.choice(libraries[place])
        yield Asked(place, _worded(kind, known, chance), kind)


def _worded(kind: Kind, known: Fact, chance: random.Random) -> str:
    match kind:
        case "answered":
            return chance.choice(
                (
                    f"Who opened a {known.thing} in {known.town}?",
                    f"When did {known.person} open the {known.thing}?",
                    f"What did {known.person} say about the {known.thing}?",
                    f"How much did the {known.thing} in {known.town} cost?",
                )
            )
        case "near":
            return f"How many {_name(chance, 2)}s work in the {known.thing} of {known.town}?"
        case "foreign":
            return f"Why was the {_name(chance, 3)} treaty with {_name(chance, 3)} never signed?"
        case "follow_up":
            return chance.choice(_ASKED_FURTHER)
        case "talk":
            return chance.choice(_SMALL_TALK)
        case "about":
            return chance.choice((f"What is “{known.title}” about?", "Which articles are there?"))
        case "several":
            return f"Who opened a {known.thing} in {known.town}? And what did it cost?"


def _name(chance: random.Random, syllables: int) -> str:
    return "".join(chance.choice(_SYLLABLES) for _ in range(syllables)).capitalize()
