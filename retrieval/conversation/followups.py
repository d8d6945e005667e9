"""A question in its conversation -> what is meant by it, as one could have asked it alone.

Rules over the grammar of an English question: what points back (he, its, there, this river), what is left
out ("and Russia?", "why?"). What stands alone is left alone, letter by letter.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from retrieval.conversation.antecedents import (
    Anaphor,
    EarlierQuestion,
    antecedent_of,
    find_anaphors,
    substitute,
)
from retrieval.conversation.conversation import Conversation, Turn
from retrieval.conversation.phrases import Phrase, is_time, noun_phrases
from retrieval.conversation.reask import asked_anew
from retrieval.parser import Parsed, Parser

LOOKED_BACK = 3
"""How many turns are searched for the antecedent of a word."""

LONGEST_CHARS = 200
"""A question of more characters says what it is about."""

OTHER_SUBJECT = 0.47
"""Under this cosine with the question before, one that says enough of its own is of another subject."""

SAYS_LITTLE = 7
"""Words of a question that cannot say what it is about where one of them points back."""

LONGEST_FRAGMENT = 4
"""Words of a phrase that takes the place of another: a longer one is a search of its own."""

_LEAD = re.compile(
    r"^\W*+(?:(?:and|but|so|or|also|then|ok(?:ay)?|well|now|hm+|yes|no|right),?\s+)++", re.IGNORECASE
)
_WHAT_ABOUT = re.compile(r"^\W*+(?:what|how) about\s+|^\W*+(?:same|and) for\s+", re.IGNORECASE)
_BARE = re.compile(
    r"(?:(?:and|but|so)\s+)?(?:why|how|when|where|who|whom|what|which(?: one)?|why not|what for|says who"
    r"|how (?:so|come|many|much|long|often|old|far|exactly)|(?:when|where|why) exactly"
    r"|(?:what|who|where) else|(?:since|until) when|(?:by|with|to|for|from) whom|from where"
    r"|where (?:to|from)|for how long|(?:in |at |on )?(?:what|which)"
    r" (?:year|month|day|date|time|city|town|country|place|way))\W*",
    re.IGNORECASE,
)
_OF_THE_LAST = re.compile(
    r"^which ones?\b|\bthe other (?:one|ones|two)\b|\bof (?:them|those|these)\b|\banother one\W*$"
    r"|\bthe (?:other|others|second|third|first|last|former|latter|rest)(?: (?:one|ones|two|part|half))?\W*$"
    r"|\b(?:the same|that|this|those|these)\W*$"
    r"|^\W*(?:is|was|are|were|did|does|do) (?:that|this|those|these)\b"
    r"|\b(?:about|of|by|in|with|on|at|for|from|to|after|before|during|like|than|was|is|did|does|say)"
    r" (?:that|this)\b(?!\s+\w)",
    re.IGNORECASE,
)
_PREPOSITION = re.compile(
    r"(?:in|on|at|of|for|to|from|by|with|about|after|before|during|under|against)\s+", re.IGNORECASE
)
_ASKS = frozenset({"WP", "WDT", "WRB", "WP$"})


@dataclass(frozen=True, slots=True)
class Understood:
    """What is meant."""

    text: str  # as it could have been asked alone; the question itself, where nothing is missing
    before: str | None  # the question it depends on; None where it stands alone
    is_complete: bool = True  # False where what is missing is only added in brackets


def understand(question: str, conversation: Conversation, parser: Parser, nearness: float) -> Understood:
    """Return ``question`` with what it leaves to the turns before it. The first one is left alone.

    ``nearness`` is the cosine of the question and the one before it: it says whether they may be of one
    subject.
    """
    alone = Understood(question, None)
    if not conversation.turns or len(question) > LONGEST_CHARS:
        return alone
    before = conversation.turns[-1].question
    plain = question.strip()
    if is_bare_question(plain):
        asks = _LEAD.sub("", plain).strip(" ?!.,…")
        anew = asked_anew(asks, before, *parser.parse([before]))
        return Understood(anew or _with_remark(plain, before), before, is_complete=anew is not None)
    lead = _LEAD.match(plain)
    rest = plain[lead.end() :] if lead else plain
    (parsed,) = parser.parse([rest])
    anaphors = find_anaphors(rest, parsed)
    if anaphors and (nearness >= OTHER_SUBJECT or len(rest.split()) <= SAYS_LITTLE):
        text = _with_antecedents(rest, anaphors, _earlier_questions(conversation, parser))
        if text == rest:
            return Understood(_with_remark(plain, before), before, is_complete=False)
        return Understood(_capital(text), before)
    about = _WHAT_ABOUT.match(rest)
    fragment = _fragment(rest, parsed) if lead or about or _is_name(parsed) else None
    led_by = _PREPOSITION.match(rest)
    replaced = (
        _with_replacement(fragment, led_by[0].strip() if led_by else "", before, parser) if fragment else None
    )
    if replaced is not None:
        return Understood(replaced, before)
    is_sentence = any(word.pos in {"VERB", "AUX"} for word in parsed.words)
    is_led = bool(lead or about) and not (is_sentence and (parsed.names or nearness < OTHER_SUBJECT))
    if is_led or _OF_THE_LAST.search(rest):
        return Understood(_with_remark(plain, before), before, is_complete=False)
    return alone


def is_bare_question(question: str) -> bool:
    """Return whether ``question`` means nothing without the one before it: "why?", "since when?"."""
    return _BARE.fullmatch(question.strip()) is not None


def _with_antecedents(text: str, anaphors: Sequence[Anaphor], earlier: Sequence[EarlierQuestion]) -> str:
    """Return ``text`` with what its words stand for, as far as that is found."""
    for anaphor in reversed(anaphors):
        words = antecedent_of(anaphor, earlier)
        if words is not None:
            text = substitute(text, anaphor, words)
    return text


def _earlier_questions(conversation: Conversation, parser: Parser) -> list[EarlierQuestion]:
    """Return the questions before and what answered them, the latest first."""
    turns = conversation.turns[-LOOKED_BACK:][::-1]
    parsed = parser.parse([turn.question for turn in turns])
    return [
        EarlierQuestion(turn.question, own, _answer(turn), _speaker(turn))
        for turn, own in zip(turns, parsed, strict=True)
    ]


def _answer(turn: Turn) -> str | None:
    """Return the words that answered, where they are few enough to be a name."""
    if not turn.citations:
        return None
    quote = turn.citations[0].quote
    words = quote.passage.cut(*quote.best).text.strip(" .,;:“”\"'")
    return words if 0 < len(words.split()) <= 5 else None


def _speaker(turn: Turn) -> str | None:
    speaker = turn.citations[0].quote.speaker if turn.citations else None
    return speaker.name if speaker else None


def _fragment(text: str, parsed: Parsed) -> str | None:
    """Return the noun phrase that a question consists of, as "what about Russia?" does, else None."""
    about = _WHAT_ABOUT.match(text)
    start = about.end() if about else 0
    preposition = _PREPOSITION.match(text, start)
    start = preposition.end() if preposition else start
    rest = text[start:].strip(" ?!.…")
    words = [word for word in parsed.words if word.start >= start]
    if not rest or len(rest.split()) > LONGEST_FRAGMENT or any(word.tag in _ASKS for word in words):
        return None
    return None if any(word.pos in {"VERB", "AUX"} for word in words) else rest


def _is_name(parsed: Parsed) -> bool:
    """Return whether a question is a name and nothing else: "Russia?"."""
    words = [word for word in parsed.words if word.pos != "PUNCT"]
    names = [name for name in parsed.names if name.kind in {"person", "place", "organisation"}]
    return len(names) == 1 and names[0].start == 0 and bool(words) and names[0].end == words[-1].end


def _with_replacement(fragment: str, preposition: str, before: str, parser: Parser) -> str | None:
    """Return the question before with ``fragment`` in place of what is of its kind; None where nothing is.

    Behind the same ``preposition`` it need not be of its kind: names are seldom told apart without a
    sentence.
    """
    own, asked = parser.parse([f"{fragment}.", before])
    phrases = noun_phrases(f"{fragment}.", own)
    if not phrases and not is_time(own.words[0]):
        return None
    kind, is_name = (phrases[0].kind, phrases[0].is_name) if phrases else ("time", False)
    candidates = [phrase for phrase in noun_phrases(before, asked) if not phrase.asks]
    same = [phrase for phrase in candidates if phrase.kind == kind and phrase.is_name == is_name]
    if preposition and not same:
        same = [phrase for phrase in candidates if _is_behind(preposition, phrase, asked)]
    if is_name and not same:
        same = [phrase for phrase in candidates if phrase.is_name and phrase.kind != "time"]
    if not same:
        return None
    last = max(same, key=_weight)
    return _capital(before[: last.start] + fragment + before[last.end :])


def _is_behind(preposition: str, phrase: Phrase, parsed: Parsed) -> bool:
    head = parsed.words[parsed.words[phrase.head].head]
    return head.pos == "ADP" and head.text.lower() == preposition.lower()


def _weight(phrase: Phrase) -> tuple[int, int]:
    """Return a key that puts what is asked about above who acts, and the later above the earlier.

    "What did Blinken say about China?" goes on with Russia, not with another speaker.
    """
    return (phrase.relation in {"pobj", "dobj"}, phrase.start)


def _with_remark(question: str, before: str) -> str:
    """Return the question with the one before it as a remark: ``Why? (What did China refuse?)``."""
    return f"{_capital(question)} ({before})"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
