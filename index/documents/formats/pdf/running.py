"""What runs along the edges of a PDF's pages: headers, footers, page numbers, what browsers print there."""

from __future__ import annotations

import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from index.documents.formats.pdf.lines import Line

_EDGE_ROWS = 2  # how many rows at the top and at the bottom of a page may be running ones
_SAME_PLACE = 3.0  # points
_NUMBER = re.compile(r"\d+|\b[ivxlc]{1,6}\b")
_BESIDE_NUMBER = " -\u2013\u2014"
_PRINTED_FOOT = re.compile(r"((?:https?|file)://\S+) \d+/\d+")
_PRINTED_HEAD = re.compile(r"\d{1,4}[/.]\d{1,2}[/.]\d{2,4},? \d{1,2}[:.]\d\d\b.*")
_CONTENTS = re.compile(r"(?<!\.)(?<!\. )(?:\. ?){6,}+[\divxlc]++$")


def without_running(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """Return the pages without headers, footers and page numbers: what stands at one place of several pages.

    Numbers count as the same whatever they are, and a line that counts the pages runs along them. The table
    of contents is left out as well. Of a single page only what browsers print there is left out, and of pages
    that are alike only their numbers.
    """
    places: dict[str, list[tuple[int, float]]] = defaultdict(list)
    edges = [_edges(page) for page in pages]
    for number, edge in enumerate(edges):
        for line in edge:
            places[_key(line.text)].append((number, line.bottom))
    needed = 2 if len(pages) < 5 else 3
    numbered = _numbered(edges) if len(pages) > 1 else {}

    def is_running(line: Line) -> bool:
        if _PRINTED_FOOT.fullmatch(line.text) or _PRINTED_HEAD.fullmatch(line.text):
            return True
        if any(numbered.get(offset, 0) >= needed for offset in _offsets(line)):
            return True
        same = {
            number for number, bottom in places[_key(line.text)] if abs(bottom - line.bottom) <= _SAME_PLACE
        }
        return len(same) >= needed

    running = [{line for line in edge if is_running(line)} for edge in edges]
    if 2 * _letter_count(running) > _letter_count(pages):  # these pages are alike: it is their text
        running = [
            {line for line in edge if _key(line.text).strip(_BESIDE_NUMBER) == "#"} for edge in running
        ]
    return [
        [line for line in page if line not in gone and not _CONTENTS.search(line.text)]
        for page, gone in zip(pages, running, strict=True)
    ]


def _numbered(edges: Sequence[set[Line]]) -> Counter[int]:
    """Return how many pages have a line at their edge that counts the pages, by where the count begins."""
    return Counter(
        offset for edge in edges for offset in {found for line in edge for found in _offsets(line)}
    )


def _offsets(line: Line) -> set[int]:
    """Return where the count of the pages would begin, were a word of ``line`` its page's number.

    The word is its first, or its last.
    """
    words = line.text.split()
    return {int(word) - line.page for word in (words[0], words[-1]) if re.fullmatch(r"[0-9]{1,5}", word)}


def _letter_count(pages: Iterable[Iterable[Line]]) -> int:
    return sum(map(str.isalpha, "".join(line.text for line in itertools.chain.from_iterable(pages))))


def printed_address(pages: Sequence[Sequence[Line]]) -> str | None:
    """Return the address that a browser printed below each page, where it did."""
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
