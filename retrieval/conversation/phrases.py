"""The noun phrases of a question: what it is about, and what another phrase can take the place of. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from retrieval.parser import NameKind, Parsed, Word

PhraseKind = Literal[NameKind, "time", "thing"]
"""What kind of name it is; ``time`` for a year, a month, a day; ``thing`` for every common noun."""

MAX_WORDS = 9
"""The most words of a phrase with what depends on its noun (the mayor *of Paris*)."""


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_INSIDE = frozenset({"compound", "amod", "nmod", "nummod", "quantmod", "det", "npadvmod", "advmod", "predet"})
_KEPT = _INSIDE | {"poss", "case", "punct"}
_TIMES = re.compile(
    r"\d{3,4}s?|(?:mon|tues|wednes|thurs|fri|satur|sun)days?|january|february|march|april|may|june|july|"
    r"august|september|october|november|december|today|yesterday|tomorrow|years?|months?|weeks?|days?|"
    r"centur(?:y|ies)|decades?|spring|summer|autumn|winter",
    re.IGNORECASE,
)
_PERSONS = _words(
    """actor adult actress analyst architect artist athlete author boss boy bishop brother candidate captain
    chairman chairwoman chancellor chief child coach commander composer criminal critic daughter director
    doctor emperor empress engineer father founder general girl governor guitarist head husband inventor
    journalist judge king lawyer leader lieutenant lord man manager mayor minister monk mother mp musician
    novelist officer owner painter person philosopher physicist pilot player poet politician pope premier
    president priest prince princess producer professor prophet queen reporter researcher ruler scientist
    secretary senator singer sister soldier son speaker spokesman spokesperson spokeswoman student sultan
    teacher victim wife winner witness woman worker writer"""
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun and what belongs to it, ``start`` to ``end`` of the question."""

    start: int
    end: int
    text: str
    head: int  # place of the noun in ``words``
    kind: PhraseKind
    relation: str  # of the noun to its head
    is_name: bool
    is_plural: bool
    asks: bool  # holds the question word: which river


def noun_phrases(text: str, parsed: Parsed) -> list[Phrase]:
    """Return every noun phrase of ``text``, in order, also one inside another."""
    found = []
    for place, word in enumerate(parsed.words):
        is_noun = word.pos in {"NOUN", "PROPN"} or (word.pos == "NUM" and word.relation == "pobj")
        asks_alone = word.tag in {"WP", "WDT"} and word.relation not in {"det", "mark"}
        if (is_noun and word.relation not in _INSIDE - {"npadvmod"}) or asks_alone:
            found.append(_phrase(text, parsed, place))
    return found


def descendants(parsed: Parsed, place: int) -> list[int]:
    """Return the places of all words that depend on the one at ``place``, itself among them, in order."""
    return [other for other in range(len(parsed.words)) if place in _above(parsed, other)]


def clause_of(parsed: Parsed, place: int) -> int:
    """Return the place of the verb that the word belongs to; of the root, where there is no verb."""
    above = list(_above(parsed, place))
    for other in above[1:] if parsed.words[place].pos not in {"VERB", "AUX"} else above:
        word = parsed.words[other]
        if word.pos in {"VERB", "AUX"} and word.relation not in {"aux", "auxpass"}:
            return other
    return above[-1]


def is_time(word: Word) -> bool:
    """Return whether ``word`` names a year, a month or a day."""
    return _TIMES.fullmatch(word.text) is not None


def _above(parsed: Parsed, place: int) -> Iterator[int]:
    """Yield the place of the word itself, of the word it depends on, and so on to the root."""
    for _ in parsed.words:
        yield place
        head = parsed.words[place].head
        if head == place:
            return
        place = head


def _phrase(text: str, parsed: Parsed, head: int) -> Phrase:
    word = parsed.words[head]
    inside = _own_words(parsed, head, is_name=word.pos == "PROPN")
    first = last = head
    while first - 1 in inside:
        first -= 1
    while last + 1 in inside:
        last += 1
    while first < head and parsed.words[first].pos in {"PUNCT", "ADV", "CCONJ", "ADP"}:
        first += 1
    while last > head and (parsed.words[last].pos in {"PUNCT", "ADP"} or parsed.words[last].text == "'s"):
        last -= 1
    words = parsed.words[first : last + 1]
    start, end = words[0].start, words[-1].end
    kind = _kind(parsed, word)
    is_called_the = word.pos == "PROPN" and words[0].lemma.lower() == "the"  # the Danube is nobody
    return Phrase(
        start,
        end,
        text[start:end],
        head,
        "other" if kind == "person" and is_called_the else kind,
        word.relation,
        word.pos == "PROPN",
        word.tag in {"NNS", "NNPS"}
        or any(other.relation == "conj" and other.head == head for other in parsed.words),
        any(other.tag in {"WP", "WDT", "WP$", "WRB"} for other in words),
    )


def _own_words(parsed: Parsed, head: int, *, is_name: bool) -> set[int]:
    """Return the places of the noun and of what belongs to it.

    Of what depends on it by a preposition, a name keeps only ``of``.
    """
    own = {head}
    for place, word in enumerate(parsed.words):
        if word.head != head or place == head:
            continue
        below = descendants(parsed, place)
        if word.relation in _KEPT:
            own.update(below)
        elif word.relation == "prep" and place > head and (not is_name or word.lemma == "of"):
            with_it = own | set(below)
            is_when = any(is_time(parsed.words[other]) for other in below)
            has_clause = any(parsed.words[other].pos in {"VERB", "AUX"} for other in below)
            if len(with_it) <= MAX_WORDS and not is_when and not has_clause:
                own = with_it
    return own


def _kind(parsed: Parsed, word: Word) -> PhraseKind:
    if is_time(word):
        return "time"
    for name in parsed.names:
        if name.start <= word.start and word.end <= name.end:
            return name.kind
    if word.pos == "PROPN":
        return "other"
    if word.tag == "WP":
        return "person" if word.lemma.lower() in {"who", "whom"} else "thing"
    return "person" if word.lemma.lower() in _PERSONS else "thing"
