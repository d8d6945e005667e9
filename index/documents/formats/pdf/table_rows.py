"""Which lines of a PDF are rows of a table that has no lines: their cells stand below each other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from index.documents.formats.pdf.lines import Cell, Line

_SAME_PLACE = 2.0  # points
_FARTHEST = 4.0  # from row to row, in sizes of their letters
_NEAREST = 1.5  # a cell that goes on below its row is no farther
_PROSE_CHARS = 30  # two cells that are longer are columns of a page
_MOST_CELLS = 50  # each is held against each of the next row
_MARKER = re.compile(r"[^\w\s]|\(?\w{1,3}[.):]")  # of a point, a note, or a speech


def with_table_rows(page: Sequence[Line]) -> list[Line]:
    """Return the lines of a page, with those known that are rows of a table, or go on in one."""
    cells = [_cells_of(line) for line in page]
    rows = _rows_in(page, cells)
    found: list[Line] = []
    row: tuple[Cell, ...] = ()  # the one above, with what goes on in it
    for number, line in enumerate(page):
        if number in rows:
            found.append(replace(line, goes_on=False, cells=cells[number]))
            row = cells[number]
        elif row and _goes_on_in(row, line, page[number - 1]):
            found.append(replace(line, goes_on=True))
        else:
            found.append(replace(line, goes_on=False) if row else line)
            row = ()
    return found


def _rows_in(page: Sequence[Line], cells: Sequence[tuple[Cell, ...]]) -> set[int]:
    """Return which lines stand below others, or above: those that only go on in a row may be between."""
    rows: set[int] = set()
    above: int | None = None
    for number, line in enumerate(page):
        if above is not None and cells[number] and _is_near(page[number - 1], line):
            if _stand_below(cells[above], cells[number]):
                rows.update((above, number))
        elif above is not None and _goes_on_in(cells[above], line, page[number - 1]):
            continue
        above = number if cells[number] else None
    return rows


def _is_near(above: Line, below: Line) -> bool:
    return 0 < above.bottom - below.bottom < _FARTHEST * above.size


def _cells_of(line: Line) -> tuple[Cell, ...]:
    """Return the cells of a line; what marks the point of a list is none of its own."""
    cells = line.cells
    if len(cells) > 1 and _MARKER.fullmatch(cells[0].text):
        first = Cell(f"{cells[0].text} {cells[1].text}", cells[0].left, cells[1].right)
        cells = (first, *cells[2:])
    if len(cells) == 2 and all(len(cell.text) > _PROSE_CHARS for cell in cells):
        return ()
    return cells if 1 < len(cells) <= _MOST_CELLS else ()


def _stand_below(above: Sequence[Cell], below: Sequence[Cell]) -> bool:
    """Return whether half of the cells behind the first, of the row that has fewer, stand below others."""
    fewer, more = sorted((above[1:], below[1:]), key=len)
    aligned = sum(any(_are_aligned(cell, other) for other in more) for cell in fewer)
    return 0 < len(fewer) <= 2 * aligned


def _are_aligned(cell: Cell, other: Cell) -> bool:
    """Return whether two cells begin or end at one place, or have one middle.

    The ends of words do not count: in set lines all of them are at one place.
    """
    pairs = [(cell.left, other.left), (cell.left + cell.right, other.left + other.right)]
    if cell.text[-1].isdigit() and other.text[-1].isdigit():
        pairs.append((cell.right, other.right))
    return any(abs(one - another) <= _SAME_PLACE for one, another in pairs)


def _goes_on_in(row: Sequence[Cell], line: Line, above: Line) -> bool:
    """Return whether ``line`` is more of a cell of the ``row`` that ends with the line ``above``."""
    return (
        not line.cells
        and 0 < above.bottom - line.bottom < _NEAREST * line.size
        and any(abs(cell.left - line.left) <= _SAME_PLACE for cell in row[1:])
    )
