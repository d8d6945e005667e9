"""Whom a word stands for: a name, a pronoun, an office. It remembers the sentences read so far."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from retrieval.attribution.clauses import Clauses
from retrieval.attribution.entities import Cast, Figure, Gender
from retrieval.attribution.frames import Frame
from retrieval.attribution.mentions import Naming, name_of
from retrieval.attribution.roles import BODIES, COURTESY, OFFICES, PEOPLES
from retrieval.attribution.speech_verbs import STATEMENTS

_PRONOUNS: dict[str, Gender] = {"he": "he", "she": "she", "him": "he", "her": "she", "his": "he"}
_AGE = re.compile(r"^\d+-year-old$|^year-old$|^\d+$")
_WRITTEN = frozenset(["act", "bill", "law", "treaty", "constitution"])
_NO_NAME = frozenset(["I", "It", "We", "You", "They", "This", "That", "There", "What"])
_LOOK_BACK = 8  # sentences in which a pronoun is looked for whom it stands for


@dataclass(frozen=True, slots=True)
class Who:
    """What stands for a speaker near the words: its surface, and who that is where the text settles it."""

    surface: str | None
    figure: Figure | None
    place: int  # in the article, of the surface


@dataclass(slots=True)
class Scene:
    """What the sentences so far leave in mind."""

    paragraph: int = -1
    last: Who | None = None  # who spoke last, or was the only one to be spoken of
    remarked: bool = False  # the sentence before speaks of a statement, a letter or the like
    is_fresh: bool = False  # last is of this paragraph or of the one before
    topics: list[tuple[int, Who, list[Figure]]] = field(default_factory=list)  # paragraph, subject, all named


class References:
    """The people of an article, and who of them is meant where its sentences are read in order."""

    def __init__(self, frames: Sequence[Frame], sentences: Sequence[Clauses]) -> None:
        self.frames = frames
        self.sentences = sentences
        self.cast = Cast()
        self.scene = Scene()
        self._namings = {clauses: _namings_in(clauses) for clauses in sentences}
        self._figures: dict[Clauses, list[tuple[int, Figure]]] = {}  # with the first word of each name
        self._meet_all()

    def _meet_all(self) -> None:
        """Remember full names first, so that the short ones after them find whom they belong to."""
        short: list[tuple[Naming, int]] = []
        for frame, clauses in zip(self.frames, self.sentences, strict=True):
            for naming in self._namings[clauses]:
                if self._is_quoted(frame, clauses, naming):
                    continue
                place = frame.origin(clauses.words[naming.first].start)
                if " " in naming.name:
                    self.cast.meet(naming, place)
                else:
                    short.append((naming, place))
        for naming, place in short:
            self.cast.meet(naming, place)
        self.cast.settle()

    def _is_quoted(self, frame: Frame, clauses: Clauses, naming: Naming) -> bool:
        """Return whether the name stands in marks: the title of a work, most often."""
        start = clauses.words[naming.first].start
        return any(placed.start <= start < placed.end for placed in frame.quotations)

    def who(self, frame: Frame, clauses: Clauses, subject: int | None, place: int) -> Who:
        """Return whom the word at ``subject`` stands for."""
        if subject is None:
            return Who(None, None, frame.origin(clauses.words[place].start))
        owner = clauses.owner(subject)
        if owner is not None:
            subject = owner
        words = clauses.words
        where = frame.origin(words[subject].start)
        pronoun = words[subject].text.lower()
        if pronoun in _PRONOUNS:
            return Who(words[subject].text, self._meant(frame, clauses, subject, _PRONOUNS[pronoun]), where)
        if pronoun == "it" and words[place].lemma == "read" and self.scene.last and self.scene.remarked:
            return Who(words[subject].text, self.scene.last.figure, where)  # the statement spoken of before
        if pronoun in ("it", "they"):
            return Who(words[subject].text, self._body_meant(), where)
        naming = name_of(clauses, subject)
        if naming is not None and self._is_of_people(clauses, subject, naming):
            return Who(self._surface(frame, clauses, subject), self._last_person(None), where)
        if naming is None:
            return Who(
                self._surface(frame, clauses, subject), self._office_holder(clauses, subject, where), where
            )
        surface = self._slice(frame, clauses, naming.first - (1 if naming.title else 0), naming.last)
        if self._is_several(clauses, subject, naming):
            return Who(surface, None, where)
        if naming.name.split()[-1].lower() in _WRITTEN:
            return Who(surface, None, where)
        figure = self.cast.find(naming, where) or self._one_of(naming, frame)
        if self._is_word(naming, clauses) and not (figure and figure.may_be_person):
            return Who(surface, None, where)
        if figure is not None and clauses.words[place].pos == "VERB":
            figure.has_spoken = True
        return Who(surface, figure, where)

    def _known(self, word: str, place: int) -> Naming | None:
        """Return a family name that the parser took for a common noun: ``Sand was amused``."""
        naming = Naming(place, place, word, None, None, "other")
        known = self.cast.candidates(naming)
        return naming if known and all(entity.is_human for entity in known) else None

    def _one_of(self, naming: Naming, frame: Frame) -> Figure | None:
        """Return the only one of those who share the name whom this paragraph has named in full."""
        among = self.cast.candidates(naming)
        start = next(other.start for other in self.frames if other.paragraph == frame.paragraph)
        named = [
            figure
            for figure in among
            if any(start <= at < frame.end and " " in name for at, name in figure.forms)
        ]
        return named[0] if len(named) == 1 else None

    def _is_several(self, clauses: Clauses, subject: int, naming: Naming) -> bool:
        """Return whether two are named: ``Smith and Jones``."""
        return any(
            clauses.words[child].relation == "conj" and child > naming.last
            for child in clauses.children[subject]
        )

    def _is_of_people(self, clauses: Clauses, subject: int, naming: Naming) -> bool:
        """Return whether a nation's name stands for one of its people: ``the Spaniard said``."""
        word = clauses.words[subject]
        return (
            naming.first == naming.last
            and word.text.lower() in PEOPLES
            and any(clauses.words[child].text.lower() == "the" for child in clauses.children[subject])
        )

    def _is_word(self, naming: Naming, clauses: Clauses) -> bool:
        """Return whether the name is a common noun that begins a sentence: ``Police``, ``Prosecutors``."""
        if " " in naming.name or naming.first > 1 or naming.kind == "person":
            return False
        lower = naming.name.lower()
        return (lower.endswith("s") and clauses.words[naming.first].tag in ("NNS", "NNPS")) or lower in (
            "police",
            "officials",
            "prosecutors",
            "critics",
            "officers",
            "sources",
            "government",
            "researchers",
        )

    def _surface(self, frame: Frame, clauses: Clauses, subject: int) -> str:
        words = clauses.words
        low = min(
            [
                subject,
                *(
                    child
                    for child in clauses.children[subject]
                    if child < subject
                    and words[child].relation in ("det", "compound", "amod", "poss", "nummod", "nmod")
                ),
            ]
        )
        return self._slice(frame, clauses, min(low, clauses.span(low)[0]), subject)

    def _slice(self, frame: Frame, clauses: Clauses, first: int, last: int) -> str:
        start, end = clauses.words[max(0, first)].start, clauses.words[last].end
        return frame.text[start:end]

    def _office_holder(self, clauses: Clauses, subject: int, where: int) -> Figure | None:
        """Return the only one who holds the office that stands for somebody: ``the mayor said``."""
        words = clauses.words
        noun = words[subject].text.lower()
        dets = [
            words[child].text.lower() for child in clauses.children[subject] if words[child].relation == "det"
        ]
        owned = any(words[child].relation in ("poss", "prep") for child in clauses.children[subject])
        if dets != ["the"] or owned:
            return None
        if words[subject].lemma.lower() in STATEMENTS:
            return self.scene.last.figure if self.scene.last else None
        if noun in ("year-old", "old") or _AGE.match(noun):
            return self._last_person(None)
        if noun in BODIES:
            return self._last_body()
        holders = [
            figure
            for figure in self.cast
            if any(at <= where and noun in role.lower().split() for at, role in figure.roles)
        ]
        return holders[0] if len(holders) == 1 and noun in OFFICES else None

    def _meant(self, frame: Frame, clauses: Clauses, subject: int, gender: Gender) -> Figure | None:
        """Return whom ``he`` or ``she`` stands for: the only one named before it, else the last spoken of."""
        named = self.figures_in(frame, clauses, before=subject)
        own = _people(named, gender)
        if len(own) == 1:
            return own[0]
        if len(own) > 1:
            return None
        return self._last_person(gender)

    def _last_person(self, gender: Gender | None) -> Figure | None:
        for paragraph, topic, named in reversed(self.scene.topics[-_LOOK_BACK:]):
            if self.scene.paragraph - paragraph > 3:
                return None
            if topic.figure is not None and topic.figure.may_be_person:
                if gender is None or topic.figure.agrees(gender):
                    return topic.figure
            elif topic.surface is not None and topic.figure is None and _may_be_human(topic.surface):
                return None
            people = _people(named, gender)
            if people or any(
                entity.is_person and (gender is None or entity.agrees(gender)) for entity in named
            ):
                return people[0] if len(people) == 1 else None
        return None

    def _last_body(self) -> Figure | None:
        """Return the only organisation that the last sentences name."""
        named = {figure for _, _, figures in self.scene.topics[-3:] for figure in figures}
        bodies = [entity for entity in named if "organisation" in entity.kinds and not entity.is_person]
        return bodies[0] if len(bodies) == 1 else None

    def _body_meant(self) -> Figure | None:
        """Return which organisation ``it`` or ``they`` stands for: the one that spoke last."""
        topic = self.scene.topics[-1][1] if self.scene.topics else None
        last = self.scene.last or topic
        return last.figure if last and last.figure and last.figure.is_organisation else None

    def figures_in(self, frame: Frame, clauses: Clauses, before: int | None = None) -> list[Figure]:
        """Return who is named in a sentence, or in its words before one of them, each once."""
        if clauses not in self._figures:
            self._figures[clauses] = [
                (naming.first, figure)
                for naming in self._namings[clauses]
                if (figure := self.cast.find(naming, frame.origin(clauses.words[naming.first].start)))
            ]
        named = self._figures[clauses]
        return list(dict.fromkeys(figure for first, figure in named if before is None or first < before))


def _namings_in(clauses: Clauses) -> list[Naming]:
    """Return the names of people, organisations and places in a sentence, and those of who says something."""
    namings: dict[int, Naming] = {}
    heads = [
        max(inside, key=lambda at: (clauses.words[at].head not in inside, at))
        for name in clauses.parsed.names
        if name.kind in ("person", "organisation", "place") and (inside := clauses.places_of(name))
    ]
    subjects = [cue.subject for cue in clauses.cues if cue.subject is not None]
    for place in dict.fromkeys((*heads, *subjects)):
        naming = name_of(clauses, place)
        if naming:
            namings.setdefault(naming.first, naming)
    return list(namings.values())


def _people(named: Sequence[Figure], gender: Gender | None) -> list[Figure]:
    """Return those among ``named`` who are surely people, and for whom the pronoun can stand."""
    return [
        entity
        for entity in named
        if (entity.is_human or (entity.is_person and entity.has_spoken))
        and (gender is None or entity.agrees(gender))
    ]


def _may_be_human(surface: str) -> bool:
    """Return whether it is a noun for a person, or a name like ``Mrs Smith`` that was not settled."""
    words = surface.split()
    is_name = words[-1][0].isupper() and words[-1] not in _NO_NAME
    return is_name or words[0].lower().strip(".") in COURTESY or is_human(surface)


def is_human(surface: str) -> bool:
    """Return whether a common noun can be what ``he`` or ``she`` stands for."""
    words = surface.lower().split()
    if not words or (words[-1].endswith("s") and words[-1] not in OFFICES):
        return False
    return words[-1] in OFFICES or words[-1].endswith(("man", "woman", "ist", "year-old"))
