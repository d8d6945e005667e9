"""A cell of a table that spans several rows stands in each of them, so that a row can be quoted by itself."""

from __future__ import annotations

from collections import deque
from copy import deepcopy
from typing import Any

_MOST_COPIES = 1_000  # of all cells of a page together
_MOST_CHARS = 200  # a longer cell is layout, and its text would be there several times
_PARTS = frozenset(["thead", "tbody", "tfoot"])
_CELLS = frozenset(["td", "th"])

_Spanning = dict[int, tuple[int, Any]]
"""Cells from the rows above by the column that they begin in, each with the rows that it goes on for."""


def repeat_spanning_cells(root: Any) -> None:
    """Change the tree below ``root``, in place: spanning cells stand in each of their rows."""
    copies = 0
    for table in root.iter("table"):
        spanning: _Spanning = {}
        for part in [table, *(part for part in table if part.tag in _PARTS)]:
            for row in part.iterchildren("tr"):
                copies += len(spanning)
                if copies > _MOST_COPIES:
                    return
                spanning = _fill(row, spanning)


def _fill(row: Any, spanning: _Spanning) -> _Spanning:
    """Put the cells that are ``spanning`` into ``row``; return those that go on below it."""
    given = deque(cell for cell in row if cell.tag in _CELLS)
    below: _Spanning = {}
    column = 0
    before = None
    while given or column in spanning:
        if column in spanning:
            left, above = spanning[column]
            cell = deepcopy(above)
            cell.tail = None
            if before is None:
                row.insert(0, cell)
            else:
                before.addnext(cell)
        else:
            cell = given.popleft()
            left = _number(cell, "rowspan") if len("".join(cell.itertext())) <= _MOST_CHARS else 1
        if left > 1:
            below[column] = (left - 1, cell)
        before = cell
        column += _number(cell, "colspan")
    return below


def _number(cell: Any, name: str) -> int:
    said = (cell.get(name) or "").strip()
    return max(1, int(said)) if said.isascii() and said.isdigit() and len(said) <= 4 else 1
