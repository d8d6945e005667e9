"""The people and organisations of an article: by which names they go, and what is known of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from retrieval.attribution import roles
from retrieval.attribution.mentions import Naming
from retrieval.attribution.name_matching import fits, plain_words
from retrieval.language_data import word_list
from retrieval.parser import NameKind

Gender = Literal["he", "she"]

_FIRST_NAMES = Path(__file__).parent / "words" / "first_names.txt"
_MALE, _FEMALE = (word_list(_FIRST_NAMES, heading) for heading in ("male", "female"))


@dataclass(eq=False, slots=True)
class Figure:
    """One person or organisation, and how the article has named it so far."""

    forms: list[tuple[int, str]] = field(default_factory=list)  # where, and what stood there
    roles: list[tuple[int, str]] = field(default_factory=list)
    kinds: list[NameKind] = field(default_factory=list)
    gender: Gender | None = None
    has_spoken: bool = False
    is_human: bool = False  # a first name, a title, an age or an office beside the name shows it

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
        """Whether it is one, or has a name like one: parsers take rare names for organisations."""
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
    """Everybody whom an article names."""

    def __init__(self) -> None:
        self._figures: list[Figure] = []
        self._by_word: dict[str, list[Figure]] = {}  # by first word, last word, and family name
        self._plain: dict[str, list[str]] = {}  # the words of each name
        self._known: dict[tuple[str, ...], list[Figure]] = {}  # who may be meant by words, once all are met

    def __iter__(self) -> Iterator[Figure]:
        return iter(self._figures)

    def meet(self, naming: Naming, place: int) -> None:
        """Remember the name that stands at ``place``. Full names are met first, short ones after them."""
        words = plain_words(naming.name)
        if not words:
            return
        meant = self._meant(words)
        if len(meant) > 1 and len(words) == 1:
            return  # several go by it: it is nobody's form
        figure = meant[0] if len(meant) == 1 else None
        if figure is None:
            figure = Figure()
            self._figures.append(figure)
        figure.forms.append((place, naming.name))
        self._plain[naming.name] = words
        figure.kinds.append(naming.kind)
        figure.is_human = figure.is_human or _is_human(naming, words)
        if naming.role:
            figure.roles.append((place, naming.role))
        figure.gender = figure.gender or _gender(naming, words)
        keys = _keys(words) if figure.may_be_person else [words[-1], " ".join(words)]
        for key in keys:
            known = self._by_word.setdefault(key, [])
            if figure not in known:
                known.append(figure)

    def settle(self) -> None:
        """Put forms and offices in order of their places, once all are met."""
        self._known.clear()
        for figure in self._figures:
            figure.forms.sort(key=lambda form: form[0])
            figure.roles.sort(key=lambda form: form[0])

    def find(self, naming: Naming, place: int) -> Figure | None:
        """Return who is meant by the name at ``place``; None where several may be, or nobody is."""
        found = self.candidates(naming)
        if len(found) > 1:
            known = [figure for figure in found if figure.forms[0][0] <= place]
            found = known or found
        if len(found) > 1 and naming.title:
            gender = _gender(naming, [])
            fitting = [figure for figure in found if gender and figure.gender in (gender, None)]
            sure = [figure for figure in fitting if figure.gender == gender]
            found = sure or fitting or found
        if len(found) > 1 and naming.role:
            found = [figure for figure in found if naming.role in (role for _, role in figure.roles)] or found
        return found[0] if len(found) == 1 else None

    def candidates(self, naming: Naming) -> list[Figure]:
        """Return all who may be meant by a name; nobody is by one that is only ``Jr.`` or ``III``."""
        words = plain_words(naming.name)
        key = tuple(words)
        if key not in self._known:
            self._known[key] = self._meant(words)
        return self._known[key]

    def _meant(self, words: list[str]) -> list[Figure]:
        if not words:
            return []
        if len(words) == 1:
            return self._by_family_first(words[0])
        family = [figure for key in _keys(words)[:1] for figure in self._by_word.get(key, [])]
        return [
            figure for figure in family if any(fits(words, self._plain[name]) for _, name in figure.forms)
        ]

    def _by_family_first(self, word: str) -> list[Figure]:
        known = self._by_word.get(word, [])
        family = [
            figure
            for figure in known
            if any(word in _keys(self._plain[name])[:2] for _, name in figure.forms)
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


def _is_human(naming: Naming, words: list[str]) -> bool:
    if naming.title or naming.role:
        return True
    first = words[0].capitalize()
    return (naming.kind == "person" and naming.role is not None) or (
        _looks_human(naming.name) and (first in _MALE or first in _FEMALE)
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


def _gender(naming: Naming, words: list[str]) -> Gender | None:
    told = [naming.title or "", *(naming.role or "").split()]
    for word in (part.lower().strip(".,") for part in told):
        if word in roles.MALE and not (naming.role and " of " in naming.role):
            return "he"
        if word in roles.FEMALE and not (naming.role and " of " in naming.role):
            return "she"
    first = words[0].capitalize() if len(words) > 1 else ""
    if first in _MALE:
        return "he"
    return "she" if first in _FEMALE else None
