"""One normal form of text, made once, when an article is read.

NFC, because a letter and its accent have to be one thing to be found; never NFKC, which would rewrite what
the article says ("½" is not "1⁄2"). Characters that nobody sees and that can deceive (controls, direction
marks, zero-width spaces) are left out, lone surrogates are replaced, every line ends in a newline. Of accents
piled on one letter the first MOST_MARKS stay: composing a pile takes time that grows with its square.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

MOST_MARKS = 30
"""The most accents on one letter: Unicode's own bound for streams (UAX #15), which no language comes near."""
REPLACEMENT = "\ufffd"
_LINE_ENDS = frozenset("\r\x0b\x0c\x85\u2028\u2029")
_ODD = re.compile(
    "\r\n|[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u200b\u2028-\u202e\u2060\u2066-\u2069\ufeff\ud800-\udfff]"
)
"""Line ends, controls, what nobody sees, and halves of surrogate pairs."""
# Shorter than a pile, since one code point may be three letters and marks.
_MAY_BE_PILE = re.compile(f"[\u0300-\U0010ffff]{{{MOST_MARKS // 3},}}")
_CHARS_REMEMBERED = 4096


@dataclass(frozen=True, slots=True)
class Normalized:
    """``text`` in normal form; ``offsets[i]`` is where its i-th code point begins in the original.

    ``offsets`` has one more entry than the text: the length of the original. It never falls.
    """

    text: str
    offsets: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of the normal form that a span of the original became.

        If it is gone, return the nearest.
        """
        return self._after(start), self._after(end)

    def _after(self, original: int) -> int:
        low, high = 0, len(self.offsets) - 1
        while low < high:
            middle = (low + high) // 2
            if self.offsets[middle] < original:
                low = middle + 1
            else:
                high = middle
        return low


def normal_form(original: str) -> str:
    """Return ``original`` in the normal form of this module. A second time changes nothing."""
    text = _ODD.sub(_in_place_of, original)
    return unicodedata.normalize("NFC", "".join(text[start:end] for start, end in _kept_spans(text)))


def is_in_normal_form(text: str) -> bool:
    """Tell whether ``text`` is in normal form, or was before accents were limited: libraries hold such."""
    return normal_form(text) == "".join(text[start:end] for start, end in _kept_spans(text))


def normalize(original: str) -> Normalized:
    """Return the normal form of ``original``, and where each of its code points came from."""
    kept: list[str] = []
    places: list[int] = []
    end = 0
    for odd in _ODD.finditer(original):
        start = odd.start()
        kept.append(original[end:start])
        places.extend(range(end, start))
        end = odd.end()
        instead = _in_place_of(odd)
        kept.append(instead)
        places.extend([start] * len(instead))
    kept.append(original[end:])
    places.extend(range(end, len(original)))
    text = "".join(kept)
    spans = _kept_spans(text)
    text = "".join(text[start:end] for start, end in spans)
    return _compose(text, [place for start, end in spans for place in places[start:end]], len(original))


def _in_place_of(odd: re.Match[str]) -> str:
    char = odd[0][0]
    if char in _LINE_ENDS:
        return "\n"
    return REPLACEMENT if "\ud800" <= char <= "\udfff" else ""


def _kept_spans(text: str) -> list[tuple[int, int]]:
    """Return the spans of ``text`` between accents that are too many, in order.

    Mostly there is one: the whole text.
    """
    spans = []
    end = 0
    for place in _excess_marks(text):
        if place > end:
            spans.append((end, place))
        end = place + 1
    return [*spans, (end, len(text))]


def _excess_marks(text: str) -> Iterator[int]:
    """Yield where ``text`` has an accent behind MOST_MARKS others on its letter."""
    for found in _MAY_BE_PILE.finditer(text):
        count = 0
        for place in range(max(0, found.start() - 1), found.end()):
            is_letter, marks = _letter_and_marks(text[place])
            count = marks if is_letter else count + marks
            if count > MOST_MARKS:
                yield place


@functools.lru_cache(_CHARS_REMEMBERED)
def _letter_and_marks(char: str) -> tuple[bool, int]:
    """Return whether ``char`` is more than accents, and of how many accents it is made."""
    parts = unicodedata.normalize("NFD", char)
    return unicodedata.combining(parts[0]) == 0, sum(unicodedata.combining(part) > 0 for part in parts)


def _compose(text: str, places: list[int], length: int) -> Normalized:
    if unicodedata.is_normalized("NFC", text):
        return Normalized(text, (*places, length))
    composed: list[str] = []
    offsets: list[int] = []
    start = 0
    while start < len(text):
        end = _cluster_end(text, start)
        cluster = unicodedata.normalize("NFC", text[start:end])
        composed.append(cluster)
        offsets.extend([places[start]] * len(cluster))
        start = end
    return Normalized("".join(composed), (*offsets, length))


def _cluster_end(text: str, start: int) -> int:
    """Return the end of the shortest run from ``start`` that composes without regard to what follows it."""
    end = start + 1
    while end < len(text) and _may_join(text[end]):
        end += 1
    return end


def _may_join(char: str) -> bool:
    if char < "\u0300":
        return False
    # The vowels and final consonants of Hangul are no combining marks, but compose with what stands before.
    return (
        unicodedata.combining(char) != 0
        or not unicodedata.is_normalized("NFC", char)
        or (unicodedata.category(char) in ("Mc", "Mn") or 0x1161 <= ord(char) <= 0x11C2)
    )
