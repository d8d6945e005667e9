"""The characters of a PDF's page: which they are, where they stand, and how large."""

from __future__ import annotations

import ctypes
from collections import Counter
from typing import Any

import pypdfium2.raw as pdfium


def chars_of(textpage: Any) -> list[str]:
    """Return the characters of a page, one for each that PDFium counts."""
    count = textpage.count_chars()
    text = textpage.get_text_range() if count > 0 else ""
    if len(text) == count:
        return list(text)
    return [_char(pdfium.FPDFText_GetUnicode(textpage, index)) for index in range(count)]


def _char(code: int) -> str:
    return chr(code) if 0 < code < 0x110000 else "\ufffd"


def height_of(textpage: Any, index: int) -> float:
    """Return how high a character is written, in points."""
    left, bottom = ctypes.c_double(), ctypes.c_double()
    pdfium.FPDFText_GetCharOrigin(textpage, index, left, bottom)
    return bottom.value


def loose_box(textpage: Any, index: int) -> tuple[float, float, float, float]:
    """Return left, bottom, right, top of a character, from the foot to the head of its line."""
    box = pdfium.FS_RECTF()
    pdfium.FPDFText_GetLooseCharBox(textpage, index, box)
    return box.left, box.bottom, box.right, box.top


def _scale(textpage: Any, index: int) -> float:
    """Return how much larger than its font says a character is drawn."""
    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFText_GetMatrix(textpage, index, matrix):
        return 1.0
    return (matrix.c**2 + matrix.d**2) ** 0.5 or 1.0


def size_of(textpage: Any, index: int) -> float:
    """Return how large a character is drawn, in points."""
    return round(float(pdfium.FPDFText_GetFontSize(textpage, index)) * _scale(textpage, index), 1)


def usual_size_of(textpage: Any, words: list[int]) -> float:
    """Return the size of most of a line's letters: some may be set in another font."""
    samples = words[:: max(1, len(words) // 8)]
    return Counter(size_of(textpage, place) for place in samples).most_common(1)[0][0]
