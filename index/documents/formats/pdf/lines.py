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

from index.documents.formats.pdf.characters import loose_box, usual_size_of
from index.documents.formats.pdf.rows import foot_of, rows_of
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
    chars, rows = rows_of(textpage)
    return [line for start, end in rows for line in _line(textpage, number, chars, start, end)]


def _line(textpage: Any, number: int, chars: list[str], start: int, end: int) -> Iterator[Line]:
    seen = [place for place in range(start, end) if chars[place].strip()]
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
        size = usual_size_of(textpage, words)
        yield Line(
            number,
            text,
            left,
            right,
            foot_of(textpage, words, size),
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
