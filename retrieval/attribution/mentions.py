"""How a parsed sentence mentions somebody: the name, and the title and office that go with it. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from retrieval.attribution.clauses import Clauses
from retrieval.attribution.roles import COURTESY, OFFICES, PARTICLES, TITLES
from retrieval.parser import Name, NameKind

_INSIDE = PARTICLES | frozenset(["of", "the", "for", "and", "&", "und", "et"])
_SUFFIXES = frozenset(["jr", "sr", "ii", "iii", "iv"])
_HONOURS = frozenset(["QC", "KC", "MP", "MEP", "MSP", "OBE", "MBE", "CBE", "PhD", "MD"])
_LONGEST_ROLE = 12  # words
_FARTHEST = 40  # words that are examined on one side: a row of capitals may be as long as an article
_NO_ROLE = frozenset(["his", "her", "their", "my", "our", "its", "who", "whom", "which", "whose"])
_OWN = re.compile(r"(?:['’]s|['’])$")


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a sentence: the places of its first and last word, and the title and office with it."""

    first: int
    last: int
    name: str  # without title and office
    title: str | None  # Mr, Dr, President: the word right before the name
    role: str | None
    kind: NameKind


def mention_of(clauses: Clauses, place: int) -> Mention | None:
    """Return the name whose head is the word at ``place``, or in apposition to it: ``his wife, Jane Roe``.

    None where that word is no name: a pronoun, or a noun like ``the minister``.
    """
    words = clauses.words
    if words[place].pos == "PRON":
        return None
    if words[place].text.lower() in OFFICES and not _is_parsed_as(clauses, place, "person"):
        return _apposition(clauses, place)
    is_person = _is_parsed_as(clauses, place, "person")  # ``al-Haddad`` begins in lower case
    is_name = words[place].pos == "PROPN" or _parsed_name(clauses, place) is not None
    found = _mention(clauses, place) if is_name and (words[place].text[:1].isupper() or is_person) else None
    return found or _apposition(clauses, place)


def _apposition(clauses: Clauses, place: int) -> Mention | None:
    """Return the name in apposition to a common noun: ``the mayor of Leeds, Jane Roe``."""
    words = clauses.words
    last = clauses.span(place)[1]
    for child in range(place + 1, last + 1):
        if (
            words[child].relation == "appos"
            and words[child].pos == "PROPN"
            and _is_in_apposition(clauses, place, child)
        ):
            found = _mention(clauses, child)
            is_office = words[place].text.lower() in OFFICES
            if found and (is_office or found.kind in ("person", "other")):
                first = clauses.span(place)[0]
                role = found.role or _role_text(clauses, first, _before_comma(clauses, place, child))
                return Mention(found.first, found.last, found.name, found.title, role, "person")
    return None


def _is_in_apposition(clauses: Clauses, place: int, child: int) -> bool:
    """Return whether the apposition belongs to the noun at ``place``: ``the mayor of Leeds, Jane Roe``."""
    for above in clauses.ancestors(child):
        if above == place:
            return True
        if clauses.words[above].relation not in ("pobj", "prep", "compound"):
            return False
    return False


def _before_comma(clauses: Clauses, place: int, child: int) -> int:
    for between in range(place, child):
        if clauses.words[between].text in (",", "-", "–", "—", ":", "("):
            return between - 1
    return clauses.span(child)[0] - 1


def _mention(clauses: Clauses, place: int) -> Mention | None:
    words = clauses.words
    parsed_name = _parsed_name(clauses, place)
    first = last = place
    reach = clauses.places_within_marks(place)
    if place not in reach:
        return None
    if parsed_name:
        inside = clauses.places_of(parsed_name)
        first, last = min(place, inside[0]), max(place, inside[-1])
        for at in range(first, last):
            if words[at].text in (",", ";", ":", "(", "–", "—"):
                first, last = (at + 1, last) if at < place else (first, min(last, at - 1))
        first, last = max(first, reach.start), min(last, reach.stop - 1)
    while last + 1 < reach.stop and last - place < _FARTHEST and _joins_right(clauses, last + 1):
        last += 1
    while first > reach.start and place - first < _FARTHEST and _joins_left(clauses, first, parsed_name):
        first -= 1
    while first < last and words[first].text.lower() in ("the", "a", "an"):
        first += 1
    while last > first and (
        words[last].text in ("'s", "’s", "'", "’", ",", ".") or words[last].text in _HONOURS
    ):
        last -= 1
    start, title = _behind_office(clauses, first, last)
    if start > last:  # nothing but an office: ``President``, ``the Prime Minister``
        return None
    text = words[start].text if start == last else _text(clauses, start, last)
    name = _OWN.sub("", text).strip(" ,.")
    if not any(map(str.isalpha, name)) or (not name[0].isupper() and name[0].islower() and len(name) < 2):
        return None
    kind: NameKind = parsed_name.kind if parsed_name else "other"
    if title or (kind == "other" and start != first) or _is_aged(clauses, place):
        kind = "person"
    elif kind == "person" and _has_article(clauses, place, first):
        kind = "organisation"  # ``the government’s Restoration Act``, taken for a person
    role = _role(clauses, start, last) if kind in ("person", "other") or " " in name else None
    return Mention(start, last, name, title, role, kind)


def _has_article(clauses: Clauses, place: int, first: int) -> bool:
    return any(
        clauses.words[child].relation in ("det", "poss") and child <= first
        for child in clauses.children[place]
    )


def _is_parsed_as(clauses: Clauses, place: int, kind: NameKind) -> bool:
    parsed_name = _parsed_name(clauses, place)
    return parsed_name is not None and parsed_name.kind == kind


def _is_aged(clauses: Clauses, place: int) -> bool:
    """Return whether an age follows the name, or a relative clause with ``who``."""
    for child in clauses.children[place]:
        word = clauses.words[child]
        if (
            word.relation in ("appos", "nummod", "npadvmod")
            and word.tag == "CD"
            and 3 < _number(word.text) < 120
        ):
            return child > place
        if word.relation == "relcl" and any(
            clauses.words[below].text.lower() == "who" for below in clauses.children[child]
        ):
            return True
    return False


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 4 else 0


def _parsed_name(clauses: Clauses, place: int) -> Name | None:
    return clauses.name_at.get(place)


def _joins_right(clauses: Clauses, place: int) -> bool:
    word, before = clauses.words[place], clauses.words[place - 1]
    if word.text.lower().strip(".") in _SUFFIXES and word.text[0].isupper():
        return True
    if word.start - before.end > 1 or not word.text[:1].isupper() or word.pos != "PROPN":
        return False
    return (
        word.head == place - 1
        or before.head == place
        or (word.text[0].isupper() and before.relation == "compound")
    )


def _joins_left(clauses: Clauses, first: int, parsed_name: Name | None) -> bool:
    words = clauses.words
    word, after = words[first - 1], words[first]
    if after.start - word.end > 1 or word.text in ',;:.()“”"':
        return False
    if (
        word.text[:1].isupper()
        and word.pos == "PROPN"
        and word.relation in ("compound", "nmod", "amod", "poss", "pobj")
    ):
        other = _parsed_name(clauses, first - 1)
        is_other = parsed_name is not None and other is not None and other is not parsed_name
        return (not is_other or after.text in PARTICLES) and word.tag != "POS"
    return word.text in PARTICLES and _is_name_before(clauses, first - 1)


def _is_name_before(clauses: Clauses, particle: int) -> bool:
    """Return whether a name stands before the particle and those before it: ``Ursula von der``."""
    words, place = clauses.words, particle - 1
    while place > 0 and words[place].text in PARTICLES:
        place -= 1
    return place >= 0 and words[place].pos == "PROPN" and words[place].text.lower() not in OFFICES


def _behind_office(clauses: Clauses, first: int, last: int) -> tuple[int, str | None]:
    """Return where the name starts behind titles and offices, and the last of these that is a title."""
    start, title = first, None
    for place in range(first, last + 1):
        word = clauses.words[place].text
        plain = word.lower().strip(".").removesuffix("'s").removesuffix("’s")
        if plain in TITLES or plain in OFFICES:
            start, title = place + 1, word if plain in TITLES else title
    if start > last and last > first and title is None:
        return first, None
    if start <= last and clauses.words[start].text in _INSIDE:
        return (first, None)  # ``Ministry of``, ``President of the Republic``
    return start, title


def _role(clauses: Clauses, start: int, last: int) -> str | None:
    words = clauses.words
    low = start
    while low > 0 and start - low < _FARTHEST and _belongs_before(clauses, low - 1):
        low -= 1
    before = _role_text(clauses, low, start - 1)
    if before:
        return before
    for child in (child for place in range(start, last + 1) for child in clauses.children[place]):
        if words[child].relation == "appos" and child > last and words[child].pos in ("NOUN", "PROPN"):
            low, high = clauses.span(child)
            role = _role_text(clauses, low, high)
            if role:
                return role
    return None


def _belongs_before(clauses: Clauses, place: int) -> bool:
    word, after = clauses.words[place], clauses.words[place + 1]
    if word.text in "-–/" and after.start == word.end:
        return True
    if after.start - word.end > 1 or word.pos not in (
        "NOUN",
        "PROPN",
        "ADJ",
        "ADP",
        "PART",
        "VERB",
        "CCONJ",
        "X",
    ):
        return False
    if word.pos in ("ADP", "CCONJ"):
        return word.text in ("of", "for", "and") and place > 0 and clauses.words[place - 1].text[:1].isupper()
    return word.relation in ("compound", "nmod", "amod", "poss", "pobj", "case", "punct", "nmod", "conj")


def _role_text(clauses: Clauses, first: int, last: int) -> str | None:
    """Return the words as an office, without article; None where they are none."""
    words = clauses.words
    while first <= last and words[first].text.lower() in ("the", "a", "an", "and", ","):
        first += 1
    for place in range(first, last + 1):
        if words[place].text in (",", ";", "–", "—", "(") or words[place].text.lower() in (
            "who",
            "whose",
            "which",
        ):
            last = place - 1
            break
    if not 0 <= last - first < _LONGEST_ROLE or words[first].text.lower() in _NO_ROLE:
        return None
    heads = [word.text.lower().strip(".") for word in words[first : last + 1]]
    if all(head in COURTESY for head in heads) or not any(
        head in OFFICES
        or head.removesuffix("s") in OFFICES
        or head.endswith(("ist", "man", "woman", "er", "or"))
        for head in heads
    ):
        return None
    return _text(clauses, first, last)


def _text(clauses: Clauses, first: int, last: int) -> str:
    """Return the words as they stand, on one line."""
    parts = []
    for place in range(first, last + 1):
        word = clauses.words[place]
        gap = " " if place > first and word.start > clauses.words[place - 1].end else ""
        parts.append(gap + word.text)
    return "".join(parts)
