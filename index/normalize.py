"""One normal form of text, made once, when an article is read.

NFC, because a letter and its accent have to be one thing to be found; never NFKC, which would rewrite what
the article says ("½" is not "1⁄2"). Characters that nobody sees and that can deceive (controls, direction
marks, zero-width spaces) are left out, lone surrogates are replaced, every line ends in a newline.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

REPLACEMENT = "\ufffd"
_LINE_ENDS = frozenset("\r\x0b\x0c\x85\u2028\u2029")
_ODD = re.compile(
    "\r\n|[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u200b\u2028-\u202e\u2060\u2066-\u2069\ufeff\ud800-\udfff]"
)
"""Line ends, controls, what nobody sees, and halves of surrogate pairs."""


@dataclass(frozen=True, slots=True)
class Normalized:
    """``text`` in normal form; ``offsets[i]`` is where its i-th code point begins in the original.

    ``offsets`` has one more entry than the text: the length of the original. It never falls.
    """

    text: str
    offsets: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span of the normal form that a span of the original became; the nearest, if it is gone."""
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


def normalize(original: str) -> Normalized:
    """Bring ``original`` into the normal form of this module, and say where each code point came from.

    A second time changes nothing: ``normalize(normalize(t).text).text == normalize(t).text``.
    """
    kept: list[str] = []
    places: list[int] = []
    end = 0
    for odd in _ODD.finditer(original):
        start = odd.start()
        kept.append(original[end:start])
        places.extend(range(end, start))
        end = odd.end()
        char = odd[0][0]
        if char in _LINE_ENDS or "\ud800" <= char <= "\udfff":
            kept.append("\n" if char in _LINE_ENDS else REPLACEMENT)
            places.append(start)
    kept.append(original[end:])
    places.extend(range(end, len(original)))
    return _compose("".join(kept), places, len(original))


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
    """Behind the shortest run from ``start`` that composes without regard to what follows it."""
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
