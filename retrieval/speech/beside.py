"""What stands beside a quotation in its sentence: the verb, the subject, or what it is called. Pure."""

from __future__ import annotations

from retrieval.speech.clauses import Clauses, Cue
from retrieval.speech.frames import Frame, Placed, is_title
from retrieval.speech.naming import name_of
from retrieval.speech.quotations import Quotation
from retrieval.speech.saying import NAMING, SAYS, WORKS

_FROM_WITHOUT = frozenset(
    ["read", "hold", "find", "see", "hear", "receive", "carry", "watch", "open", "check", "bear"]
)


def is_nothing_else(frame: Frame) -> bool:
    """Whether a sentence is nothing but quotation."""
    rest, place = [], 0
    for placed in frame.quotations:
        rest.append(frame.text[place : placed.start])
        place = placed.end
    rest.append(frame.text[place:])
    return not any(map(str.isalpha, "".join(rest)))


def cue_beside(frame: Frame, clauses: Clauses, placed: Placed) -> Cue | None:
    """The verb right behind the quotation or right before it, within its sentence."""
    whole = [one for one in frame.quotations if one.is_whole]
    number = whole.index(placed)
    low = whole[number - 1].end if number else 0
    high = whole[number + 1].start if number + 1 < len(whole) else len(frame.text)
    words = clauses.words
    before = [cue for cue in clauses.cues if low <= words[cue.place].start < placed.start]
    behind = [cue for cue in clauses.cues if placed.end <= words[cue.place].start < high]
    speech_before = [cue for cue in before if cue.is_source or words[cue.place].lemma in SAYS]
    lead = frame.text[low : placed.start].rstrip()
    if speech_before and (
        lead.endswith((":", ",")) or lead.split()[-1:] == [words[speech_before[-1].place].text]
    ):
        if lead.endswith(":") or not behind or number:
            return speech_before[-1]
        if not _is_subordinate(clauses, speech_before[-1].place):
            return speech_before[-1]
    if behind and (
        placed.start == 0 or not speech_before or frame.text[placed.start : placed.end][-2:-1] in ",?!"
    ):
        return behind[0]
    return speech_before[-1] if speech_before else None


def subject_beside(frame: Frame, clauses: Clauses, placed: Placed, inside: list[int]) -> int | None:
    """Who does something beside a quotation that a comma or a colon joins to it: ``“…,” he smiled``."""
    words = clauses.words
    lead = frame.text[: placed.start].rstrip()
    if lead.endswith(":"):
        for place in range(inside[0] - 1, -1, -1):
            if words[place].pos in ("VERB", "AUX") and words[place].lemma not in _FROM_WITHOUT:
                subject = clauses.subject_of(place)
                owner = clauses.owner(subject) if subject is not None else None
                if owner is not None:
                    return owner
                if subject is not None and _may_speak(clauses, subject):
                    return subject
        for place in range(inside[0] - 1, -1, -1):
            owner = clauses.owner(place)
            if owner is not None:
                return owner
        named = [at for at in range(inside[0]) if words[at].pos not in ("PUNCT", "SPACE")]
        is_all = bool(named) and all(words[at].pos == "PROPN" for at in named)
        return named[-1] if is_all else None  # ``Munro: “…”``
    if placed.start == 0 and frame.text[placed.end - 2 : placed.end - 1] == ",":
        for place in range(inside[-1] + 1, len(words)):
            if words[place].pos == "VERB":
                return clauses.subject_of(place)
    return None


def is_name_of_something(text: str, clauses: Clauses, inside: list[int], start: int, quoted: str) -> bool:
    """Whether what is quoted is the title of a work, or somebody's name for something."""
    words = clauses.words
    before = words[inside[0] - 1] if inside[0] else None
    near = {words[at].lemma.lower() for at in range(max(0, inside[0] - 2), inside[0])}
    written = text[max(0, start - 40) : start].split()[-1:]  # ``so-called`` is three words to a parser
    if near & NAMING or NAMING & {word.lower() for word in written}:
        return True
    if before is not None and before.pos in ("NOUN", "PROPN") and before.lemma.lower() in WORKS:
        return quoted[:1].isupper()
    if not is_title(quoted):
        return False
    return len(quoted.split()) > 1 or before is None or before.lemma not in SAYS


def is_title_of_work(text: str, clauses: Clauses, inside: list[int], quotation: Quotation) -> bool:
    """Whether a work is called by its title right before: ``his book, “…”``."""
    near = clauses.words[max(0, inside[0] - 2) : inside[0]]
    is_called = any(word.pos == "NOUN" and word.lemma.lower() in WORKS for word in near)
    return is_called and is_title(text[quotation.start : quotation.end])


def is_cue(clauses: Clauses, place: int) -> bool:
    """Whether the word at ``place`` says that somebody says something."""
    return any(cue.place == place for cue in clauses.cues)


def holds(clauses: Clauses, subject: int, place: int) -> bool:
    """Whether the word at ``place`` is a part of the subject."""
    first, last = clauses.span(subject)
    return first <= place <= last


def _is_subordinate(clauses: Clauses, place: int) -> bool:
    return clauses.words[place].relation in ("advcl", "relcl", "acl", "pcomp")


def _may_speak(clauses: Clauses, place: int) -> bool:
    word = clauses.words[place]
    if word.text.lower() in ("he", "she"):
        return True
    naming = name_of(clauses, place)
    return naming is not None
