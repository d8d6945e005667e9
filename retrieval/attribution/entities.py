"""The people and organisations of an article: their names, and what the article shows of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from retrieval.attribution import roles
from retrieval.attribution.mentions import Mention
from retrieval.attribution.name_matching import fits, plain_words
from retrieval.language_data import word_list
from retrieval.parser import NameKind

Gender = Literal["he", "she"]

_FIRST_NAMES = Path(__file__).parent / "words" / "first_names.txt"
_MALE, _FEMALE = (word_list(_FIRST_NAMES, heading) for heading in ("male", "female"))


@dataclass(eq=False, slots=True)
class Entity:
    """One person or organisation, and how the article has named it so far."""

    forms: list[tuple[int, str]] = field(default_factory=list)  # place and name
    roles: list[tuple[int, str]] = field(default_factory=list)
    kinds: list[NameKind] = field(default_factory=list)
    gender: Gender | None = None
    has_spoken: bool = False
    is_human: bool = False  # shown by a first name, a title, an age or an office

    @property
    def is_person(self) -> bool:
        """Whether it is a person, as far as the article shows."""
        if self.is_human:
            return True
        person = self.kinds.count("person")
        return person > 0 and 2 * person >= len([kind for kind in self.kinds if kind != "other"])

    @property
    def is_organisation(self) -> bool:
        """Whether it is an organisation or a place that speaks for one."""
        return not self.is_person and any(kind in ("organisation", "place") for kind in self.kinds)

    @property
    def may_be_person(self) -> bool:
        """Whether it is a person, or is named like one: parsers take rare names for organisations."""
        if self.is_person:
            return True
        return any(_looks_human(name) for _, name in self.forms)

    def name_at(self, place: int) -> str:
        """Return the fullest form up to ``place``; the first form, if there is none yet."""
        known = [name for at, name in self.forms if at <= place] or [self.forms[0][1]]
        return max(known, key=lambda name: len(name.split()))

    def role_at(self, place: int) -> str | None:
        """Return the first office named up to ``place``."""
        return next((role for at, role in self.roles if at <= place), None)

    def agrees(self, pronoun: Gender) -> bool:
        """Return whether the pronoun can stand for it."""
        return self.may_be_person and self.gender in (None, pronoun)


class Cast:
    """All people and organisations that an article names."""

    def __init__(self) -> None:
        self._entities: list[Entity] = []
        self._by_word: dict[str, list[Entity]] = {}  # by first word, last word, and family name
        self._plain: dict[str, list[str]] = {}  # the words of each name
        self._known: dict[tuple[str, ...], list[Entity]] = {}  # who may be meant by words, once all are met

    def __iter__(self) -> Iterator[Entity]:
        return iter(self._entities)

    def meet(self, mention: Mention, place: int) -> None:
        """Remember the name that stands at ``place``. Full names are met first, short ones after them."""
        words = plain_words(mention.name)
        if not words:
            return
        meant = self._meant(words)
        if len(meant) > 1 and len(words) == 1:
            return  # several share it, so that it identifies nobody
        entity = meant[0] if len(meant) == 1 else None
        if entity is None:
            entity = Entity()
            self._entities.append(entity)
        entity.forms.append((place, mention.name))
        self._plain[mention.name] = words
        entity.kinds.append(mention.kind)
        entity.is_human = entity.is_human or _is_human(mention, words)
        if mention.role:
            entity.roles.append((place, mention.role))
        entity.gender = entity.gender or _gender(mention, words)
        keys = _keys(words) if entity.may_be_person else [words[-1], " ".join(words)]
        for key in keys:
            known = self._by_word.setdefault(key, [])
            if entity not in known:
                known.append(entity)

    def settle(self) -> None:
        """Put forms and offices in order of their places, once all are met."""
        self._known.clear()
        for entity in self._entities:
            entity.forms.sort(key=lambda form: form[0])
            entity.roles.sort(key=lambda form: form[0])

    def find(self, mention: Mention, place: int) -> Entity | None:
        """Return who is meant by the name at ``place``; None where several may be, or nobody is."""
        found = self.candidates(mention)
        if len(found) > 1:
            known = [entity for entity in found if entity.forms[0][0] <= place]
            found = known or found
        if len(found) > 1 and mention.title:
            gender = _gender(mention, [])
            fitting = [entity for entity in found if gender and entity.gender in (gender, None)]
            sure = [entity for entity in fitting if entity.gender == gender]
            found = sure or fitting or found
        if len(found) > 1 and mention.role:
            found = [
                entity for entity in found if mention.role in (role for _, role in entity.roles)
            ] or found
        return found[0] if len(found) == 1 else None

    def candidates(self, mention: Mention) -> list[Entity]:
        """Return all who may be meant by a name; nobody is by one that is only ``Jr.`` or ``III``."""
        words = plain_words(mention.name)
        key = tuple(words)
        if key not in self._known:
            self._known[key] = self._meant(words)
        return self._known[key]

    def _meant(self, words: list[str]) -> list[Entity]:
        if not words:
            return []
        if len(words) == 1:
            return self._by_family_first(words[0])
        family = [entity for key in _keys(words)[:1] for entity in self._by_word.get(key, [])]
        return [
            entity for entity in family if any(fits(words, self._plain[name]) for _, name in entity.forms)
        ]

    def _by_family_first(self, word: str) -> list[Entity]:
        known = self._by_word.get(word, [])
        family = [
            entity
            for entity in known
            if any(word in _keys(self._plain[name])[:2] for _, name in entity.forms)
        ]
        return family or known


def _looks_human(name: str) -> bool:
    words = name.split()
    if not 2 <= len(words) <= 4 or any(word.isupper() and len(word) > 2 for word in words):
        return False
    return not any(
        word.lower().strip(".,") in roles.COLLECTIVES or word.lower() in ("of", "for", "the", "&")
        for word in words
    )


def _is_human(mention: Mention, words: list[str]) -> bool:
    if mention.title or mention.role:
        return True
    first = words[0].capitalize()
    return (mention.kind == "person" and mention.role is not None) or (
        _looks_human(mention.name) and (first in _MALE or first in _FEMALE)
    )


def _keys(words: list[str]) -> list[str]:
    """Return the keys to look a name up by: its last word, its family name with particles, its first word.

    ``words`` are those of the name, at least one.
    """
    keys = [words[-1]]
    start = len(words) - 1
    while start > 1 and words[start - 1] in roles.PARTICLES:
        start -= 1
    keys.append(" ".join(words[start:]))
    if len(words) > 1:
        keys.append(words[0])
    return keys


def _gender(mention: Mention, words: list[str]) -> Gender | None:
    titles = [mention.title or "", *(mention.role or "").split()]
    for word in (part.lower().strip(".,") for part in titles):
        if word in roles.MALE and not (mention.role and " of " in mention.role):
            return "he"
        if word in roles.FEMALE and not (mention.role and " of " in mention.role):
            return "she"
    first = words[0].capitalize() if len(words) > 1 else ""
    if first in _MALE:
        return "he"
    return "she" if first in _FEMALE else None
