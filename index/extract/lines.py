"""The lines of a PDF: their words and where they stand, without what runs along the edges of its pages."""

from __future__ import annotations

import ctypes
import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium

from index.normalize import normalize

LINE_END_HYPHENS = "-\xad\u2010\x02\ufffe"
_KEPT_HYPHEN = "\u2010"
_PLAIN = str.maketrans(
    {
        "\x02": "\u2010",
        "\ufffe": "\u2010",
        "ﬀ": "ff",
        "ﬁ": "fi",
        "ﬂ": "fl",
        "ﬃ": "ffi",
        "ﬄ": "ffl",
        "ﬅ": "st",
        "ﬆ": "st",
    }
)
"""The hyphens that PDFium makes up for line ends, and letters that only typesetting has joined."""

_EDGE_ROWS = 2  # how many rows at the top and at the bottom of a page may be running ones
_SAME_PLACE = 3.0  # points
_NUMBER = re.compile(r"\d+|\b[ivxlc]{1,6}\b")
_PRINTED_FOOT = re.compile(r"((?:https?|file)://\S+) \d+/\d+")
_PRINTED_HEAD = re.compile(r"\d{1,4}[/.]\d{1,2}[/.]\d{2,4},? \d{1,2}[:.]\d\d\b.*")
_BOLD = re.compile(r"bold|black|heavy|semib|demi", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a page. Places are points, counted from the lower left corner of the page."""

    page: int
    text: str
    left: float
    right: float
    bottom: float
    size: float  # of its letters, in points
    is_bold: bool = False


def read_lines(textpage: Any, number: int) -> list[Line]:
    """The lines of a page, in the order in which the file has them; ``number`` is the page's, from 0."""
    chars = chars_of(textpage)
    lines: list[Line] = []
    start = 0
    for end in (*(place for place, char in enumerate(chars) if char == "\n"), len(chars)):
        if any(not char.isspace() for char in chars[start:end]):
            lines.extend(_line(textpage, number, chars, start, end))
        start = end + 1
    return lines


def chars_of(textpage: Any) -> list[str]:
    """The characters of a page, one for each that PDFium counts."""
    count = textpage.count_chars()
    text = textpage.get_text_range() if count > 0 else ""
    if len(text) == count:
        return list(text)
    return [_char(pdfium.FPDFText_GetUnicode(textpage, index)) for index in range(count)]


def _char(code: int) -> str:
    return chr(code) if 0 < code < 0x110000 else "\ufffd"


def _line(textpage: Any, number: int, chars: list[str], start: int, end: int) -> Iterator[Line]:
    seen = [place for place in range(start, end) if not chars[place].isspace()]
    hyphens = [place for place in seen if chars[place] in "\x02\ufffe"]  # PDFium joins such lines by itself
    for first, last in itertools.pairwise([start, *(place + 1 for place in hyphens), end]):
        words = [place for place in seen if first <= place < last]
        if not words:
            continue
        left, bottom, _, _ = loose_box(textpage, words[0])
        _, _, right, _ = loose_box(textpage, words[-1])
        text = normalize(
            "".join(chars[first:last]).replace("\x02", "\u2010").replace("\ufffe", "\u2010")
        ).text
        if chars[words[-1]] == "\xad":
            text = text.rstrip() + _KEPT_HYPHEN
        text = " ".join(text.split())
        if not text:
            continue
        middle = words[len(words) // 2]
        size = float(pdfium.FPDFText_GetFontSize(textpage, middle)) * _scale(textpage, middle)
        yield Line(
            number, " ".join(text.split()), left, right, bottom, round(size, 1), _is_bold(textpage, words)
        )


def loose_box(textpage: Any, index: int) -> tuple[float, float, float, float]:
    """Left, bottom, right, top of a character, from the foot to the head of its line."""
    box = pdfium.FS_RECTF()
    pdfium.FPDFText_GetLooseCharBox(textpage, index, box)
    return box.left, box.bottom, box.right, box.top


def _scale(textpage: Any, index: int) -> float:
    """How much larger than its font says a character is drawn."""
    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFText_GetMatrix(textpage, index, matrix):
        return 1.0
    return (matrix.c**2 + matrix.d**2) ** 0.5 or 1.0


def _is_bold(textpage: Any, words: list[int]) -> bool:
    return all(_BOLD.search(_font(textpage, words[place])) for place in (0, -1))


def _font(textpage: Any, index: int) -> str:
    name = ctypes.create_string_buffer(128)
    flags = ctypes.c_int()
    pdfium.FPDFText_GetFontInfo(textpage, index, name, 128, flags)
    return name.value.decode("utf-8", "replace")


def without_running(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """The pages without headers, footers and page numbers: what stands at one place of several pages.

    Numbers count as the same whatever they are. Of a single page only what browsers print there is left out.
    """
    places: dict[str, list[tuple[int, float]]] = defaultdict(list)
    edges = [_edges(page) for page in pages]
    for number, edge in enumerate(edges):
        for line in edge:
            places[_key(line.text)].append((number, line.bottom))
    needed = 2 if len(pages) < 5 else 3

    def is_running(line: Line) -> bool:
        if _PRINTED_FOOT.fullmatch(line.text) or _PRINTED_HEAD.fullmatch(line.text):
            return True
        same = {
            number for number, bottom in places[_key(line.text)] if abs(bottom - line.bottom) <= _SAME_PLACE
        }
        return len(same) >= needed

    running = [{line for line in edge if is_running(line)} for edge in edges]
    if 2 * _letter_count(running) > _letter_count(pages):  # these pages are alike: it is their text
        return [list(page) for page in pages]
    return [[line for line in page if line not in gone] for page, gone in zip(pages, running, strict=True)]


def _letter_count(pages: Iterable[Iterable[Line]]) -> int:
    return sum(map(str.isalpha, "".join(line.text for line in itertools.chain.from_iterable(pages))))


def printed_address(pages: Sequence[Sequence[Line]]) -> str | None:
    """The address that a browser printed below each page, where it did."""
    found = {
        match[1] for page in pages for line in _edges(page) if (match := _PRINTED_FOOT.fullmatch(line.text))
    }
    return found.pop() if len(found) == 1 else None


def _key(text: str) -> str:
    return _NUMBER.sub("#", text)


def _edges(page: Sequence[Line]) -> set[Line]:
    rows = sorted({round(line.bottom / _SAME_PLACE) for line in page})
    outer = {*rows[:_EDGE_ROWS], *rows[-_EDGE_ROWS:]}
    return {line for line in page if round(line.bottom / _SAME_PLACE) in outer}


def usual_size(pages: Sequence[Sequence[Line]]) -> float:
    """The size of the letters of most of the text, in points; 0 when there is none."""
    sizes: Counter[float] = Counter()
    for line in itertools.chain.from_iterable(pages):
        sizes[line.size] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0
