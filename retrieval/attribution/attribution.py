"""Who says the direct speech of an article, and what its sentences report without marks."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from retrieval.attribution.clauses import Clauses
from retrieval.attribution.frames import Frame, PlacedQuotation, make_frames
from retrieval.attribution.mentions import mention_of
from retrieval.attribution.narration import (
    NarratorSentence,
    holds,
    is_cue,
    is_name_of_something,
    is_title_of_work,
)
from retrieval.attribution.quotations import Quotation, find_quotations, paragraphs
from retrieval.attribution.references import Reference, References, is_human
from retrieval.attribution.speech_verbs import SPEECH, STATEMENTS
from retrieval.parser import Parser

How = Literal["said", "alone", "none"]
"""The sentence says who speaks; it is nothing but a quotation; the words are nobody's whom it names."""

_POINTS_BACK = re.compile(r"^(?:That|Those|So|Thus|Such|These)\b")


@dataclass(frozen=True, slots=True)
class Attributed:
    """A quotation, how its sentence treats it, and who says it."""

    quotation: Quotation
    how: How
    reference: Reference | None


@dataclass(frozen=True, slots=True)
class Reported:
    """A sentence that reports what somebody says without marks."""

    start: int
    end: int
    reference: Reference


@dataclass(frozen=True, slots=True)
class Attributions:
    """The quotations of a text with their speakers, and the sentences that report speech, each in order."""

    quotations: tuple[Attributed, ...]
    reports: tuple[Reported, ...]


def attribute(text: str, parser: Parser) -> Attributions:
    """Return who says what in ``text``. Nobody is named where the text does not settle it."""
    quotations = find_quotations(text)
    frames = list(make_frames(text, paragraphs(text), quotations))
    parsed = parser.parse([frame.text for frame in frames])
    sentences = [Clauses(words, frame.marks) for frame, words in zip(frames, parsed, strict=True)]
    return _Pass(text, quotations, frames, sentences).attributions()


class _Pass:
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

    def attributions(self) -> Attributions:
        for frame, clauses in zip(self.frames, self.sentences, strict=True):
            self._read(frame, clauses)
        self._look_ahead()
        self._join_pieces()
        return Attributions(tuple(self.found[number] for number in sorted(self.found)), tuple(self.reports))

    # -- one sentence

    def _read(self, frame: Frame, clauses: Clauses) -> None:
        scene = self.references.scene
        if frame.paragraph != scene.paragraph:
            if frame.paragraph > scene.paragraph + 1:
                scene.is_fresh = False
            scene.paragraph = frame.paragraph
        sentence = NarratorSentence(frame, clauses)
        outcomes = [self._outcome(frame, clauses, placed, sentence) for placed in frame.quotations]
        for placed, (how, reference) in zip(frame.quotations, outcomes, strict=True):
            self.found[placed.number] = Attributed(self.quotations[placed.number], how, reference)
        self._note_reports(frame, clauses)
        self._remember(frame, clauses, outcomes, sentence.is_only_quotation)
        self.references.scene.remarked = any(
            word.pos == "NOUN" and word.lemma.lower() in STATEMENTS for word in clauses.words
        )

    def _outcome(
        self, frame: Frame, clauses: Clauses, placed: PlacedQuotation, sentence: NarratorSentence
    ) -> tuple[How, Reference | None]:
        inside = clauses.places_between(placed.start, placed.end)
        if not inside:
            return "none", None
        if frame.text.endswith("?"):
            return "none", None  # the narrator asks, and says nothing of whose words these are
        if not placed.is_own_sentence:
            return self._speaker_of_part(frame, clauses, placed, inside)
        if is_title_of_work(self.text, clauses, inside, self.quotations[placed.number]):
            return "none", None
        if sentence.is_only_quotation:
            return "alone", self._speaker_before()
        cue = sentence.cue(placed)
        if cue is not None:
            return (
                ("none", None)
                if cue.is_denied
                else ("said", self.references.resolve(frame, clauses, cue.subject, cue.place))
            )
        subject = sentence.subject(placed, inside)
        if subject is not None:
            return "said", self.references.resolve(frame, clauses, subject, subject)
        return self._speaker_of_part(frame, clauses, placed, inside)

    def _speaker_of_part(
        self, frame: Frame, clauses: Clauses, placed: PlacedQuotation, inside: range
    ) -> tuple[How, Reference | None]:
        """Return who says a quotation that is a part of the narrator's sentence."""
        words = clauses.words
        quotation = self.quotations[placed.number]
        if is_name_of_something(
            self.text, clauses, inside, quotation.opens, self.text[quotation.start : quotation.end]
        ):
            return "none", None
        aside = clauses.aside
        if (
            aside is not None
            and aside.subject is not None
            and aside.place not in inside
            and not aside.is_denied
        ):
            return "said", self.references.resolve(frame, clauses, aside.subject, aside.place)
        top = next((at for at in inside if words[at].head not in inside or words[at].head == at), inside[0])
        below = top
        for above in clauses.ancestors(top):
            is_beside = words[below].relation == "conj" and words[below].pos in ("VERB", "AUX")
            is_beside = is_beside and below not in inside and not is_cue(clauses, below)
            below = above
            if above in inside or is_beside:
                continue  # ``said it was bad and kept her “buy” rating``: not what was said
            if words[above].lemma.lower() in STATEMENTS and clauses.owner(above) is not None:
                return "said", self.references.resolve(frame, clauses, clauses.owner(above), above)
            cue = clauses.cue_at.get(above)
            if cue is None:
                continue
            if words[top].relation == "advmod" and words[top].head == above and len(inside) == 1:
                return "none", None  # ``“bluntly” warned``: how the narrator tells it
            if cue.subject is not None and holds(clauses, cue.subject, top):
                continue
            if cue.is_denied or (words[above].lemma in ("deny", "ask") and words[above].lemma == "deny"):
                return "none", None
            return "said", self.references.resolve(frame, clauses, cue.subject, cue.place)
        for cue in clauses.cues:
            is_aside = words[cue.place].relation == "parataxis" or cue.place > inside[-1]
            if cue.is_denied:
                continue
            if cue.is_source or (
                is_aside
                and words[cue.place].lemma in SPEECH
                and cue.subject is not None
                and clauses.reports(cue)
            ):
                return "said", self.references.resolve(frame, clauses, cue.subject, cue.place)
        return "none", None

    def _speaker_before(self) -> Reference | None:
        """Return who goes on speaking in a sentence that is nothing but quotation."""
        if not self.references.scene.is_fresh or self.references.scene.last is None:
            return None
        return self.references.scene.last

    # -- what stays in mind

    def _note_reports(self, frame: Frame, clauses: Clauses) -> None:
        if frame.text.endswith("?"):
            return
        for cue in clauses.cues:
            if clauses.reports(cue):
                reference = self.references.resolve(frame, clauses, cue.subject, cue.place)
                self.reports.append(Reported(frame.start, frame.end, reference))

    def _remember(
        self, frame: Frame, clauses: Clauses, outcomes: list[tuple[How, Reference | None]], is_quotation: bool
    ) -> None:
        scene = self.references.scene
        said = [reference for how, reference in outcomes if how == "said" and reference]
        reported = [report.reference for report in self.reports if report.start == frame.start]
        if frame.quotations and is_quotation:
            scene.is_fresh = scene.last is not None and scene.is_fresh
            return
        named = self.references.entities_in(frame, clauses)
        if said or reported:
            scene.last = (said or reported)[-1]
            scene.is_fresh = True
            scene.topics.append((frame.paragraph, scene.last, named))
            return
        place = clauses.topic()
        topic = Reference(None, None, frame.start)
        if place is not None:
            topic = self.references.resolve(frame, clauses, place, place)
        people = [entity for entity in named if entity.is_person]
        if topic.entity is not None and topic.entity.may_be_person:
            scene.last, scene.is_fresh = topic, True
        elif topic.entity is not None and (scene.last is None or topic.entity is not scene.last.entity):
            scene.last = None
        elif topic.surface and is_human(topic.surface):
            scene.last, scene.is_fresh = Reference(topic.surface, None, topic.place), True
        elif people and (scene.last is None or any(person is not scene.last.entity for person in people)):
            scene.last = None
        scene.topics.append((frame.paragraph, topic, named))

    def _look_ahead(self) -> None:
        """Give a quotation that begins a paragraph alone the speaker behind it: ``“…” So says Roe``."""
        for (frame, _), (after, clauses) in itertools.pairwise(zip(self.frames, self.sentences, strict=True)):
            if frame.paragraph != after.paragraph or not frame.quotations:
                continue
            first = self.found[frame.quotations[0].number]
            if first.how != "alone" or self.text[: frame.start].rstrip(" ")[-1:] not in ("", "\n"):
                continue
            behind = [self.found[placed.number] for placed in after.quotations if placed.is_own_sentence]
            reference = None
            if behind and behind[0].how == "said" and after.quotations[0].start == 0:
                reference = behind[0].reference
            elif _POINTS_BACK.match(after.text):
                reference = self._first_named(after, clauses)
            if reference is not None:
                for placed in frame.quotations:
                    attributed = self.found[placed.number]
                    self.found[placed.number] = Attributed(attributed.quotation, "said", reference)

    def _first_named(self, frame: Frame, clauses: Clauses) -> Reference | None:
        """Return the first speaker that the sentence names."""
        for cue in clauses.cues:
            if cue.subject is not None and mention_of(clauses, cue.subject) and not cue.is_denied:
                return self.references.resolve(frame, clauses, cue.subject, cue.place)
        return None

    def _join_pieces(self) -> None:
        """Give all pieces of a quotation that runs over paragraphs the same speaker."""
        numbers = sorted(self.found)
        chain: list[int] = []
        for number in [*numbers, None]:
            if number is not None and self.quotations[number].goes_on:
                chain.append(number)
                continue
            spoken = [self.found[piece] for piece in chain if self.found[piece].how == "said"]
            if len(chain) > 1 and spoken:
                for piece in chain:
                    self.found[piece] = Attributed(self.quotations[piece], "said", spoken[0].reference)
            chain = [] if number is None else [number]
