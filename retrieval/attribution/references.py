"""Whom a word stands for, be it a name, a pronoun or an office, given the sentences read so far."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from retrieval.attribution.clauses import Clauses
from retrieval.attribution.entities import Cast, Entity, Gender
from retrieval.attribution.frames import Frame
from retrieval.attribution.mentions import Mention, mention_of
from retrieval.attribution.roles import BODIES, COURTESY, OFFICES, PEOPLES
from retrieval.attribution.speech_verbs import STATEMENTS

_PRONOUNS: dict[str, Gender] = {"he": "he", "she": "she", "him": "he", "her": "she", "his": "he"}
_AGE = re.compile(r"^\d+-year-old$|^year-old$|^\d+$")
_WRITTEN = frozenset(["act", "bill", "law", "treaty", "constitution"])
_NO_NAME = frozenset(["I", "It", "We", "You", "They", "This", "That", "There", "What"])
_LOOK_BACK = 8  # sentences in which the referent of a pronoun is sought


@dataclass(frozen=True, slots=True)
class Reference:
    """How the text near the words refers to a speaker, and to whom, where that is settled."""

    surface: str | None
    entity: Entity | None
    place: int  # in the article, of the surface


@dataclass(slots=True)
class Scene:
    """What a reader has in mind after the sentences so far."""

    paragraph: int = -1
    last: Reference | None = None  # the last speaker, or the only person spoken of
    remarked: bool = False  # the sentence before speaks of a statement, a letter or the like
    is_fresh: bool = False  # last is of this paragraph or of the one before
    # by sentence: its paragraph, its subject, and all whom it names
    topics: list[tuple[int, Reference, list[Entity]]] = field(default_factory=list)


class References:
    """The people of an article, and which of them is meant where its sentences are read in order."""

    def __init__(self, frames: Sequence[Frame], sentences: Sequence[Clauses]) -> None:
        self.frames = frames
        self.sentences = sentences
        self.cast = Cast()
        self.scene = Scene()
        self._mentions = {clauses: _mentions_in(clauses) for clauses in sentences}
        self._entities: dict[Clauses, list[tuple[int, Entity]]] = {}  # with the first word of each name
        self._meet_all()

    def _meet_all(self) -> None:
        """Remember full names first, so that the short ones after them find whom they belong to."""
        short: list[tuple[Mention, int]] = []
        for frame, clauses in zip(self.frames, self.sentences, strict=True):
            for mention in self._mentions[clauses]:
                if self._is_quoted(frame, clauses, mention):
                    continue
                place = frame.origin(clauses.words[mention.first].start)
                if " " in mention.name:
                    self.cast.meet(mention, place)
                else:
                    short.append((mention, place))
        for mention, place in short:
            self.cast.meet(mention, place)
        self.cast.settle()

    def _is_quoted(self, frame: Frame, clauses: Clauses, mention: Mention) -> bool:
        """Return whether the name stands in marks: the title of a work, most often."""
        start = clauses.words[mention.first].start
        return any(placed.start <= start < placed.end for placed in frame.quotations)

    def resolve(self, frame: Frame, clauses: Clauses, subject: int | None, place: int) -> Reference:
        """Return whom the word at ``subject`` stands for."""
        if subject is None:
            return Reference(None, None, frame.origin(clauses.words[place].start))
        owner = clauses.owner(subject)
        if owner is not None:
            subject = owner
        words = clauses.words
        where = frame.origin(words[subject].start)
        pronoun = words[subject].text.lower()
        if pronoun in _PRONOUNS:
            return Reference(
                words[subject].text,
                self._pronoun_referent(frame, clauses, subject, _PRONOUNS[pronoun]),
                where,
            )
        if pronoun == "it" and words[place].lemma == "read" and self.scene.last and self.scene.remarked:
            # The statement that was spoken of before.
            return Reference(words[subject].text, self.scene.last.entity, where)
        if pronoun in ("it", "they"):
            return Reference(words[subject].text, self._organisation_referent(), where)
        mention = mention_of(clauses, subject)
        if mention is not None and self._is_of_people(clauses, subject, mention):
            return Reference(self._surface(frame, clauses, subject), self._last_person(None), where)
        if mention is None:
            return Reference(
                self._surface(frame, clauses, subject), self._office_holder(clauses, subject, where), where
            )
        surface = self._slice(frame, clauses, mention.first - (1 if mention.title else 0), mention.last)
        if self._is_several(clauses, subject, mention):
            return Reference(surface, None, where)
        if mention.name.split()[-1].lower() in _WRITTEN:
            return Reference(surface, None, where)
        entity = self.cast.find(mention, where) or self._only_full_name(mention, frame)
        if self._is_word(mention, clauses) and not (entity and entity.may_be_person):
            return Reference(surface, None, where)
        if entity is not None and clauses.words[place].pos == "VERB":
            entity.has_spoken = True
        return Reference(surface, entity, where)

    def _only_full_name(self, mention: Mention, frame: Frame) -> Entity | None:
        """Return the only one of those who share the name whom this paragraph has named in full."""
        among = self.cast.candidates(mention)
        start = next(other.start for other in self.frames if other.paragraph == frame.paragraph)
        named = [
            entity
            for entity in among
            if any(start <= at < frame.end and " " in name for at, name in entity.forms)
        ]
        return named[0] if len(named) == 1 else None

    def _is_several(self, clauses: Clauses, subject: int, mention: Mention) -> bool:
        """Return whether two are named: ``Smith and Jones``."""
        return any(
            clauses.words[child].relation == "conj" and child > mention.last
            for child in clauses.children[subject]
        )

    def _is_of_people(self, clauses: Clauses, subject: int, mention: Mention) -> bool:
        """Return whether a nation's name stands for one of its people: ``the Spaniard said``."""
        word = clauses.words[subject]
        return (
            mention.first == mention.last
            and word.text.lower() in PEOPLES
            and any(clauses.words[child].text.lower() == "the" for child in clauses.children[subject])
        )

    def _is_word(self, mention: Mention, clauses: Clauses) -> bool:
        """Return whether the name is a common noun that begins a sentence: ``Police``, ``Prosecutors``."""
        if " " in mention.name or mention.first > 1 or mention.kind == "person":
            return False
        lower = mention.name.lower()
        return (lower.endswith("s") and clauses.words[mention.first].tag in ("NNS", "NNPS")) or lower in (
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

    def _office_holder(self, clauses: Clauses, subject: int, where: int) -> Entity | None:
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
            return self.scene.last.entity if self.scene.last else None
        if noun in ("year-old", "old") or _AGE.match(noun):
            return self._last_person(None)
        if noun in BODIES:
            return self._last_organisation()
        holders = [
            entity
            for entity in self.cast
            if any(at <= where and noun in role.lower().split() for at, role in entity.roles)
        ]
        return holders[0] if len(holders) == 1 and noun in OFFICES else None

    def _pronoun_referent(
        self, frame: Frame, clauses: Clauses, subject: int, gender: Gender
    ) -> Entity | None:
        """Return whom ``he`` or ``she`` stands for: the only one named before it, else the last spoken of."""
        named = self.entities_in(frame, clauses, before=subject)
        own = _sure_people(named, gender)
        if len(own) == 1:
            return own[0]
        if len(own) > 1:
            return None
        return self._last_person(gender)

    def _last_person(self, gender: Gender | None) -> Entity | None:
        for paragraph, topic, named in reversed(self.scene.topics[-_LOOK_BACK:]):
            if self.scene.paragraph - paragraph > 3:
                return None
            if topic.entity is not None and topic.entity.may_be_person:
                if gender is None or topic.entity.agrees(gender):
                    return topic.entity
            elif topic.surface is not None and topic.entity is None and _may_be_human(topic.surface):
                return None
            people = _sure_people(named, gender)
            if people or any(
                entity.is_person and (gender is None or entity.agrees(gender)) for entity in named
            ):
                return people[0] if len(people) == 1 else None
        return None

    def _last_organisation(self) -> Entity | None:
        """Return the only organisation that the last sentences name."""
        named = {entity for _, _, entities in self.scene.topics[-3:] for entity in entities}
        bodies = [entity for entity in named if "organisation" in entity.kinds and not entity.is_person]
        return bodies[0] if len(bodies) == 1 else None

    def _organisation_referent(self) -> Entity | None:
        """Return which organisation ``it`` or ``they`` stands for: the one that spoke last."""
        topic = self.scene.topics[-1][1] if self.scene.topics else None
        last = self.scene.last or topic
        return last.entity if last and last.entity and last.entity.is_organisation else None

    def entities_in(self, frame: Frame, clauses: Clauses, before: int | None = None) -> list[Entity]:
        """Return who is named in a sentence, or in its words before one of them, each once."""
        if clauses not in self._entities:
            self._entities[clauses] = [
                (mention.first, entity)
                for mention in self._mentions[clauses]
                if (entity := self.cast.find(mention, frame.origin(clauses.words[mention.first].start)))
            ]
        named = self._entities[clauses]
        return list(dict.fromkeys(entity for first, entity in named if before is None or first < before))


def _mentions_in(clauses: Clauses) -> list[Mention]:
    """Return the names of people, organisations and places in a sentence, and those of who says something."""
    mentions: dict[int, Mention] = {}
    heads = [
        max(inside, key=lambda at: (clauses.words[at].head not in inside, at))
        for name in clauses.parsed.names
        if name.kind in ("person", "organisation", "place") and (inside := clauses.places_of(name))
    ]
    subjects = [cue.subject for cue in clauses.cues if cue.subject is not None]
    for place in dict.fromkeys((*heads, *subjects)):
        mention = mention_of(clauses, place)
        if mention:
            mentions.setdefault(mention.first, mention)
    return list(mentions.values())


def _sure_people(named: Sequence[Entity], gender: Gender | None) -> list[Entity]:
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
