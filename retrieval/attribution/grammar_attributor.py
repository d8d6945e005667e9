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
from retrieval.attribution.references import Who
from retrieval.attribution.speech_verbs import is_speech_verb
from retrieval.parser import Parser
from retrieval.types import Speaker, Utterance

SHORT = 12_000
"""Characters up to which an article is read whole; of a longer one what stands around a quote is."""

STEP, BEFORE, BEHIND = 4_000, 4_000, 1_500
INTRODUCTIONS = 12
"""Paragraphs of a long article that are read because they introduce a name of the part at hand."""

_KEPT = 64  # parts of articles
_FULL_NAME = re.compile(
    r"\b(?:[A-Z][\w.’'-]{0,20}\s){1,3}(?:(?:de|da|van|von|der|al|bin)\s){0,2}([A-Z][\w’-]{1,25})"
)
_CAPITAL = re.compile(r"\b[A-Z][\w’-]{1,25}")
_WORD = re.compile(r"\b[a-z]{3,20}\b")
_BLANK_LINE = "\n\n"


def utterances(text: str, parser: Parser) -> list[Utterance]:
    """Return the direct speech of ``text``, in order. Takes a second for 6,000 words of narration."""
    return [
        Utterance(
            attributed.quotation.start,
            attributed.quotation.end,
            _speaker(attributed.who),
            attributed.who.surface if attributed.who else None,
        )
        for attributed in attribute(text, parser).quotations
    ]


_PartRead = tuple[Attributions, int, int]
"""What is told, where its text begins in the article's, and where the part itself begins in it."""


class GrammarAttributor:
    """An Attributor by the grammar of the sentences. It remembers what the last articles report."""

    def __init__(self, parser: Parser) -> None:
        self._parser = parser
        self._told: OrderedDict[tuple[str, int | None], _PartRead] = OrderedDict()

    def speaker_of(self, article: Article, start: int, end: int) -> Speaker | None:
        """Return whose words the sentences from ``start`` to ``end`` report, with or without marks.

        None where they report nobody's, several people's, or those of somebody who is not settled. Of a long
        article only the part around ``start`` is read.
        """
        if len(article.text) > SHORT and not _may_report(article.text, start, end):
            return None
        part = start // STEP if len(article.text) > SHORT else None
        told, shift, first = self._told_in(article, part)
        start, end = start - shift, end - shift
        found: dict[str, Speaker] = {}
        for who in _who_speaks(told, max(start, first), end):
            speaker = _speaker(who)
            if speaker is None:
                return None
            found.setdefault(speaker.name, speaker)
        return next(iter(found.values())) if len(found) == 1 else None

    def utterances(self, text: str) -> list[Utterance]:
        """Return the direct speech of ``text``, in order. Takes a second for 6,000 words of narration."""
        return utterances(text, self._parser)

    def _told_in(self, article: Article, part: int | None) -> _PartRead:
        """Return what a part of the article reports, read now or remembered by the article's id."""
        key = article.id, part
        told = self._told.pop(key) if key in self._told else self._read(article, part)
        self._told[key] = told
        if len(self._told) > _KEPT:
            self._told.popitem(last=False)
        return told

    def _read(self, article: Article, part: int | None) -> _PartRead:
        if part is None:
            return attribute(article.text, self._parser), 0, 0
        start, end = _widened(article.text, part * STEP - BEFORE, (part + 1) * STEP + BEHIND)
        before = "".join(paragraph + _BLANK_LINE for paragraph in _introductions(article.text, start, end))
        told = attribute(before + article.text[start:end], self._parser)
        return told, start - len(before), len(before)


def _who_speaks(told: Attributions, start: int, end: int) -> Iterator[Who | None]:
    for attributed in told.quotations:
        if attributed.how != "none" and attributed.quotation.start < end and start < attributed.quotation.end:
            yield attributed.who
    for report in told.reports:
        if report.start < end and start < report.end:
            yield report.who


def _speaker(who: Who | None) -> Speaker | None:
    if who is None or who.figure is None:
        return None
    return Speaker(who.figure.name_at(who.place), who.figure.role_at(who.place), who.surface or "")


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
