"""What the narrator's sentence says about the quotations in it: a verb, a subject, or a title. Pure."""

from __future__ import annotations

from bisect import bisect_left
from functools import cached_property

from retrieval.attribution.clauses import Clauses, Cue
from retrieval.attribution.frames import Frame, PlacedQuotation, is_title
from retrieval.attribution.mentions import mention_of
from retrieval.attribution.quotations import Quotation
from retrieval.attribution.speech_verbs import NAME_GIVING, PERCEPTION, SPEECH, WORKS


class NarratorSentence:
    """A sentence of the narrator's, and what it says about the quotations in it."""

    def __init__(self, frame: Frame, clauses: Clauses) -> None:
        self.frame = frame
        self.clauses = clauses

    @cached_property
    def is_only_quotation(self) -> bool:
        """Whether the sentence is nothing but quotation."""
        rest, place = [], 0
        for placed in self.frame.quotations:
            rest.append(self.frame.text[place : placed.start])
            place = placed.end
        rest.append(self.frame.text[place:])
        return not any(map(str.isalpha, "".join(rest)))

    def cue(self, placed: PlacedQuotation) -> Cue | None:
        """Return the verb right behind the quotation or right before it."""
        frame, clauses, words = self.frame, self.clauses, self.clauses.words
        number = placed.number - frame.quotations[0].number
        earlier = next(
            (quotation for quotation in reversed(frame.quotations[:number]) if quotation.is_own_sentence),
            None,
        )
        later = next(
            (quotation for quotation in frame.quotations[number + 1 :] if quotation.is_own_sentence), None
        )
        low = earlier.end if earlier else 0
        high = later.start if later else len(frame.text)
        behind = clauses.cues_between(placed.end, high)
        speech_before = [
            cue
            for cue in clauses.cues_between(low, placed.start)
            if cue.is_source or words[cue.place].lemma in SPEECH
        ]
        lead = frame.text[low : placed.start].rstrip()
        if speech_before and (
            lead.endswith((":", ",")) or lead.split()[-1:] == [words[speech_before[-1].place].text]
        ):
            if lead.endswith(":") or not behind or earlier:
                return speech_before[-1]
            if not _is_subordinate(clauses, speech_before[-1].place):
                return speech_before[-1]
        if behind and (
            placed.start == 0 or not speech_before or frame.text[placed.start : placed.end][-2:-1] in ",?!"
        ):
            return behind[0]
        return speech_before[-1] if speech_before else None

    def subject(self, placed: PlacedQuotation, inside: range) -> int | None:
        """Return who does something where a comma or a colon joins a quotation: ``“…,” he smiled``."""
        words = self.clauses.words
        if self.frame.text[: placed.start].rstrip().endswith(":"):
            for known in (self._doers, self._owners):
                before = bisect_left(known, inside[0], key=lambda doer: doer[0])
                if before:
                    return known[before - 1][1]
            return self._last_name(inside[0])
        if placed.start == 0 and self.frame.text[placed.end - 2 : placed.end - 1] == ",":
            for place in range(inside[-1] + 1, len(words)):
                if words[place].pos == "VERB":
                    return self.clauses.subject_of(place)
        return None

    @cached_property
    def _doers(self) -> list[tuple[int, int]]:
        """The places of verbs whose subject may speak, and of that subject, in order."""
        doers = []
        for place, word in enumerate(self.clauses.words):
            if word.pos in ("VERB", "AUX") and word.lemma not in PERCEPTION:
                subject = self.clauses.subject_of(place)
                owner = self.clauses.owner(subject) if subject is not None else None
                if owner is not None:
                    doers.append((place, owner))
                elif subject is not None and _may_speak(self.clauses, subject):
                    doers.append((place, subject))
        return doers

    @cached_property
    def _owners(self) -> list[tuple[int, int]]:
        """The places of remarks that belong to somebody, and of that owner, in order."""
        owners = ((place, self.clauses.owner(place)) for place in range(len(self.clauses.words)))
        return [(place, owner) for place, owner in owners if owner is not None]

    def _last_name(self, place: int) -> int | None:
        """Return the last word before ``place`` where these are nothing but names: ``Munro: “…”``."""
        if self._first_no_name < place:
            return None
        before = range(place - 1, -1, -1)
        return next((at for at in before if self.clauses.words[at].pos == "PROPN"), None)

    @cached_property
    def _first_no_name(self) -> int:
        """The place of the first word that is neither a name nor a mark; the word count, without one."""
        words = self.clauses.words
        others = (at for at, word in enumerate(words) if word.pos not in ("PROPN", "PUNCT", "SPACE"))
        return next(others, len(words))


def is_name_of_something(text: str, clauses: Clauses, inside: range, start: int, quoted: str) -> bool:
    """Return whether what is quoted is the title of a work, or somebody's name for something."""
    words = clauses.words
    before = words[inside[0] - 1] if inside[0] else None
    near = {words[at].lemma.lower() for at in range(max(0, inside[0] - 2), inside[0])}
    written = text[max(0, start - 40) : start].split()[-1:]  # ``so-called`` is three words to a parser
    if near & NAME_GIVING or NAME_GIVING & {word.lower() for word in written}:
        return True
    if before is not None and before.pos in ("NOUN", "PROPN") and before.lemma.lower() in WORKS:
        return quoted[:1].isupper()
    if not is_title(quoted):
        return False
    return len(quoted.split()) > 1 or before is None or before.lemma not in SPEECH


def is_title_of_work(text: str, clauses: Clauses, inside: range, quotation: Quotation) -> bool:
    """Return whether a work is named right before its title: ``his book, “…”``."""
    near = clauses.words[max(0, inside[0] - 2) : inside[0]]
    is_called = any(word.pos == "NOUN" and word.lemma.lower() in WORKS for word in near)
    return is_called and is_title(text[quotation.start : quotation.end])


def is_cue(clauses: Clauses, place: int) -> bool:
    """Return whether the word at ``place`` says that somebody says something."""
    return place in clauses.cue_at


def holds(clauses: Clauses, subject: int, place: int) -> bool:
    """Return whether the word at ``place`` is a part of the subject."""
    first, last = clauses.span(subject)
    return first <= place <= last


def _is_subordinate(clauses: Clauses, place: int) -> bool:
    return clauses.words[place].relation in ("advcl", "relcl", "acl", "pcomp")


def _may_speak(clauses: Clauses, place: int) -> bool:
    word = clauses.words[place]
    if word.text.lower() in ("he", "she"):
        return True
    mention = mention_of(clauses, place)
    return mention is not None
