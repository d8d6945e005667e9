"""A PDF -> an article: its paragraphs, without what runs along the edges, and where each page begins."""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from index.documents.formats.blocks import Block, compose, one_line
from index.documents.formats.pdf.characters import chars_of, loose_box
from index.documents.formats.pdf.faults import (
    Unknown,
    is_damaged,
    is_placeholder,
    says_too_little,
    unknown_of,
)
from index.documents.formats.pdf.fields import read_fields, with_fields
from index.documents.formats.pdf.known import known_of, page_labels
from index.documents.formats.pdf.line_numbers import without_line_numbers
from index.documents.formats.pdf.lines import Line, read_lines
from index.documents.formats.pdf.paragraphs import largest_line, paragraphs_of
from index.documents.formats.pdf.rows import rows_of
from index.documents.formats.pdf.running import printed_address, without_running
from index.documents.formats.types import Extracted
from index.errors import SourceError

MAX_PAGES = 2000
_LEAST_CHARS = 20  # a page with fewer letters that shows a picture is a picture


def extract_pdf(data: bytes, name: str, url: str | None = None) -> Extracted:
    """Return the article in the bytes of a PDF called ``name``, which came from ``url`` if that is known.

    Raises SourceError when it has a password, too many pages, or pictures, or a word about another program,
    in the place of words.
    """
    document = _open(data, name)
    if len(document) > MAX_PAGES:
        raise SourceError(f"{name} has over {MAX_PAGES:,} pages. Please split it into several articles.")
    if is_damaged(data, document):
        raise _damaged(name)
    pages: list[list[Line]] = []
    unknown: list[Unknown] = []
    for lines, found in _read(document, name):
        pages.append(lines)
        unknown.append(found)
    if says_too_little(unknown):
        raise SourceError(
            f"{name} doesn't say which letters its fonts show. Please run text recognition (OCR) on "
            "it, or save just its text."
        )
    if is_placeholder(document, len(pages), " ".join(line.text for page in pages for line in page)):
        raise SourceError(
            f"{name} needs another program: only Adobe's show its contents. Open it in Adobe Reader, print "
            "it to a PDF, and add that."
        )
    _check_words(document, pages, name)
    printed_at = printed_address(pages) or ""
    known = known_of(document, url or (printed_at if printed_at.startswith("http") else None))
    pages = without_running(pages)
    known = replace(known, title=known.title or largest_line(pages))
    blocks = paragraphs_of(pages, _outline(document))
    extracted = compose(_with_text(_without_title(blocks, known.title), blocks), known, name)
    if not any(map(str.isalnum, extracted.text)):
        raise SourceError(f"{name} contains no text. Please save the article as text.")
    return replace(extracted, page_labels=page_labels(document))


def _open(data: bytes, name: str) -> Any:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if error.err_code == pdfium.FPDF_ERR_PASSWORD:
            raise SourceError(f"{name} is password-protected. Please save it without a password.") from None
        raise _damaged(name) from None


def _damaged(name: str) -> SourceError:
    return SourceError(f"{name} is damaged or incomplete. Please download it again.")


def _read(document: Any, name: str) -> Iterator[tuple[list[Line], Unknown]]:
    document.init_forms()
    for number in range(len(document)):
        try:
            page = document[number]
            textpage = page.get_textpage()
        except pypdfium2.PdfiumError:
            raise _damaged(name) from None
        lines = without_line_numbers(read_lines(textpage, number))
        yield with_fields(lines, number, read_fields(page, document.formenv)), unknown_of(textpage)
        textpage.close()
        page.close()


def _check_words(document: Any, pages: list[list[Line]], name: str) -> None:
    counts = [sum(map(str.isalnum, "".join(line.text for line in page))) for page in pages]
    pictures = sum(
        count < _LEAST_CHARS and _shows_picture(document, number) for number, count in enumerate(counts)
    )
    if pictures and 2 * pictures >= len(pages):
        raise SourceError(
            f"{name} is a scan: {pictures} of its {len(pages)} pages are images of text. Please run "
            "text recognition (OCR) on it and add the result."
        )


def _shows_picture(document: Any, number: int) -> bool:
    try:
        page = document[number]
        return any(True for _ in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3))
    except pypdfium2.PdfiumError:
        return False


def _outline(document: Any) -> frozenset[str]:
    """Return the titles in the file's own table of contents."""
    try:
        entries = itertools.islice(document.get_toc(max_depth=5), 5000)
        return frozenset(title for entry in entries if (title := one_line(entry.get_title())))
    except (pypdfium2.PdfiumError, RuntimeError, ValueError):
        return frozenset()


def _without_title(blocks: list[Block], title: str | None) -> list[Block]:
    """Leave out the title, which stands above the text already; keep where its page begins."""
    return [
        Block("", pages=(0,) * len(block.pages)) if number < 3 and title and block.text == title else block
        for number, block in enumerate(blocks)
    ]


def _with_text(blocks: list[Block], all_blocks: list[Block]) -> list[Block]:
    """Return ``blocks``; where they have headings only, as posters do, these are the text."""
    if any(block.text and not block.is_heading for block in blocks):
        return blocks
    shown = blocks if any(block.text for block in blocks) else all_blocks
    return [replace(block, is_heading=False) for block in shown]


Rectangle = tuple[float, float, float, float]
"""Left, bottom, right, top, in points from the lower left corner of the page."""

_LEAST_FOUND = 12  # letters: of a quote that begins or ends on another page, fewer may stand anywhere


def boxes(data: bytes, page: int, words: str) -> list[Rectangle]:
    """Return where ``words`` stand on a page of a PDF, a rectangle per line, in order.

    ``page`` counts from 1. Of a quote that goes over from another page, or on to one, it is the part on this
    page; nothing when they are not there. PDFium reads the file in this very process: bytes of strangers
    belong in a child's.
    """
    document = _open(data, "The file")
    if not 1 <= page <= len(document):
        return []
    textpage = document[page - 1].get_textpage()
    start, end, places = _find_in(rows_of(textpage)[0], words)
    if end - start < len(_letters(list(words))[0]):  # an article that was read before notes were left out
        start, end, places = max(
            (start, end, places), _find_in(chars_of(textpage), words), key=lambda found: found[1] - found[0]
        )
    lines: list[Rectangle] = []
    for place in places[start:end]:
        left, bottom, right, top = loose_box(textpage, place)
        if lines and _is_beside(lines[-1], (left, bottom, right, top)):
            lines[-1] = (
                lines[-1][0],
                min(bottom, lines[-1][1]),
                max(right, lines[-1][2]),
                max(top, lines[-1][3]),
            )
        else:
            lines.append((left, bottom, right, top))
    return lines


def _find_in(chars: list[str], words: str) -> tuple[int, int, list[int]]:
    letters, places = _letters(chars)
    return *_find(letters, _letters(list(words))[0]), places


def _is_beside(line: Rectangle, letter: Rectangle) -> bool:
    height = letter[3] - letter[1]
    return abs(line[1] - letter[1]) < height / 2 and -height < letter[0] - line[2] < 2 * height


def _letters(chars: list[str]) -> tuple[str, list[int]]:
    """Return letters and digits only, in one form, and the place of each.

    Neither spaces nor hyphens change them.
    """
    found = [
        (letter, place)
        for place, char in enumerate(chars)
        for letter in unicodedata.normalize("NFKD", char).casefold()
        if letter.isalnum()
    ]
    return "".join(letter for letter, _ in found), [place for _, place in found]


def _find(text: str, words: str) -> tuple[int, int]:
    """Return where ``words`` stand in ``text``.

    Else return where the longest end or beginning of them stands; (0, 0) if none. Both are letters only.
    """
    if not words:
        return 0, 0
    if (start := text.find(words)) >= 0:
        return start, start + len(words)
    for length in range(len(words) - 1, min(_LEAST_FOUND, len(words)) - 1, -1):
        for part in (words[:length], words[-length:]):
            if (start := text.find(part)) >= 0:
                return start, start + length
    return 0, 0
