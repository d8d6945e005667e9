"""Which words of a question point at something said before, and what they stand for. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from retrieval.conversation.phrases import Phrase, clause_of, noun_phrases
from retrieval.parser import Parsed, Word

Sort = Literal["person", "thing", "several", "place"]
"""What a pointing word can stand for: he, it, they, there."""


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_SORTS: dict[str, Sort] = {
    **dict.fromkeys(("he", "him", "his", "himself", "she", "her", "hers", "herself"), "person"),
    **dict.fromkeys(("it", "its", "itself"), "thing"),
    **dict.fromkeys(("they", "them", "their", "theirs", "themselves"), "several"),
}
_ATTRIBUTES = _words(
    """age advantage amount area author benefit birthplace cause colour color consequence cost date definition
    difference disadvantage effect example feature function goal height history importance impact kind leader
    length level location meaning name number origin owner part percentage population price purpose rate
    reason result role share shape side size sort speed step status title total type use value way weight
    width year"""
)
"""Nouns that say something of another: after "the population of France", ``it`` is France."""

SHORTEST_NOUN = 3
"""Characters: what is shorter is rather a slip than a noun, and to a parser may be either."""

_EXPLETIVE_VERBS = frozenset(
    {"be", "take", "cost", "seem", "appear", "happen", "make", "require", "rain", "snow", "matter", "help"}
)


@dataclass(frozen=True, slots=True)
class Said:
    """A question asked before, how its words hang together, and the few words that answered it, if any."""

    text: str
    parsed: Parsed
    answer: str | None = None
    speaker: str | None = None  # who says what was quoted, where that is known


@dataclass(frozen=True, slots=True)
class Pointing:
    """A word that points back, or a noun with this or that before it: ``start`` to ``end`` of a question."""

    start: int
    end: int
    sort: Sort | None  # None: whatever ``noun`` names
    is_possessive: bool = False
    noun: str | None = None  # the noun of "this river", as it is listed in a dictionary


def pointing_words(text: str, parsed: Parsed) -> list[Pointing]:
    """Return the words of ``text`` that nothing in it explains, in order."""
    phrases = noun_phrases(text, parsed)
    return [
        found
        for place, word in enumerate(parsed.words)
        if (found := _pointing(parsed, place, word)) is not None
        and not _explained(parsed, place, found, phrases)
    ]


def stands_for(pointing: Pointing, said: Sequence[Said]) -> str | None:
    """Return what ``pointing`` stands for: words of the questions before, latest first, or of their answers.

    A person stays in mind for longer than a thing, which is looked for in the last question only. None where
    nothing fits.
    """
    if pointing.sort == "person":
        for question in said:
            if found := _stands_for(pointing, question, is_sure=True) or question.speaker:
                return found
    return _stands_for(pointing, said[0], is_sure=False) if said else None


def _stands_for(pointing: Pointing, question: Said, *, is_sure: bool) -> str | None:
    """Return what ``pointing`` stands for in one question or its answer; None where nothing fits.

    Where ``is_sure``, only what is known to be a person fits.
    """
    if answer := _answer_that_fits(pointing, question):
        return answer
    phrases = noun_phrases(question.text, question.parsed)
    fitting = [
        (_distance(phrase, pointing.sort), -place, phrase)
        for place, phrase in enumerate(phrases)
        if _fits(phrase, pointing, question)
        and not (pointing.sort == "person" and _is_inside(phrase, phrases))
        and (phrase.kind == "person" or not is_sure)
    ]
    if not fitting:
        return None
    return _with_article(_whole(min(fitting, key=lambda found: found[:2])[2], pointing, question))


def _pointing(parsed: Parsed, place: int, word: Word) -> Pointing | None:
    lower = word.text.lower()
    if sort := _SORTS.get(lower):
        if sort == "thing" and _is_expletive(parsed, place):
            return None
        return Pointing(word.start, word.end, sort, word.relation == "poss")
    if lower == "there" and word.relation == "advmod" and parsed.words[place - 1].lemma != "be":
        return Pointing(word.start, word.end, "place")
    if lower in {"this", "that", "these", "those"} and word.relation == "det":
        head = parsed.words[word.head]
        return Pointing(word.start, head.end, None, noun=head.lemma.lower()) if word.head > place else None
    return None


def _is_expletive(parsed: Parsed, place: int) -> bool:
    """Return whether ``it`` stands for nothing: it rains, is it true that, how long does it take to."""
    word = parsed.words[place]
    if word.relation == "expl":
        return True
    verb = parsed.words[word.head]
    if verb.lemma in {"rain", "snow"}:
        return True
    behind = parsed.words[place + 1 :]
    named = verb.lemma in {"call", "mean"} and any(other.lemma.lower() in {"when", "if"} for other in behind)
    clause = verb.lemma in _EXPLETIVE_VERBS and any(
        other.tag == "TO" or (other.relation == "mark" and other.lemma.lower() in {"that", "if", "for"})
        for other in behind
    )
    clock = any(
        other.lemma in {"time", "day", "date", "o'clock"} and other.tag == "NN"
        for other in parsed.words[:place]
    )
    return named or clause or (clock and verb.lemma == "be")


def _explained(parsed: Parsed, place: int, pointing: Pointing, phrases: Sequence[Phrase]) -> bool:
    """Return whether the question itself says what is meant, as in "which firm sold its ships"."""
    word = parsed.words[place]
    clause = clause_of(parsed, place)
    is_aside = parsed.words[clause].relation in {"advcl", "acl", "relcl"}
    for phrase in phrases:
        noun = parsed.words[phrase.head]
        before = phrase.end <= word.start
        if pointing.noun is not None:
            if before and noun.lemma.lower() == pointing.noun:
                return True
            continue
        if not (before or (is_aside and phrase.is_name)) or noun.lemma.lower() == "what":
            continue
        if noun.tag == "WP" and parsed.words[clause_of(parsed, phrase.head)].lemma == "be":
            continue  # "who was his teacher" asks of somebody else's
        elsewhere = pointing.is_possessive or clause_of(parsed, phrase.head) != clause
        if elsewhere and _may_be(phrase, pointing.sort):
            return True
    return False


def _may_be(phrase: Phrase, sort: Sort | None) -> bool:
    match sort:
        case "person":
            return phrase.kind == "person" or (phrase.is_name and phrase.kind in {"organisation", "other"})
        case "thing":
            return phrase.kind not in {"person", "time"} and not phrase.is_plural
        case "several":
            return phrase.is_plural or phrase.kind in {"people", "organisation", "person"}
        case "place":
            return phrase.kind == "place"
    return True


def _fits(phrase: Phrase, pointing: Pointing, said: Said) -> bool:
    asks_alone = said.parsed.words[phrase.head].tag in {"WP", "WDT"}
    if phrase.kind == "time" or asks_alone or (phrase.asks and pointing.sort != "several"):
        return False
    if len(said.parsed.words[phrase.head].text) < SHORTEST_NOUN:
        return False
    if pointing.noun is not None:
        noun = said.parsed.words[phrase.head].lemma.lower()
        return noun == pointing.noun or (phrase.is_name and _names_a(pointing.noun) == phrase.kind)
    if pointing.sort == "several":
        return phrase.is_plural or phrase.kind in {"people", "organisation"}
    return _may_be(phrase, pointing.sort)


def _is_inside(phrase: Phrase, phrases: Sequence[Phrase]) -> bool:
    """Return whether it says of whom or what another person is: Leeds of "the mayor of Leeds"."""
    return any(
        other.kind == "person"
        and not other.is_name
        and other.start < phrase.start
        and phrase.end <= other.end
        for other in phrases
    )


def _names_a(noun: str) -> str | None:
    """Return which kind of name a common noun can stand for."""
    if re.fullmatch(r"country|city|town|state|region|place|village|island|nation|county|province", noun):
        return "place"
    if re.fullmatch(r"man|woman|person|politician|president|minister|guy", noun):
        return "person"
    return "organisation" if re.fullmatch(r"company|firm|organi[sz]ation|agency|team|party", noun) else None


def _distance(phrase: Phrase, sort: Sort | None) -> float:
    """Return how unlikely a phrase is to be what one goes on to speak about: the lower, the likelier."""
    ranks = {"nsubj": 0.0, "nsubjpass": 0.0, "dobj": 1.0, "attr": 1.0, "ROOT": 1.0, "pobj": 2.0}
    rank = ranks.get(phrase.relation, 3.0)
    if sort == "thing" and phrase.kind in {"place", "people"}:
        rank += 1.5  # it is rather what was built than where
    if sort == "several" and not phrase.is_plural:
        rank += 1.5  # they are rather those than the one body that did it
    if not phrase.is_name and phrase.text.split()[-1].lower() in _ATTRIBUTES:
        rank += 4.0
    if not phrase.is_name and any(f" {noun} of " in f" {phrase.text.lower()} " for noun in _ATTRIBUTES):
        rank += 4.0
    if sort == "person" and not phrase.is_name:
        rank += 2.5
    return rank


def _answer_that_fits(pointing: Pointing, said: Said) -> str | None:
    """Return what answered a question after who or which, where a name was asked for and answered."""
    if said.answer is None or pointing.noun is not None or not said.answer[:1].isupper():
        return None
    asked = next((word for word in said.parsed.words if word.tag in {"WP", "WDT"}), None)
    if asked is None:
        return None
    asks_person = asked.lemma.lower() in {"who", "whom"}
    asks_which = asked.relation == "det"
    wanted = pointing.sort
    if asks_person and wanted in {"person", "several"}:
        return said.answer
    return said.answer if asks_which and wanted in {"thing", "place", "person"} else None


def _whole(phrase: Phrase, pointing: Pointing, said: Said) -> str:
    """Return the phrase with what "and" joins to it, where several are meant."""
    if pointing.sort != "several" or not phrase.is_plural:
        return phrase.text
    joined = [
        other
        for other in noun_phrases(said.text, said.parsed)
        if other.relation == "conj" and said.parsed.words[other.head].head == phrase.head
    ]
    return said.text[phrase.start : joined[-1].end] if joined else phrase.text


def _with_article(text: str) -> str:
    """Return ``text`` as people refer to it again: a bridge becomes the bridge."""
    return re.sub(
        r"^(?:an?|any|some|this|that|these|those|your|my|which|what)\s+",
        "the ",
        re.sub(r"^how (?:many|much)\s+", "", text, flags=re.IGNORECASE),
        flags=re.IGNORECASE,
    )


def put_in(text: str, pointing: Pointing, words: str) -> str:
    """Return ``text`` with ``words`` in place of the word that points back."""
    if pointing.is_possessive:
        words += "'" if words.endswith("s") else "'s"
    if pointing.sort == "place":
        words = f"in {words}"
    return text[: pointing.start] + words + text[pointing.end :]
