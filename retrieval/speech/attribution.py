"""Who says the direct speech of an article, and what its sentences report of somebody's words without marks."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from retrieval.speech.clauses import Clauses, Cue
from retrieval.speech.frames import Frame, Placed, is_title, make_frames
from retrieval.speech.naming import Naming, name_of
from retrieval.parser import Parser
from retrieval.speech.people import Cast, Figure, Gender
from retrieval.speech.quotations import Quotation, find_quotations, paragraphs
from retrieval.speech.roles import OFFICES, PEOPLE
from retrieval.speech.saying import NAMING, REMARKS, SAYS, WORKS

How = Literal["said", "alone", "none"]
"""The sentence says who; it is nothing but quotation; it is no speech of anybody whom it names."""

_PRONOUNS: dict[str, Gender] = {"he": "he", "she": "she", "him": "he", "her": "she", "his": "he"}
_AGE = re.compile(r"^\d+-year-old$|^year-old$|^\d+$")
_FROM_WITHOUT = frozenset(
    ["read", "hold", "find", "see", "hear", "receive", "carry", "watch", "open", "check", "bear"]
)
_POINTS_BACK = re.compile(r"^(?:That|Those|So|Thus|Such|These)\b")
_LOOK_BACK = 8  # sentences in which a pronoun is looked for whom it stands for


@dataclass(frozen=True, slots=True)
class Who:
    """What stands for a speaker near the words: its surface, and who that is where the text settles it."""

    surface: str | None
    figure: Figure | None
    place: int  # in the article, of the surface


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


@dataclass(slots=True)
class _Scene:
    """What the sentences so far leave in mind."""

    paragraph: int = -1
    last: Who | None = None  # who spoke last, or was the only one to be spoken of
    asked: bool = False  # the last quotation asks something
    is_fresh: bool = False  # last is of this paragraph or of the one before
    topics: list[tuple[int, Who, list[Figure]]] = field(default_factory=list)  # paragraph, subject, all named


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
        self.cast = Cast()
        self.scene = _Scene()
        self.found: dict[int, Attributed] = {}
        self.reports: list[Reported] = []
        self._meet_all()

    def told(self) -> Told:
        for frame, clauses in zip(self.frames, self.sentences, strict=True):
            self._read(frame, clauses)
        self._look_ahead()
        self._join_pieces()
        return Told(tuple(self.found[number] for number in sorted(self.found)), tuple(self.reports))

    # -- who is in the article

    def _meet_all(self) -> None:
        """Full names first, so that the short ones after them find whom they belong to."""
        short: list[tuple[Naming, int]] = []
        for frame, clauses in zip(self.frames, self.sentences, strict=True):
            for naming in self._namings(clauses):
                place = frame.origin(clauses.words[naming.first].start)
                if " " in naming.name:
                    self.cast.meet(naming, place)
                else:
                    short.append((naming, place))
        for naming, place in short:
            self.cast.meet(naming, place)
        self.cast.settle()

    def _namings(self, clauses: Clauses) -> list[Naming]:
        namings: dict[int, Naming] = {}
        heads = [
            max(inside, key=lambda at: (clauses.words[at].head not in inside, at))
            for name in clauses.parsed.names
            if name.kind in ("person", "organisation", "place")
            and (
                inside := [at for at, word in enumerate(clauses.words) if name.start <= word.start < name.end]
            )
        ]
        subjects = [cue.subject for cue in clauses.cues if cue.subject is not None]
        for place in (*heads, *subjects):
            naming = name_of(clauses, place)
            if naming:
                namings.setdefault(naming.first, naming)
        return list(namings.values())

    # -- one sentence

    def _read(self, frame: Frame, clauses: Clauses) -> None:
        scene = self.scene
        if frame.paragraph != scene.paragraph:
            if frame.paragraph > scene.paragraph + 1:
                scene.is_fresh = False
            scene.paragraph = frame.paragraph
        outcomes = [self._outcome(frame, clauses, placed) for placed in frame.quotations]
        for placed, (how, who) in zip(frame.quotations, outcomes, strict=True):
            self.found[placed.number] = Attributed(self.quotations[placed.number], how, who)
        self._note_reports(frame, clauses)
        self._remember(frame, clauses, outcomes)

    def _outcome(self, frame: Frame, clauses: Clauses, placed: Placed) -> tuple[How, Who | None]:
        inside = [at for at, word in enumerate(clauses.words) if placed.start <= word.start < placed.end]
        if not inside:
            return "none", None
        if self._is_asked(frame, clauses):
            return "none", None
        if not placed.is_whole:
            return self._of_part(frame, clauses, placed, inside)
        if self._is_nothing_else(frame):
            return "alone", self._of_before(frame)
        cue = self._cue_beside(frame, clauses, placed, inside)
        if cue is not None:
            return (
                ("none", None)
                if cue.is_denied
                else ("said", self._who(frame, clauses, cue.subject, cue.place))
            )
        subject = self._subject_beside(frame, clauses, placed, inside)
        if subject is not None:
            return "said", self._who(frame, clauses, subject, subject)
        return self._of_part(frame, clauses, placed, inside)

    def _is_asked(self, frame: Frame, clauses: Clauses) -> bool:
        """Whether the narrator asks: what stands in a question is not said to be anybody's words."""
        return frame.text.endswith("?")

    def _is_nothing_else(self, frame: Frame) -> bool:
        rest, place = [], 0
        for placed in frame.quotations:
            rest.append(frame.text[place : placed.start])
            place = placed.end
        rest.append(frame.text[place:])
        return not any(map(str.isalpha, "".join(rest)))

    def _cue_beside(self, frame: Frame, clauses: Clauses, placed: Placed, inside: list[int]) -> Cue | None:
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
            return None
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
        return naming is not None and naming.kind in ("person", "organisation")

    def _of_part(
        self, frame: Frame, clauses: Clauses, placed: Placed, inside: list[int]
    ) -> tuple[How, Who | None]:
        """Who says a quotation that is a part of the narrator's sentence."""
        words = clauses.words
        quotation = self.quotations[placed.number]
        if self._is_name(clauses, inside, self.text[quotation.start : quotation.end]):
            return "none", None
        aside = next((cue for cue in clauses.cues if words[cue.place].relation == "parataxis"), None)
        if (
            aside is not None
            and aside.subject is not None
            and aside.place not in inside
            and not aside.is_denied
        ):
            return "said", self._who(frame, clauses, aside.subject, aside.place)
        top = next((at for at in inside if words[at].head not in inside or words[at].head == at), inside[0])
        for above in clauses.ancestors(top):
            if above in inside:
                continue
            if words[above].lemma.lower() in REMARKS and clauses.owner(above) is not None:
                return "said", self._who(frame, clauses, clauses.owner(above), above)
            cue = next((cue for cue in clauses.cues if cue.place == above), None)
            if cue is None:
                continue
            if words[top].relation == "advmod" and words[top].head == above and len(inside) == 1:
                return "none", None  # ``“bluntly” warned``: how the narrator tells it
            if cue.subject is not None and self._holds(clauses, cue.subject, top):
                continue
            if cue.is_denied or (words[above].lemma in ("deny", "ask") and words[above].lemma == "deny"):
                return "none", None
            return "said", self._who(frame, clauses, cue.subject, cue.place)
        for cue in clauses.cues:
            is_aside = words[cue.place].relation == "parataxis" or cue.place > inside[-1]
            if cue.is_source or (
                is_aside
                and words[cue.place].lemma in SAYS
                and cue.subject is not None
                and clauses.reports(cue)
            ):
                if not cue.is_denied:
                    return "said", self._who(frame, clauses, cue.subject, cue.place)
        return "none", None

    def _is_name(self, clauses: Clauses, inside: list[int], quoted: str) -> bool:
        """Whether what is quoted is the title of a work, or somebody's name for something."""
        words = clauses.words
        before = words[inside[0] - 1] if inside[0] else None
        near = {words[at].lemma.lower() for at in range(max(0, inside[0] - 2), inside[0])}
        if near & NAMING:
            return True
        if before is not None and before.pos in ("NOUN", "PROPN") and before.lemma.lower() in WORKS:
            return quoted[:1].isupper()
        if not is_title(quoted):
            return False
        return len(quoted.split()) > 1 or before is None or before.lemma not in SAYS

    def _holds(self, clauses: Clauses, subject: int, place: int) -> bool:
        first, last = clauses.span(subject)
        return first <= place <= last

    def _of_before(self, frame: Frame) -> Who | None:
        """Who goes on speaking in a sentence that is nothing but quotation."""
        if not self.scene.is_fresh or self.scene.last is None:
            return None
        return self.scene.last

    # -- who is meant

    def _who(self, frame: Frame, clauses: Clauses, subject: int | None, place: int) -> Who:
        """Whom the word at ``subject`` stands for."""
        if subject is None:
            return Who(None, None, frame.origin(clauses.words[place].start))
        owner = clauses.owner(subject)
        if owner is not None:
            subject = owner
        words = clauses.words
        where = frame.origin(words[subject].start)
        pronoun = words[subject].text.lower()
        if pronoun in _PRONOUNS:
            return Who(words[subject].text, self._meant(frame, clauses, subject, _PRONOUNS[pronoun]), where)
        if pronoun == "it" and words[place].lemma == "read" and self.scene.last:
            return Who(words[subject].text, self.scene.last.figure, where)  # the statement spoken of before
        if pronoun in ("it", "they"):
            return Who(words[subject].text, self._body_meant(), where)
        naming = name_of(clauses, subject)
        if naming is not None and self._is_of_people(clauses, subject, naming):
            return Who(self._surface(frame, clauses, subject), self._last_person(None), where)
        if naming is None:
            return Who(
                self._surface(frame, clauses, subject), self._office_holder(clauses, subject, where), where
            )
        surface = self._slice(frame, clauses, naming.first - (1 if naming.title else 0), naming.last)
        if self._is_several(clauses, subject, naming) or self._is_word(naming, clauses):
            return Who(surface, None, where)
        figure = self.cast.find(naming, where)
        if figure is None:
            figure = self._one_of(naming, frame)
        return Who(surface, figure, where)

    def _one_of(self, naming: Naming, frame: Frame) -> Figure | None:
        """Of several who share the name, the one whom alone this paragraph has named in full."""
        among = self.cast.candidates(naming)
        start = next(one.start for one in self.frames if one.paragraph == frame.paragraph)
        named = [
            figure
            for figure in among
            if any(start <= at < frame.end and " " in name for at, name in figure.forms)
        ]
        return named[0] if len(named) == 1 else None

    def _is_several(self, clauses: Clauses, subject: int, naming: Naming) -> bool:
        """Whether two are named: ``Smith and Jones``."""
        return any(
            clauses.words[child].relation == "conj" and child > naming.last
            for child in clauses.children[subject]
        )

    def _is_of_people(self, clauses: Clauses, subject: int, naming: Naming) -> bool:
        """Whether a nation's name stands for one of its people: ``the Spaniard said``."""
        word = clauses.words[subject]
        return (
            naming.first == naming.last
            and word.text.lower() in PEOPLE
            and any(clauses.words[child].text.lower() == "the" for child in clauses.children[subject])
        )

    def _is_word(self, naming: Naming, clauses: Clauses) -> bool:
        """Whether the name is a common noun that begins a sentence: ``Police``, ``Prosecutors``."""
        if " " in naming.name or naming.first > 1 or naming.kind == "person":
            return False
        lower = naming.name.lower()
        return (lower.endswith("s") and clauses.words[naming.first].tag in ("NNS", "NNPS")) or lower in (
            "police",
            "officials",
            "prosecutors",
            "critics",
            "officers",
            "sources",
            "government",
            "researchers",
        )

    def _surface(self, frame: Frame, clauses: Clauses, subject: int) -> str:
        words = clauses.words
        low = min(
            [
                subject,
                *(
                    child
                    for child in clauses.children[subject]
                    if child < subject
                    and words[child].relation in ("det", "compound", "amod", "poss", "nummod", "nmod")
                ),
            ]
        )
        return self._slice(frame, clauses, min(low, clauses.span(low)[0]), subject)

    def _slice(self, frame: Frame, clauses: Clauses, first: int, last: int) -> str:
        start, end = clauses.words[max(0, first)].start, clauses.words[last].end
        return frame.text[start:end]

    def _office_holder(self, clauses: Clauses, subject: int, where: int) -> Figure | None:
        """The only one who holds the office that stands for somebody: ``the mayor said``."""
        words = clauses.words
        noun = words[subject].text.lower()
        dets = [
            words[child].text.lower() for child in clauses.children[subject] if words[child].relation == "det"
        ]
        owned = any(words[child].relation in ("poss", "prep") for child in clauses.children[subject])
        if dets != ["the"] or owned:
            return None
        if words[subject].lemma.lower() in REMARKS:
            return self.scene.last.figure if self.scene.last else None
        if noun in ("year-old", "old") or _AGE.match(noun):
            return self._last_person(None)
        holders = [
            figure
            for figure in self.cast
            if any(at <= where and noun in role.lower().split() for at, role in figure.roles)
        ]
        return holders[0] if len(holders) == 1 and noun in OFFICES else None

    def _meant(self, frame: Frame, clauses: Clauses, subject: int, gender: Gender) -> Figure | None:
        """Whom ``he`` or ``she`` stands for: the subject before it, or the only one named there who can be."""
        named = self._figures_in(frame, clauses, before=subject)
        own = [figure for figure in named if figure.may_be_person and figure.agrees(gender)]
        if len(own) == 1:
            return own[0]
        if len(own) > 1:
            return None
        return self._last_person(gender)

    def _last_person(self, gender: Gender | None) -> Figure | None:
        for paragraph, topic, named in reversed(self.scene.topics[-_LOOK_BACK:]):
            if self.scene.paragraph - paragraph > 3:
                return None
            if topic.figure is not None and topic.figure.may_be_person:
                if gender is None or topic.figure.agrees(gender):
                    return topic.figure
            elif topic.surface is not None and topic.figure is None and _is_human(topic.surface, gender):
                return None
            people = [one for one in named if one.is_person and (gender is None or one.agrees(gender))]
            if len(people) == 1:
                return people[0]
            if len(people) > 1:
                return None
        return None

    def _body_meant(self) -> Figure | None:
        """Which organisation ``it`` or ``they`` stands for: the one that spoke last."""
        last = self.scene.last
        return last.figure if last and last.figure and last.figure.is_organisation else None

    def _figures_in(self, frame: Frame, clauses: Clauses, before: int | None = None) -> list[Figure]:
        figures: list[Figure] = []
        for naming in self._namings(clauses):
            if before is not None and naming.first >= before:
                continue
            figure = self.cast.find(naming, frame.origin(clauses.words[naming.first].start))
            if figure is not None and figure not in figures:
                figures.append(figure)
        return figures

    # -- what stays in mind

    def _note_reports(self, frame: Frame, clauses: Clauses) -> None:
        if frame.text.endswith("?"):
            return
        for cue in clauses.cues:
            if clauses.reports(cue):
                who = self._who(frame, clauses, cue.subject, cue.place)
                self.reports.append(Reported(frame.start, frame.end, who))

    def _remember(self, frame: Frame, clauses: Clauses, outcomes: list[tuple[How, Who | None]]) -> None:
        scene = self.scene
        said = [who for how, who in outcomes if how == "said" and who]
        reported = [one.who for one in self.reports if one.start == frame.start]
        if frame.quotations and self._is_nothing_else(frame):
            scene.is_fresh = scene.last is not None and scene.is_fresh
            return
        named = self._figures_in(frame, clauses)
        if said or reported:
            scene.last = (said or reported)[-1]
            scene.is_fresh = True
            scene.topics.append((frame.paragraph, scene.last, named))
            return
        place = clauses.topic()
        topic = Who(None, None, frame.start)
        if place is not None:
            topic = self._who(frame, clauses, place, place)
        people = [figure for figure in named if figure.is_person]
        if topic.figure is not None and topic.figure.may_be_person:
            scene.last, scene.is_fresh = topic, True
        elif topic.figure is not None and (scene.last is None or topic.figure is not scene.last.figure):
            scene.last = None
        elif topic.surface and _is_human(topic.surface, None):
            scene.last, scene.is_fresh = Who(topic.surface, None, topic.place), True
        elif people and (scene.last is None or any(one is not scene.last.figure for one in people)):
            scene.last = None
        scene.topics.append((frame.paragraph, topic, named))

    def _look_ahead(self) -> None:
        """A quotation that begins a paragraph alone has its speaker behind it: ``“…” Those were his words``."""
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
                who = next((one.who for one in self.reports if one.start == after.start), None)
            if who is not None:
                for placed in frame.quotations:
                    one = self.found[placed.number]
                    self.found[placed.number] = Attributed(one.quotation, "said", who)

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


def _is_human(surface: str, gender: Gender | None) -> bool:
    """Whether a common noun can be what ``he`` or ``she`` stands for."""
    words = surface.lower().split()
    if not words or (words[-1].endswith("s") and words[-1] not in OFFICES):
        return False
    return words[-1] in OFFICES or words[-1].endswith(("man", "woman", "ist", "year-old"))
