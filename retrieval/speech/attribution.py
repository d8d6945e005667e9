"""Who says the direct speech of an article, and what its sentences report without marks."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from retrieval.parser import Parser
from retrieval.speech.clauses import Clauses, Cue
from retrieval.speech.frames import Frame, Placed, is_title, make_frames
from retrieval.speech.naming import name_of
from retrieval.speech.quotations import Quotation, find_quotations, paragraphs
from retrieval.speech.references import References, Who, is_human
from retrieval.speech.saying import NAMING, REMARKS, SAYS, WORKS

How = Literal["said", "alone", "none"]
"""The sentence says who; it is nothing but quotation; it is no speech of anybody whom it names."""

_FROM_WITHOUT = frozenset(
    ["read", "hold", "find", "see", "hear", "receive", "carry", "watch", "open", "check", "bear"]
)
_POINTS_BACK = re.compile(r"^(?:That|Those|So|Thus|Such|These)\b")


@dataclass(frozen=True, slots=True)
class Attributed:
    """A quotation, how its sentence treats it, and who says it."""

    quotation: Quotation
    how: How
    who: Who | None


@dataclass(frozen=True, slots=True)
class Reported:
    """A sentence that reports what somebody says without marks."""

    start: int
    end: int
    who: Who


@dataclass(frozen=True, slots=True)
class Told:
    """What a stretch of an article tells: its quotations with their speakers, and its reports, in order."""

    quotations: tuple[Attributed, ...]
    reports: tuple[Reported, ...]


def attribute(text: str, parser: Parser) -> Told:
    """Who says what in ``text``. Where the text does not settle it, nobody is named."""
    quotations = find_quotations(text)
    frames = list(make_frames(text, paragraphs(text), quotations))
    sentences = [Clauses(parsed) for parsed in parser.parse([frame.text for frame in frames])]
    return _Reading(text, quotations, frames, sentences).told()


class _Reading:
    """One pass over an article, sentence by sentence."""

    def __init__(
        self,
        text: str,
        quotations: Sequence[Quotation],
        frames: Sequence[Frame],
        sentences: Sequence[Clauses],
    ) -> None:
        self.text = text
        self.quotations = quotations
        self.frames = frames
        self.sentences = sentences
        self.references = References(frames, sentences)
        self.found: dict[int, Attributed] = {}
        self.reports: list[Reported] = []

    def told(self) -> Told:
        for frame, clauses in zip(self.frames, self.sentences, strict=True):
            self._read(frame, clauses)
        self._look_ahead()
        self._join_pieces()
        return Told(tuple(self.found[number] for number in sorted(self.found)), tuple(self.reports))

    # -- one sentence

    def _read(self, frame: Frame, clauses: Clauses) -> None:
        scene = self.references.scene
        if frame.paragraph != scene.paragraph:
            if frame.paragraph > scene.paragraph + 1:
                scene.is_fresh = False
            scene.paragraph = frame.paragraph
        outcomes = [self._outcome(frame, clauses, placed) for placed in frame.quotations]
        for placed, (how, who) in zip(frame.quotations, outcomes, strict=True):
            self.found[placed.number] = Attributed(self.quotations[placed.number], how, who)
        self._note_reports(frame, clauses)
        self._remember(frame, clauses, outcomes)
        self.references.scene.remarked = any(
            word.pos == "NOUN" and word.lemma.lower() in REMARKS for word in clauses.words
        )

    def _outcome(self, frame: Frame, clauses: Clauses, placed: Placed) -> tuple[How, Who | None]:
        inside = [at for at, word in enumerate(clauses.words) if placed.start <= word.start < placed.end]
        if not inside:
            return "none", None
        if frame.text.endswith("?"):
            return (
                "none",
                None,
            )  # the narrator asks: what stands in a question is not said to be anybody's words
        if not placed.is_whole:
            return self._of_part(frame, clauses, placed, inside)
        if self._is_work(clauses, inside, self.quotations[placed.number]):
            return "none", None
        if self._is_nothing_else(frame):
            return "alone", self._of_before()
        cue = self._cue_beside(frame, clauses, placed)
        if cue is not None:
            return (
                ("none", None)
                if cue.is_denied
                else ("said", self.references.who(frame, clauses, cue.subject, cue.place))
            )
        subject = self._subject_beside(frame, clauses, placed, inside)
        if subject is not None:
            return "said", self.references.who(frame, clauses, subject, subject)
        return self._of_part(frame, clauses, placed, inside)

    def _is_nothing_else(self, frame: Frame) -> bool:
        rest, place = [], 0
        for placed in frame.quotations:
            rest.append(frame.text[place : placed.start])
            place = placed.end
        rest.append(frame.text[place:])
        return not any(map(str.isalpha, "".join(rest)))

    def _cue_beside(self, frame: Frame, clauses: Clauses, placed: Placed) -> Cue | None:
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
            if not self._is_subordinate(clauses, speech_before[-1].place):
                return speech_before[-1]
        if behind and (
            placed.start == 0 or not speech_before or frame.text[placed.start : placed.end][-2:-1] in ",?!"
        ):
            return behind[0]
        return speech_before[-1] if speech_before else None

    def _is_subordinate(self, clauses: Clauses, place: int) -> bool:
        return clauses.words[place].relation in ("advcl", "relcl", "acl", "pcomp")

    def _subject_beside(
        self, frame: Frame, clauses: Clauses, placed: Placed, inside: list[int]
    ) -> int | None:
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
                    if subject is not None and self._may_speak(clauses, subject):
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

    def _may_speak(self, clauses: Clauses, place: int) -> bool:
        word = clauses.words[place]
        if word.text.lower() in ("he", "she"):
            return True
        naming = name_of(clauses, place)
        return naming is not None

    def _of_part(
        self, frame: Frame, clauses: Clauses, placed: Placed, inside: list[int]
    ) -> tuple[How, Who | None]:
        """Who says a quotation that is a part of the narrator's sentence."""
        words = clauses.words
        quotation = self.quotations[placed.number]
        if self._is_name(clauses, inside, quotation.opens, self.text[quotation.start : quotation.end]):
            return "none", None
        aside = next((cue for cue in clauses.cues if words[cue.place].relation == "parataxis"), None)
        if (
            aside is not None
            and aside.subject is not None
            and aside.place not in inside
            and not aside.is_denied
        ):
            return "said", self.references.who(frame, clauses, aside.subject, aside.place)
        top = next((at for at in inside if words[at].head not in inside or words[at].head == at), inside[0])
        below = top
        for above in clauses.ancestors(top):
            is_beside = words[below].relation == "conj" and words[below].pos in ("VERB", "AUX")
            is_beside = is_beside and below not in inside and not self._is_cue(clauses, below)
            below = above
            if above in inside or is_beside:
                continue  # ``said it was bad and kept her “buy” rating``: not what was said
            if words[above].lemma.lower() in REMARKS and clauses.owner(above) is not None:
                return "said", self.references.who(frame, clauses, clauses.owner(above), above)
            cue = next((cue for cue in clauses.cues if cue.place == above), None)
            if cue is None:
                continue
            if words[top].relation == "advmod" and words[top].head == above and len(inside) == 1:
                return "none", None  # ``“bluntly” warned``: how the narrator tells it
            if cue.subject is not None and self._holds(clauses, cue.subject, top):
                continue
            if cue.is_denied or (words[above].lemma in ("deny", "ask") and words[above].lemma == "deny"):
                return "none", None
            return "said", self.references.who(frame, clauses, cue.subject, cue.place)
        for cue in clauses.cues:
            is_aside = words[cue.place].relation == "parataxis" or cue.place > inside[-1]
            if cue.is_denied:
                continue
            if cue.is_source or (
                is_aside
                and words[cue.place].lemma in SAYS
                and cue.subject is not None
                and clauses.reports(cue)
            ):
                return "said", self.references.who(frame, clauses, cue.subject, cue.place)
        return "none", None

    def _is_work(self, clauses: Clauses, inside: list[int], quotation: Quotation) -> bool:
        """Whether a work is called by its title right before: ``his book, “…”``."""
        near = clauses.words[max(0, inside[0] - 2) : inside[0]]
        is_called = any(word.pos == "NOUN" and word.lemma.lower() in WORKS for word in near)
        return is_called and is_title(self.text[quotation.start : quotation.end])

    def _is_cue(self, clauses: Clauses, place: int) -> bool:
        return any(cue.place == place for cue in clauses.cues)

    def _is_name(self, clauses: Clauses, inside: list[int], start: int, quoted: str) -> bool:
        """Whether what is quoted is the title of a work, or somebody's name for something."""
        words = clauses.words
        before = words[inside[0] - 1] if inside[0] else None
        near = {words[at].lemma.lower() for at in range(max(0, inside[0] - 2), inside[0])}
        written = self.text[max(0, start - 40) : start].split()[
            -1:
        ]  # ``so-called`` is three words to a parser
        if near & NAMING or NAMING & {word.lower() for word in written}:
            return True
        if before is not None and before.pos in ("NOUN", "PROPN") and before.lemma.lower() in WORKS:
            return quoted[:1].isupper()
        if not is_title(quoted):
            return False
        return len(quoted.split()) > 1 or before is None or before.lemma not in SAYS

    def _holds(self, clauses: Clauses, subject: int, place: int) -> bool:
        first, last = clauses.span(subject)
        return first <= place <= last

    def _of_before(self) -> Who | None:
        """Who goes on speaking in a sentence that is nothing but quotation."""
        if not self.references.scene.is_fresh or self.references.scene.last is None:
            return None
        return self.references.scene.last

    # -- what stays in mind

    def _note_reports(self, frame: Frame, clauses: Clauses) -> None:
        if frame.text.endswith("?"):
            return
        for cue in clauses.cues:
            if clauses.reports(cue):
                who = self.references.who(frame, clauses, cue.subject, cue.place)
                self.reports.append(Reported(frame.start, frame.end, who))

    def _remember(self, frame: Frame, clauses: Clauses, outcomes: list[tuple[How, Who | None]]) -> None:
        scene = self.references.scene
        said = [who for how, who in outcomes if how == "said" and who]
        reported = [one.who for one in self.reports if one.start == frame.start]
        if frame.quotations and self._is_nothing_else(frame):
            scene.is_fresh = scene.last is not None and scene.is_fresh
            return
        named = self.references.figures_in(frame, clauses)
        if said or reported:
            scene.last = (said or reported)[-1]
            scene.is_fresh = True
            scene.topics.append((frame.paragraph, scene.last, named))
            return
        place = clauses.topic()
        topic = Who(None, None, frame.start)
        if place is not None:
            topic = self.references.who(frame, clauses, place, place)
        people = [figure for figure in named if figure.is_person]
        if topic.figure is not None and topic.figure.may_be_person:
            scene.last, scene.is_fresh = topic, True
        elif topic.figure is not None and (scene.last is None or topic.figure is not scene.last.figure):
            scene.last = None
        elif topic.surface and is_human(topic.surface):
            scene.last, scene.is_fresh = Who(topic.surface, None, topic.place), True
        elif people and (scene.last is None or any(one is not scene.last.figure for one in people)):
            scene.last = None
        scene.topics.append((frame.paragraph, topic, named))

    def _look_ahead(self) -> None:
        """A quotation that begins a paragraph alone has its speaker behind it: ``“…” So says Roe``."""
        for (frame, _), (after, clauses) in itertools.pairwise(zip(self.frames, self.sentences, strict=True)):
            if frame.paragraph != after.paragraph or not frame.quotations:
                continue
            first = self.found[frame.quotations[0].number]
            if first.how != "alone" or self.text[: frame.start].rstrip(" ")[-1:] not in ("", "\n"):
                continue
            behind = [self.found[placed.number] for placed in after.quotations if placed.is_whole]
            who = None
            if behind and behind[0].how == "said" and after.quotations[0].start == 0:
                who = behind[0].who
            elif _POINTS_BACK.match(after.text):
                who = self._first_named(after, clauses)
            if who is not None:
                for placed in frame.quotations:
                    one = self.found[placed.number]
                    self.found[placed.number] = Attributed(one.quotation, "said", who)

    def _first_named(self, frame: Frame, clauses: Clauses) -> Who | None:
        """The first whom the sentence says to speak, by name."""
        for cue in clauses.cues:
            if cue.subject is not None and name_of(clauses, cue.subject) and not cue.is_denied:
                return self.references.who(frame, clauses, cue.subject, cue.place)
        return None

    def _join_pieces(self) -> None:
        """The pieces of a quotation that runs over paragraphs have one speaker."""
        numbers = sorted(self.found)
        chain: list[int] = []
        for number in [*numbers, None]:
            if number is not None and self.quotations[number].goes_on:
                chain.append(number)
                continue
            told = [self.found[one] for one in chain if self.found[one].how == "said"]
            if len(chain) > 1 and told:
                for one in chain:
                    self.found[one] = Attributed(self.quotations[one], "said", told[0].who)
            chain = [] if number is None else [number]
