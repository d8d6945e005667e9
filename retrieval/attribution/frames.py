"""Sentences of the narrator, in which one short sentence in marks stands in for whatever is quoted whole.

A parser understands ``“It is so,” said Blinken, the US secretary of state.`` better than what Blinken said,
and sooner. Words quoted as a part of the narrator's sentence stay, without their marks.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.text import sentence_spans
from retrieval.attribution.quotations import Quotation
from retrieval.attribution.speech_verbs import is_speech_verb

_DATELINE = re.compile(
    r"[A-Z][A-Z.'’ -]{2,30}(?:, [A-Z][A-Za-z. ]{1,20})?(?:, [A-Z][a-z]{2,8}\.? \d{1,2})?"
    r"(?: ?\([A-Za-z ]{2,30}\))? ?[—–-]{1,2} ?"
)
_STAND_IN = "It is so"
_ENDS = frozenset(".?!…")
_INNER_END = re.compile(r"[.?!…][\"'”’»)]{0,2}\s+[\"'“‘«(]?[A-ZÀ-Þ0-9]")
_FOLLOWING = re.compile(
    r"\s*+(?:(?:[A-Z][\w.’'\-]{0,30}|of|de|van|von|al|bin|the|a|an|his|her|their|my),?\s+){1,6}([a-z]{2,20})\b"
)
_NEW_SENTENCE = re.compile(r"\s*+(?:He|She|They|It|I|We|You|That|This|Then|But|And|Yet|Still|So)\b")
_LOWER = re.compile(r"\s*+(?:[—–-]\s*)?[a-z]")


@dataclass(frozen=True, slots=True)
class PlacedQuotation:
    """A quotation in a frame, from ``start`` to ``end`` of the frame's text, including its marks."""

    number: int  # among the quotations of the text
    start: int
    end: int
    is_own_sentence: bool  # a sentence or more beside the narrator's: a stand-in replaces it


@dataclass(frozen=True, slots=True)
class Frame:
    """A sentence of the narrator with its quotations, from ``start`` to ``end`` of the original text."""

    paragraph: int  # from 0
    start: int
    end: int
    text: str
    quotations: tuple[PlacedQuotation, ...]
    _places: tuple[int, ...]  # where pieces of ``text`` begin, and their places in the original text
    _origins: tuple[int, ...]

    @property
    def marks(self) -> list[int]:
        """The places in ``text`` where its quotations begin and end, in order."""
        return [place for quotation in self.quotations for place in (quotation.start, quotation.end)]

    def origin(self, place: int) -> int:
        """Return the place in the original text of what stands at ``place`` in this frame's text."""
        piece = bisect.bisect_right(self._places, place) - 1
        origin = self._origins[piece] + place - self._places[piece]
        return min(origin, self._origins[piece + 1]) if piece + 1 < len(self._origins) else origin


def make_frames(
    text: str, paragraphs: Sequence[tuple[int, int]], quotations: Sequence[Quotation]
) -> Iterator[Frame]:
    """Yield the frames of ``paragraphs``, in order; ``quotations`` are those of ``text``, in order."""
    opens = [quotation.opens for quotation in quotations]
    for paragraph, (start, end) in enumerate(paragraphs):
        first, last = bisect.bisect_left(opens, start), bisect.bisect_left(opens, end)
        yield from _frames_of(text, paragraph, start, end, range(first, last), quotations)


def _frames_of(
    text: str, paragraph: int, start: int, end: int, numbers: range, quotations: Sequence[Quotation]
) -> Iterator[Frame]:
    pieces: list[str] = []
    places, origins = [0], [start]
    dateline = _DATELINE.match(text, start, min(end, start + 100))
    length, place = 0, dateline.end() if dateline else start
    placed: list[PlacedQuotation] = []

    def add(piece: str, origin: int) -> None:
        nonlocal length
        places.append(length)
        origins.append(origin)
        pieces.append(piece)
        length += len(piece)

    for number in numbers:
        quotation = quotations[number]
        add(text[place : quotation.opens], place)
        before, is_own_sentence = length, _is_own_sentence(text, start, quotation)
        if is_own_sentence:
            add(f"“{_STAND_IN}{_last_mark(text, end, quotation)}”", quotation.opens)
        else:
            add(text[quotation.start : quotation.end], quotation.start)
        placed.append(PlacedQuotation(number, before, length, is_own_sentence))
        place = quotation.closes
        add("", place)
    add(text[place:end], place)
    joined = "".join(pieces)
    for first, last in sentence_spans(joined):
        begin, stop = (
            bisect.bisect_left(placed, at, key=lambda quotation: quotation.start) for at in (first, last)
        )
        inside = tuple(
            PlacedQuotation(
                quotation.number, quotation.start - first, quotation.end - first, quotation.is_own_sentence
            )
            for quotation in placed[begin:stop]
        )
        low = bisect.bisect_right(places, first) - 1
        high = bisect.bisect_right(places, last) + 1  # with the piece behind the sentence
        frame = Frame(
            paragraph,
            origins[low] + first - places[low],
            0,
            joined[first:last],
            inside,
            tuple(place - first for place in places[low:high]),
            tuple(origins[low:high]),
        )
        ends = frame.origin(last - first - 1) + 1
        if inside and inside[-1].end >= last - first:
            ends = max(ends, quotations[inside[-1].number].closes)
        yield Frame(paragraph, frame.start, min(ends, end), frame.text, inside, frame._places, frame._origins)


def _is_own_sentence(text: str, start: int, quotation: Quotation) -> bool:
    """Return whether the quotation is a sentence of its own rather than a part of the one around it."""
    inside = text[quotation.start : quotation.end]
    before = text[max(start, quotation.opens - 40) : quotation.opens].rstrip()
    if not before or before[-1] in '.!?…:”"’»)' or quotation.closes == quotation.end:
        return True
    if _INNER_END.search(inside):
        return True
    is_sentence = inside[:1].isupper() and len(inside.split()) > 2 and inside[-1] in ".?!,…"
    if before[-1] in ",;—–-":
        return inside[:1].isupper() or len(inside.split()) > 4
    return is_sentence and not is_title(inside)


def is_title(inside: str) -> bool:
    """Return whether all words but the small ones begin with a capital, as in a title or a nickname."""
    words = [word.strip(".,!?…:;()'’") for word in inside.split()]
    words = [word for word in words if word]
    if len(words) > 12 or not words:
        return False
    content = [word for word in words if len(word) > 3 or word[0].isupper()]
    return bool(content) and words[0][0].isupper() and all(not word[0].islower() for word in content)


def _last_mark(text: str, end: int, quotation: Quotation) -> str:
    """Return the mark that ends the stand-in: a comma where the narrator's sentence goes on behind it."""
    last = text[quotation.end - 1] if quotation.end > quotation.start else ""
    if last not in _ENDS:
        return "," if last in ",-—–" else ""
    if _goes_on(text, quotation.closes, end):
        return ","
    return "."


def _goes_on(text: str, place: int, end: int) -> bool:
    if _LOWER.match(text, place, end):
        return True
    if _NEW_SENTENCE.match(text, place, end) or text[place - 2 : place - 1] == ".":
        return False
    following = _FOLLOWING.match(text, place, min(end, place + 240))
    return bool(following and is_speech_verb(following[1]))
