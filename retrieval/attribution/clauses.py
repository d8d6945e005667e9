"""Where a parsed sentence says that somebody speaks: the speech verbs and their subjects. Pure."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from retrieval.attribution.speech_verbs import INVERTED, REPORTING, SPEECH, STATEMENTS, THINKING, WITH_CLAUSE
from retrieval.parser import Name, Parsed

_SHARES_SUBJECT = ("conj", "xcomp", "advcl", "pcomp", "prep", "dep", "parataxis", "acl")
_CLAUSES = ("ccomp", "parataxis")
_MODAL = frozenset(
    ["will", "would", "may", "might", "could", "should", "can", "must", "'ll", "’ll", "'d", "’d", "shall"]
)
_UNSURE = frozenset(["if", "whether", "unless", "until"])
_RELATIVE = frozenset(["who", "which", "that", "whom"])


@dataclass(frozen=True, slots=True)
class Cue:
    """A sign that somebody says something, by places in the words of the sentence."""

    place: int  # of the verb, or of ``according``
    subject: int | None  # of the word for the speaker; None where there is none
    is_denied: bool  # not said, only asked whether, or only supposed
    is_source: bool  # ``according to``, which covers the whole sentence


class Clauses:
    """The dependencies between the words of one sentence, and where quotation marks part them."""

    def __init__(self, parsed: Parsed, marks: Sequence[int] = ()) -> None:
        """Take a parsed text, and in order where its quotations begin and end."""
        self.parsed = parsed
        self.words = parsed.words
        self._marks = marks
        self._subjects: dict[tuple[int, int], int | None] = {}  # as they are found

    @cached_property
    def children(self) -> list[list[int]]:
        """The places of the words that depend on each word, in order."""
        children: list[list[int]] = [[] for _ in self.words]
        for place, word in enumerate(self.words):
            if word.head != place:
                children[word.head].append(place)
        return children

    @cached_property
    def cues(self) -> list[Cue]:
        """The verbs that say or think something and the sources that are named, in order."""
        return [cue for place in range(len(self.words)) if (cue := self._cue(place))]

    @cached_property
    def cue_at(self) -> dict[int, Cue]:
        """The cues by the places of their verbs."""
        return {cue.place: cue for cue in self.cues}

    @cached_property
    def aside(self) -> Cue | None:
        """The first cue in a parenthetical clause: ``it is, he said, so``."""
        return next((cue for cue in self.cues if self.words[cue.place].relation == "parataxis"), None)

    @cached_property
    def name_at(self) -> dict[int, Name]:
        """The names by the places of all their words."""
        return {place: name for name in reversed(self.parsed.names) for place in self.places_of(name)}

    def places_of(self, name: Name) -> range:
        """Return the places of the words of ``name``."""
        return self.places_between(name.start, name.end)

    def places_between(self, start: int, end: int) -> range:
        """Return the places of the words that begin from ``start`` on, and before ``end``."""
        return range(*(bisect_left(self.words, at, key=lambda word: word.start) for at in (start, end)))

    def places_within_marks(self, place: int) -> range:
        """Return the places of the word at ``place`` and of those that no quotation mark parts from it.

        They are none where a mark that was left out stands in the word itself.
        """
        number = bisect_right(self._marks, self.words[place].start)
        start = self._marks[number - 1] if number else 0
        end = self._marks[number] if number < len(self._marks) else self.words[-1].end
        first = bisect_left(self.words, start, key=lambda word: word.start)
        return range(first, bisect_right(self.words, end, key=lambda word: word.end))

    def cues_between(self, start: int, end: int) -> list[Cue]:
        """Return the cues whose words begin from ``start`` on, and before ``end``, in order."""
        places = self.places_between(start, end)
        first, last = (
            bisect_left(self.cues, at, key=lambda cue: cue.place) for at in (places.start, places.stop)
        )
        return self.cues[first:last]

    def ancestors(self, place: int) -> Iterator[int]:
        """Yield the places of the words that ``place`` depends on, the nearest first."""
        for _ in self.words:
            head = self.words[place].head
            if head == place:
                return
            yield head
            place = head

    def span(self, place: int) -> tuple[int, int]:
        """Return the first and last place of all that depends on ``place``, which is among them."""
        return self._spans[place]

    @cached_property
    def _spans(self) -> list[tuple[int, int]]:
        spans = [(place, place) for place in range(len(self.words))]
        downwards = [place for place, word in enumerate(self.words) if word.head == place]
        for place in downwards:  # which grows meanwhile
            downwards += self.children[place]
        for place in reversed(downwards):
            head = self.words[place].head
            first, last = zip(spans[head], spans[place], strict=True)
            spans[head] = min(first), max(last)
        return spans

    def topic(self) -> int | None:
        """Return the place of the main clause's subject."""
        for place, word in enumerate(self.words):
            if word.head == place and word.pos in ("VERB", "AUX"):
                passive = [
                    child for child in self.children[place] if self.words[child].relation == "nsubjpass"
                ]
                return passive[0] if passive else self.subject_of(place)
        return None

    def owner(self, place: int) -> int | None:
        """Return whose remark the noun at ``place`` is: ``Blinken's claim``, ``a statement by Blinken``."""
        if self.words[place].lemma.lower() not in STATEMENTS:
            return None
        for child in self.children[place]:
            if self.words[child].relation == "poss":
                return child
            if self.words[child].text.lower() in ("by", "from", "of"):
                for below in self.children[child]:
                    if self.words[below].relation == "pobj":
                        return below
        return None

    def reports(self, cue: Cue) -> bool:
        """Return whether the sentence reports at the cue what is said, without marks."""
        if cue.is_source:
            return not cue.is_denied
        word = self.words[cue.place]
        if cue.is_denied or cue.subject is None or word.lemma not in REPORTING or self._is_modal(cue.place):
            return False
        relations = [self.words[child].relation for child in self.children[cue.place]]
        if any(relation in _CLAUSES for relation in relations):
            return True
        if self._is_aside(cue.place):
            return True
        if word.lemma in WITH_CLAUSE:
            return any(
                self.words[child].relation == "xcomp" and word.lemma not in ("hear", "report")
                for child in self.children[cue.place]
            )
        return any(relation in ("xcomp", "dobj", "prep", "oprd", "dative") for relation in relations)

    def subject_of(self, place: int, depth: int = 0) -> int | None:
        """Return who does what the verb at ``place`` says; None where the sentence does not say."""
        if (place, depth) not in self._subjects:
            self._subjects[place, depth] = self._find_subject(place, depth)
        return self._subjects[place, depth]

    def _find_subject(self, place: int, depth: int) -> int | None:
        word = self.words[place]
        is_passive = any(
            self.words[child].relation in ("auxpass", "nsubjpass") for child in self.children[place]
        )
        if is_passive:
            return self._agent(place)
        for child in self.children[place]:
            if self.words[child].relation in ("nsubj", "csubj"):
                return self._antecedent(place, child)
        if self._is_inverted(place):
            return self._behind(place)
        if word.relation == "acl" and word.tag == "VBN":
            return self._agent(place)
        if word.relation == "acl":
            return word.head
        if word.relation in ("ROOT", "ccomp", "parataxis") or depth > 4:
            return self._behind(place)
        if word.relation in _SHARES_SUBJECT:
            head = self._verb_above(place)
            return None if head is None else self.subject_of(head, depth + 1)
        return None

    def _is_inverted(self, place: int) -> bool:
        """Return whether a clause like ``, reported CNN`` ends the sentence."""
        if place == 0 or place + 1 >= len(self.words) or self.words[place - 1].text not in ",–—":
            return False
        return self.words[place].lemma in INVERTED and self.words[place + 1].pos == "PROPN"

    def _behind(self, place: int) -> int | None:
        """Return the noun right behind a verb that has no subject: ``said Blinken``, parsed as an object."""
        for child in self.children[place]:
            word = self.words[child]
            if child > place and word.relation in ("dobj", "attr", "oprd", "npadvmod", "dep"):
                return child if word.pos in ("PROPN", "NOUN", "PRON") else None
        return None

    def _verb_above(self, place: int) -> int | None:
        for above in self.ancestors(place):
            if self.words[above].pos in ("VERB", "AUX"):
                return above
        return None

    def _antecedent(self, verb: int, subject: int) -> int:
        """Return what a relative pronoun stands for; the subject itself where it is no such pronoun."""
        head = self.words[verb].head
        is_relative = self.words[verb].relation == "relcl" and head != verb
        return head if is_relative and self.words[subject].text.lower() in _RELATIVE else subject

    def _agent(self, place: int) -> int | None:
        for child in self.children[place]:
            if self.words[child].relation == "agent" or (
                self.words[child].text.lower() == "by" and child > place
            ):
                for below in self.children[child]:
                    if self.words[below].relation == "pobj":
                        return below
        return None

    def _cue(self, place: int) -> Cue | None:
        word = self.words[place]
        if word.text.lower() == "according":
            return self._source(place)
        if word.pos not in ("VERB", "AUX") or word.lemma not in SPEECH | THINKING:
            return None
        if word.tag == "VB" and not self._has_auxiliary(place) and word.relation != "xcomp":
            return None  # an imperative, or an infinitive that stands for a noun
        return Cue(place, self.subject_of(place), self._is_denied(place), is_source=False)

    def _source(self, place: int) -> Cue | None:
        for child in self.children[place]:
            if self.words[child].text.lower() == "to":
                for below in self.children[child]:
                    if self.words[below].relation == "pobj":
                        return Cue(place, below, self._is_negated(place), is_source=True)
        for below in range(place + 2, len(self.words)):  # the parser did not attach ``to``
            if (
                self.words[below].pos in ("PROPN", "NOUN", "PRON")
                and self.words[below].relation != "compound"
            ):
                return Cue(place, below, is_denied=False, is_source=True)
        return None

    def _is_denied(self, place: int) -> bool:
        return self._is_negated(place) or any(
            self.words[child].relation == "mark" and self.words[child].text.lower() in _UNSURE
            for child in self.children[place]
        )

    def _is_negated(self, place: int) -> bool:
        above = self.words[place].head if self.words[place].relation == "xcomp" else place
        return place in self._denials or above in self._denials

    @cached_property
    def _denials(self) -> set[int]:
        """The places of the words that a ``not`` or the like negates."""
        return {
            word.head
            for place, word in enumerate(self.words)
            if word.head != place and (word.relation == "neg" or word.text.lower() in ("never", "nobody"))
        }

    def _is_modal(self, place: int) -> bool:
        return any(
            self.words[child].relation == "aux" and self.words[child].text.lower() in _MODAL
            for child in self.children[place]
        )

    def _has_auxiliary(self, place: int) -> bool:
        return any(self.words[child].relation in ("aux", "auxpass") for child in self.children[place])

    def _is_aside(self, place: int) -> bool:
        """Return whether the verb and its subject form a parenthetical clause: ``…, reported CNN.``"""
        first, last = self.span(place)
        word = self.words[place]
        before = self.words[first - 1] if first else None
        if word.relation == "parataxis" or self._is_inverted(place):
            return True
        return (
            word.relation in ("parataxis", "ccomp", "advcl")
            and before is not None
            and before.text in ",–—"
            and (last - first < 12)
        )
