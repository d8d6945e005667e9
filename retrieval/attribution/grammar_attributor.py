"""Who says what in an article.

Nobody is named where the text does not settle it: two who share a family name, a spokesman without a name, a
quotation that may be anybody's.
"""

from __future__ import annotations

import itertools
import re
from collections import OrderedDict
from collections.abc import Iterator

from index.types import Article
from retrieval.attribution.attribution import Attributions, attribute
from retrieval.attribution.quotations import find_quotations
from retrieval.attribution.references import Reference
from retrieval.attribution.speech_verbs import is_speech_verb
from retrieval.parser import Parser
from retrieval.types import Speaker, Utterance

SHORT = 12_000
"""Characters up to which an article is read whole; of a longer one, only the part around a quote."""

STEP, BEFORE, BEHIND = 4_000, 4_000, 1_500
INTRODUCTIONS = 12
"""Paragraphs of a long article that are read because they introduce a name of the part at hand."""

_KEPT = 64  # parts of articles that are remembered
_FULL_NAME = re.compile(
    r"\b(?:[A-Z][\w.’'-]{0,20}\s){1,3}(?:(?:de|da|van|von|der|al|bin)\s){0,2}([A-Z][\w’-]{1,25})"
)
_CAPITAL = re.compile(r"\b[A-Z][\w’-]{1,25}")
_WORD = re.compile(r"\b[a-z]{3,20}\b")
_BLANK_LINE = "\n\n"


_ReadPart = tuple[Attributions, int, int]
"""The attributions, where their text begins in the article's, and where the part begins in their text."""


class GrammarAttributor:
    """An Attributor by the grammar of the sentences. It remembers what the last articles report."""

    def __init__(self, parser: Parser) -> None:
        self._parser = parser
        self._remembered: OrderedDict[tuple[str, int | None], _ReadPart] = OrderedDict()

    def speaker_of(self, article: Article, start: int, end: int) -> Speaker | None:
        """Return whose words the sentences from ``start`` to ``end`` report, with or without marks.

        None where they report nobody's, several people's, or those of somebody who is not settled. Of a long
        article only the part around ``start`` is read.
        """
        if len(article.text) > SHORT and not _may_report(article.text, start, end):
            return None
        part = start // STEP if len(article.text) > SHORT else None
        attributions, shift, first = self._attributions_in(article, part)
        start, end = start - shift, end - shift
        found: dict[str, Speaker] = {}
        for reference in _references_in(attributions, max(start, first), end):
            speaker = _speaker(reference)
            if speaker is None:
                return None
            found.setdefault(speaker.name, speaker)
        return next(iter(found.values())) if len(found) == 1 else None

    def utterances(self, text: str) -> list[Utterance]:
        """Return the direct speech of ``text``, in order. Takes a second for 6,000 words of narration."""
        return [
            Utterance(
                attributed.quotation.start,
                attributed.quotation.end,
                _speaker(attributed.reference),
                attributed.reference.surface if attributed.reference else None,
            )
            for attributed in attribute(text, self._parser).quotations
        ]

    def _attributions_in(self, article: Article, part: int | None) -> _ReadPart:
        """Return what a part of the article reports, read now or remembered by the article's id."""
        key = article.id, part
        attributions = self._remembered.pop(key) if key in self._remembered else self._read(article, part)
        self._remembered[key] = attributions
        if len(self._remembered) > _KEPT:
            self._remembered.popitem(last=False)
        return attributions

    def _read(self, article: Article, part: int | None) -> _ReadPart:
        if part is None:
            return attribute(article.text, self._parser), 0, 0
        start, end = _widened(article.text, part * STEP - BEFORE, (part + 1) * STEP + BEHIND)
        before = "".join(paragraph + _BLANK_LINE for paragraph in _introductions(article.text, start, end))
        attributions = attribute(before + article.text[start:end], self._parser)
        return attributions, start - len(before), len(before)


def _references_in(attributions: Attributions, start: int, end: int) -> Iterator[Reference | None]:
    for attributed in attributions.quotations:
        if attributed.how != "none" and attributed.quotation.start < end and start < attributed.quotation.end:
            yield attributed.reference
    for report in attributions.reports:
        if report.start < end and start < report.end:
            yield report.reference


def _speaker(reference: Reference | None) -> Speaker | None:
    if reference is None or reference.entity is None:
        return None
    return Speaker(
        reference.entity.name_at(reference.place),
        reference.entity.role_at(reference.place),
        reference.surface or "",
    )


def _may_report(text: str, start: int, end: int) -> bool:
    """Return whether a word or a mark around the sentences hints at speech; most narration has none."""
    low, high = _widened(text, start, end)
    if any(is_speech_verb(found[0]) or found[0] == "according" for found in _WORD.finditer(text, start, end)):
        return True
    quotations = find_quotations(text[low:high])
    return any(quotation.start + low < end and start < quotation.end + low for quotation in quotations)


def _widened(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the span, widened to whole paragraphs by at most STEP characters at each end."""
    low = text.rfind(_BLANK_LINE, max(0, start - STEP), max(0, start))
    high = text.find(_BLANK_LINE, min(end, len(text)), end + STEP)
    first = 0 if start <= STEP and low < 0 else low + len(_BLANK_LINE) if low >= 0 else start
    return max(0, first), high if high >= 0 else min(len(text), end + STEP)


def _introductions(text: str, start: int, end: int) -> list[str]:
    """Return the paragraphs before ``start`` that first give in full the names of the part from there on."""
    wanted = {found[0] for found in _CAPITAL.finditer(text, start, end)}
    paragraphs: dict[int, str] = {}
    for found in _FULL_NAME.finditer(text, 0, start):
        if found[1] in wanted:
            wanted.discard(found[1])
            low = text.rfind(_BLANK_LINE, max(0, found.start() - 1000), found.start())
            high = text.find(_BLANK_LINE, found.end(), found.end() + 1000)
            low = low + len(_BLANK_LINE) if low >= 0 else max(0, found.start() - 200)
            paragraphs.setdefault(low, text[low : high if high >= 0 else found.end() + 200])
    return list(itertools.islice(paragraphs.values(), INTRODUCTIONS))
