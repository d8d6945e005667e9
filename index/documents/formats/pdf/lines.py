"""The lines of a PDF: their words, where they stand, and how they are set."""

from __future__ import annotations

import ctypes
import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium

from index.documents.normalize import normal_form

_KEPT_HYPHEN = "\u2010"
_PLAIN = str.maketrans(
    {"\x02": _KEPT_HYPHEN, "\ufffe": _KEPT_HYPHEN}  # PDFium makes them up where a line ends
    | dict.fromkeys("\uf06e\uf071\uf076\uf0a7\uf0a8\uf0b7\uf0d8\uf0fc", "•")  # of the fonts of signs
    | {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}  # the typesetter's
)

_GAP = (
    1.2  # between the cells of a row, in sizes of its letters; a space is 0.3, and less than 1 in set lines
)
_GAP_BEHIND_NUMBER = 0.5  # as before lines that are numbered in the margin
_BOLD = re.compile(r"bold|black|heavy|semib|demi", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Cell:
    """Words of a line that stand apart from the others."""

    text: str
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a page. Places are points, counted from the lower left corner of the page."""

    page: int
    text: str
    left: float
    right: float
    bottom: float  # of letters that do not reach below their line
    size: float  # of its letters, in points; 0 where that is not known
    is_bold: bool = False
    goes_on: bool | None = None  # with the line above, where the page shows whether it does
    cells: tuple[Cell, ...] = ()  # of a line in which words stand apart

    @property
    def is_row(self) -> bool:
        """Return whether the line is a row of a table."""
        return self.goes_on is False and len(self.cells) > 1


def read_lines(textpage: Any, number: int) -> list[Line]:
    """Return the lines of a page, in the order in which the file has them.

    ``number`` is the page's, from 0.
    """
    chars = chars_of(textpage)
    lines: list[Line] = []
    start = 0
    for end in (*(place for place, char in enumerate(chars) if char == "\n"), len(chars)):
        if any(not char.isspace() for char in chars[start:end]):
            lines.extend(_line(textpage, number, chars, start, end))
        start = end + 1
    return lines


def chars_of(textpage: Any) -> list[str]:
    """Return the characters of a page, one for each that PDFium counts."""
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
        left, _, _, _ = loose_box(textpage, words[0])
        _, _, right, _ = loose_box(textpage, words[-1])
        text = _text(chars, first, last)
        if not text:
            continue
        size = _size(textpage, words)
        yield Line(
            number,
            text,
            left,
            right,
            _base(textpage, words[0]),
            size,
            _is_bold(textpage, words),
            cells=tuple(_cells(textpage, chars, words, size)),
        )


def _text(chars: Sequence[str], first: int, last: int) -> str:
    text = normal_form("".join(chars[first:last]).translate(_PLAIN))
    if text and chars[last - 1] == "\xad":
        text += _KEPT_HYPHEN
    return " ".join(text.split())


def _cells(textpage: Any, chars: Sequence[str], words: Sequence[int], size: float) -> Iterator[Cell]:
    """Yield what stands apart in a line; nothing where it is one piece."""
    start, left = words[0], loose_box(textpage, words[0])[0]
    first_space = True
    for before, after in itertools.pairwise(words):
        if after - before == 1:
            continue
        least = _GAP_BEHIND_NUMBER if first_space and _is_number(chars[start : before + 1]) else _GAP
        first_space = False
        right, next_left = loose_box(textpage, before)[2], loose_box(textpage, after)[0]
        if next_left - right < least * size:
            continue
        yield Cell(_text(chars, start, before + 1), left, right)
        start, left = after, next_left
    if start != words[0]:
        yield Cell(_text(chars, start, words[-1] + 1), left, loose_box(textpage, words[-1])[2])


def _is_number(chars: Sequence[str]) -> bool:
    return len(chars) < 5 and all("0" <= char <= "9" for char in chars)


def _base(textpage: Any, index: int) -> float:
    """Return how high the line stands on which a character is written."""
    left, bottom = ctypes.c_double(), ctypes.c_double()
    pdfium.FPDFText_GetCharOrigin(textpage, index, left, bottom)
    return bottom.value


def loose_box(textpage: Any, index: int) -> tuple[float, float, float, float]:
    """Return left, bottom, right, top of a character, from the foot to the head of its line."""
    box = pdfium.FS_RECTF()
    pdfium.FPDFText_GetLooseCharBox(textpage, index, box)
    return box.left, box.bottom, box.right, box.top


def _size(textpage: Any, words: list[int]) -> float:
    """Return the size of most of a line's letters: some may be set in another font."""
    samples = words[:: max(1, len(words) // 8)]
    sizes = Counter(
        round(float(pdfium.FPDFText_GetFontSize(textpage, place)) * _scale(textpage, place), 1)
        for place in samples
    )
    return sizes.most_common(1)[0][0]


def _scale(textpage: Any, index: int) -> float:
    """Return how much larger than its font says a character is drawn."""
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


def usual_size(pages: Sequence[Sequence[Line]]) -> float:
    """Return the size of the letters of most of the text, in points; 0 when there is none."""
    sizes: Counter[float] = Counter()
    for line in itertools.chain.from_iterable(pages):
        sizes[line.size] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0
