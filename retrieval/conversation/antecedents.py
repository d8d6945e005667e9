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
class EarlierQuestion:
    """A question asked before, parsed, and the few words that answered it, if any."""

    text: str
    parsed: Parsed
    answer: str | None = None
    speaker: str | None = None  # of what was quoted, where that is known


@dataclass(frozen=True, slots=True)
class Anaphor:
    """A word that points back, or a noun with this or that before it: ``start`` to ``end`` of a question."""

    start: int
    end: int
    sort: Sort | None  # None: whatever ``noun`` names
    is_possessive: bool = False
    noun: str | None = None  # the noun of "this river", as it is listed in a dictionary


def find_anaphors(text: str, parsed: Parsed) -> list[Anaphor]:
    """Return the words of ``text`` that nothing in it explains, in order."""
    phrases = noun_phrases(text, parsed)
    return [
        found
        for place, word in enumerate(parsed.words)
        if (found := _anaphor_at(parsed, place, word)) is not None
        and not _is_explained(parsed, place, found, phrases)
    ]


def antecedent_of(anaphor: Anaphor, earlier: Sequence[EarlierQuestion]) -> str | None:
    """Return what ``anaphor`` stands for: words of the questions before, latest first, or of their answers.

    A person stays in mind for longer than a thing, which is looked for in the last question only. None where
    nothing fits.
    """
    if anaphor.sort == "person":
        for question in earlier:
            if found := _antecedent_in(anaphor, question, is_sure=True) or question.speaker:
                return found
    return _antecedent_in(anaphor, earlier[0], is_sure=False) if earlier else None


def _antecedent_in(anaphor: Anaphor, question: EarlierQuestion, *, is_sure: bool) -> str | None:
    """Return what ``anaphor`` stands for in one question or its answer; None where nothing fits.

    Where ``is_sure``, only what is known to be a person fits.
    """
    if answer := _answer_that_fits(anaphor, question):
        return answer
    phrases = noun_phrases(question.text, question.parsed)
    fitting = [
        (_distance(phrase, anaphor.sort), -place, phrase)
        for place, phrase in enumerate(phrases)
        if _fits(phrase, anaphor, question)
        and not (anaphor.sort == "person" and _is_inside(phrase, phrases))
        and (phrase.kind == "person" or not is_sure)
    ]
    if not fitting:
        return None
    return _with_article(_with_conjuncts(min(fitting, key=lambda found: found[:2])[2], anaphor, question))


def _anaphor_at(parsed: Parsed, place: int, word: Word) -> Anaphor | None:
    lower = word.text.lower()
    if sort := _SORTS.get(lower):
        if sort == "thing" and _is_expletive(parsed, place):
            return None
        return Anaphor(word.start, word.end, sort, word.relation == "poss")
    if lower == "there" and word.relation == "advmod" and parsed.words[place - 1].lemma != "be":
        return Anaphor(word.start, word.end, "place")
    if lower in {"this", "that", "these", "those"} and word.relation == "det":
        head = parsed.words[word.head]
        return Anaphor(word.start, head.end, None, noun=head.lemma.lower()) if word.head > place else None
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


def _is_explained(parsed: Parsed, place: int, anaphor: Anaphor, phrases: Sequence[Phrase]) -> bool:
    """Return whether the question itself says what is meant, as in "which firm sold its ships"."""
    word = parsed.words[place]
    clause = clause_of(parsed, place)
    is_aside = parsed.words[clause].relation in {"advcl", "acl", "relcl"}
    for phrase in phrases:
        noun = parsed.words[phrase.head]
        before = phrase.end <= word.start
        if anaphor.noun is not None:
            if before and noun.lemma.lower() == anaphor.noun:
                return True
            continue
        if not (before or (is_aside and phrase.is_name)) or noun.lemma.lower() == "what":
            continue
        if noun.tag == "WP" and parsed.words[clause_of(parsed, phrase.head)].lemma == "be":
            continue  # "who was his teacher" asks of somebody else's
        elsewhere = anaphor.is_possessive or clause_of(parsed, phrase.head) != clause
        if elsewhere and _may_be(phrase, anaphor.sort):
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


def _fits(phrase: Phrase, anaphor: Anaphor, earlier: EarlierQuestion) -> bool:
    asks_alone = earlier.parsed.words[phrase.head].tag in {"WP", "WDT"}
    if phrase.kind == "time" or asks_alone or (phrase.asks and anaphor.sort != "several"):
        return False
    if len(earlier.parsed.words[phrase.head].text) < SHORTEST_NOUN:
        return False
    if anaphor.noun is not None:
        noun = earlier.parsed.words[phrase.head].lemma.lower()
        return noun == anaphor.noun or (phrase.is_name and _names_a(anaphor.noun) == phrase.kind)
    if anaphor.sort == "several":
        return phrase.is_plural or phrase.kind in {"people", "organisation"}
    return _may_be(phrase, anaphor.sort)


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


def _answer_that_fits(anaphor: Anaphor, earlier: EarlierQuestion) -> str | None:
    """Return what answered a question after who or which, where a name was asked for and answered."""
    if earlier.answer is None or anaphor.noun is not None or not earlier.answer[:1].isupper():
        return None
    asked = next((word for word in earlier.parsed.words if word.tag in {"WP", "WDT"}), None)
    if asked is None:
        return None
    asks_person = asked.lemma.lower() in {"who", "whom"}
    asks_which = asked.relation == "det"
    wanted = anaphor.sort
    if asks_person and wanted in {"person", "several"}:
        return earlier.answer
    return earlier.answer if asks_which and wanted in {"thing", "place", "person"} else None


def _with_conjuncts(phrase: Phrase, anaphor: Anaphor, earlier: EarlierQuestion) -> str:
    """Return the phrase with what "and" joins to it, where several are meant."""
    if anaphor.sort != "several" or not phrase.is_plural:
        return phrase.text
    joined = [
        other
        for other in noun_phrases(earlier.text, earlier.parsed)
        if other.relation == "conj" and earlier.parsed.words[other.head].head == phrase.head
    ]
    return earlier.text[phrase.start : joined[-1].end] if joined else phrase.text


def _with_article(text: str) -> str:
    """Return ``text`` as people refer to it again: a bridge becomes the bridge."""
    return re.sub(
        r"^(?:an?|any|some|this|that|these|those|your|my|which|what)\s+",
        "the ",
        re.sub(r"^how (?:many|much)\s+", "", text, flags=re.IGNORECASE),
        flags=re.IGNORECASE,
    )


def substitute(text: str, anaphor: Anaphor, words: str) -> str:
    """Return ``text`` with ``words`` in place of the word that points back."""
    if anaphor.is_possessive:
        words += "'" if words.endswith("s") else "'s"
    if anaphor.sort == "place":
        words = f"in {words}"
    return text[: anaphor.start] + words + text[anaphor.end :]
