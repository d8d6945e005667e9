"""Numbers of lines in the margins of a PDF, as manuscripts and laws have them."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.documents.formats.pdf.lines import Cell, Line

_SAME_PLACE = 2.0  # points
_MOST_DIGITS = 5
_LEAST_COUNT = 4
_STEPS = {1, 2, 5, 10}
_BROKEN_OFF = 0.25  # of the numbered lines begin in small letters: these are no points of a list
_WIDE = 0.5  # as the widest line, half of the numbered ones are: these are no rows of a table
_EVEN = 0.6  # of the numbers are as near to the next as any: these are no verses


@dataclass(frozen=True, slots=True)
class _Number:
    value: int
    line: Line  # that it stands in, or that it is
    place: Cell

    def beside(self) -> Line | None:
        """Return its line without it; None where it stands alone."""
        cells = self.line.cells
        if not cells:
            return None
        if self.place is cells[0]:
            text, kept = self.line.text[len(self.place.text) :], cells[1:]
        else:
            text, kept = self.line.text[: -len(self.place.text)], cells[:-1]
        return replace(
            self.line,
            text=text.strip(),
            left=kept[0].left,
            right=kept[-1].right,
            cells=kept if len(kept) > 1 else (),
        )


def without_line_numbers(page: Sequence[Line]) -> list[Line]:
    """Return the lines of a page without the numbers that count them in a margin."""
    gone: dict[Line, _Number] = {}
    for side in (0, -1):
        numbers = [number for line in page if (number := _number_in(line, side))]
        for column in _columns(numbers):
            if _counts_lines(column, page, side):
                gone.update((number.line, number) for number in column)
    kept = (gone[line].beside() if line in gone else line for line in page)
    return [line for line in kept if line]


def _number_in(line: Line, side: int) -> _Number | None:
    cell = line.cells[side] if line.cells else Cell(line.text, line.left, line.right)
    if not (cell.text.isascii() and cell.text.isdigit() and len(cell.text) <= _MOST_DIGITS):
        return None
    return _Number(int(cell.text), line, cell)


def _columns(numbers: Sequence[_Number]) -> list[list[_Number]]:
    """Return the numbers that begin, or end, at one place, from the top down."""
    places: dict[tuple[str, int], list[_Number]] = defaultdict(list)
    for number in numbers:
        places["left", round(number.place.left / _SAME_PLACE)].append(number)
        places["right", round(number.place.right / _SAME_PLACE)].append(number)
    return [
        sorted(column, key=lambda number: -number.line.bottom)
        for column in places.values()
        if len(column) >= _LEAST_COUNT
    ]


def _counts_lines(column: Sequence[_Number], page: Sequence[Line], side: int) -> bool:
    """Return whether the numbers of ``column`` go up evenly beside lines of text, most of them wide."""
    pairs = list(itertools.pairwise(column))
    steps = {later.value - earlier.value for earlier, later in pairs}
    if len(steps) > 1 or not steps <= _STEPS:
        return False
    gaps = [earlier.line.bottom - later.line.bottom for earlier, later in pairs]
    if sum(gap <= min(gaps) + _SAME_PLACE for gap in gaps) < _EVEN * len(gaps):
        return False
    texts = _texts_beside(column, page, side)
    widest = max((line.right - line.left for line in page), default=0.0)
    wide = sum(text.right - text.left >= _WIDE * widest for text in texts)
    broken_off = sum(text.text[0].islower() for text in texts)
    return 2 * wide >= len(column) and broken_off >= _BROKEN_OFF * len(column)


def _texts_beside(column: Sequence[_Number], page: Sequence[Line], side: int) -> list[Line]:
    """Return the text beside each number, on the side where the page is."""
    numbered = {number.line for number in column}
    heights = {round(line.bottom / _SAME_PLACE): line for line in page if line not in numbered}
    found: list[Line] = []
    for number in column:
        height = round(number.line.bottom / _SAME_PLACE)
        near = (heights.get(height + step) for step in (0, -1, 1))
        text = number.beside() or next((line for line in near if line), None)
        if text and (text.left >= number.place.right if side == 0 else text.right <= number.place.left):
            found.append(text)
    return found
