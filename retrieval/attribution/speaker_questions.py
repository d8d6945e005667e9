"""Questions that ask for somebody's words: whose, and which quotes come first for them. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from retrieval.attribution.name_matching import plain_words, same_name
from retrieval.language_data import word_list
from retrieval.types import Quote

_NAME = r"(?P<name>[\w.’'&-]{1,40}(?: [\w.’'&-]{1,40}){0,7}?)"
_SAYS = (
    r"(?:sa(?:y|ys|id|ying)|tell|tells|told|claim(?:s|ed)?|warn(?:s|ed)?|think(?:s)?|thought|believe[sd]?"
    r"|describe[sd]?|call(?:s|ed)?|state[sd]?|announce[sd]?|promise[sd]?|argue[sd]?|suggest(?:s|ed)?|add(?:s|ed)?"
    r"|admit(?:s|ted)?|den(?:y|ies|ied)|explain(?:s|ed)?|ask(?:s|ed)?|demand(?:s|ed)?|accuse[sd]?"
    r"|critici[sz]e[sd]?|respon(?:d|ds|ded)|react(?:s|ed)?|comment(?:s|ed)?|tweet(?:s|ed)?|wr(?:ite|ites|ote)"
    r"|urge[sd]?|vow(?:s|ed)?|predict(?:s|ed)?|insist(?:s|ed)?|complain(?:s|ed)?|reply|replies|replied)"
)
_ADVERB = r"(?:(?:also|actually|exactly|really|then|once|just|publicly|recently|reportedly|ever) )?"
_BETWEEN = r"(?:[\w-]{1,30} ){0,6}?"
_ASKING = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b(?:what|how|why|when|where|whom?|which) {_BETWEEN}(?:did|does|do|has|have|had|would) {_NAME}"
        rf" {_ADVERB}{_SAYS}\b",
        rf"^\W{{0,3}}(?:did|does|has|have) {_NAME} {_ADVERB}{_SAYS}\b",
        rf"\b(?:is|was|were|are) {_NAME} (?:quoted|saying)\b",
        rf"\baccording to {_NAME}"
        r"(?=[,?!.;:]|$| (?:what|how|why|when|where|who|which|is|are|was|were|did|does)\b)",
        rf"\bwhat (?:is|was|are|were) (?:the )?{_NAME}['’]s? (?:\w+ )?"
        r"(?:reaction|response|view|views|opinion|comment|comments"
        r"|position|stance|take|words|verdict|statement|remarks|message|answer|reply|explanation|thoughts|warning)\b",
        rf"\bwhat {_NAME} {_ADVERB}(?:said|says|thinks|thought|told|claims|claimed|believes|wrote)\b",
        rf"\b(?:quotes?|statements?|remarks?|comments?|words) (?:by|from|of) {_NAME}"
        r"(?=[,?!.;:]|$| (?:about|on|regarding)\b)",
    )
)
_WHO = re.compile(
    r"^\W{0,3}(?:and |so |but )?(?:who|which \w{1,30}) (?:(?:was it|is it) (?:who|that) )?"
    rf"(?:has |had |have )?{_ADVERB}{_SAYS}\b",
    re.IGNORECASE,
)
_QUESTIONS = Path(__file__).parent / "words" / "speaker_questions.txt"
_NOBODY = word_list(_QUESTIONS, "nobody")
_LEFT_OUT = word_list(_QUESTIONS, "left out")


@dataclass(frozen=True, slots=True)
class AskedSpeaker:
    """Whose words are asked for; ``name`` is None where the question is who said something."""

    name: str | None


def asked_speaker(question: str) -> AskedSpeaker | None:
    """Whose words ``question`` asks for: ``what did Blinken say?``, ``who said that …?``; None without."""
    plain = " ".join(question.split())
    if _WHO.search(plain):
        return AskedSpeaker(None)
    for asking in _ASKING:
        found = asking.search(plain)
        if found:
            words = found["name"].split()
            while words and words[0].casefold() in ("the", "a", "an"):
                words = words[1:]
            if words and words[0].casefold() not in _NOBODY and words[-1].casefold() not in _NOBODY:
                return AskedSpeaker(" ".join(words))
    return None


def said_by(quote: Quote, asked: AskedSpeaker) -> bool:
    """Whether the quote's speaker is the one asked for; for ``who said``, whether it has one."""
    if quote.speaker is None:
        return False
    return asked.name is None or same_name(quote.speaker.name, asked.name)


def prefer(quotes: Sequence[Quote], others: Sequence[Quote], asked: AskedSpeaker) -> list[Quote]:
    """The quotes with the asked speaker's words first, then what is told about them, then the rest.

    Of ``others``, which come behind the quotes, only that speaker's words count. Else their order stays.
    """
    own = [quote for quote in others if asked.name is not None and said_by(quote, asked)]
    return sorted([*quotes, *own], key=lambda quote: (not said_by(quote, asked), not _tells_of(quote, asked)))


def _tells_of(quote: Quote, asked: AskedSpeaker) -> bool:
    """Whether the article itself tells of the one asked for."""
    if quote.speaker is not None or asked.name is None:
        return False
    words = [word for word in plain_words(asked.name) if word not in _LEFT_OUT]
    told = set(plain_words(quote.text))
    return bool(words) and (words[-1] in told or f"{words[-1]}'s" in told)
