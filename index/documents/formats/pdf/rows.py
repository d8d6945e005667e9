"""The rows of a PDF's page, with what is raised or lowered in them written as plain text has it."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import Any

from index.documents.formats.pdf.characters import chars_of, height_of, loose_box, size_of, usual_size_of
from index.documents.formats.scripts import subscript, superscript

Span = tuple[int, int]
"""Start and end among the characters of a page."""

_MARKS = frozenset("0123456789*†‡")  # by which a raised or lowered run is found
_SMALLER = 0.95  # than the letters of its row
_RAISED = 0.15  # at least, in sizes of these
_LOWERED = 0.06
_FARTHEST = 1.0
_BESIDE = 0.8  # at most between pieces of one row
_ABOVE = 0.6  # at most, a piece of one row over another
_SPACE = 0.15
_LARGE = 1.8  # a drop cap is, against the letters beside it
_MOST_OF_CAP = 2  # characters: with a mark before it
_AROUND = 40
_LOOKED_AT = 20


def rows_of(textpage: Any) -> tuple[list[str], list[Span]]:
    """Return the characters of a page and its rows, without those that say nothing.

    PDFium begins a new line where something is raised: such pieces are one row again. What a raised or
    lowered run becomes stands at its first character, with nothing at the others.
    """
    chars = chars_of(textpage)
    rows: list[Span] = []
    start = 0
    for end in (*(place for place, char in enumerate(chars) if char == "\n"), len(chars)):
        if any(chars[place].strip() for place in range(start, end)):
            if rows and _is_beside(textpage, chars, rows[-1], (start, end)):
                rows[-1] = (rows[-1][0], end)
            else:
                rows.append((start, end))
        start = end + 1
    rows = [part for row in rows for part in _without_drop_cap(textpage, chars, row)]
    for row in rows:
        _write_scripts(textpage, chars, row)
    return chars, rows


def _is_beside(textpage: Any, chars: list[str], row: Span, piece: Span) -> bool:
    """Return whether ``piece`` goes on in ``row``; take out the line end between, where there is no space."""
    before, after = _last(chars, row), _first(chars, piece)
    size = max(size_of(textpage, before), size_of(textpage, after))
    gap = loose_box(textpage, after)[0] - loose_box(textpage, before)[2]
    step = abs(height_of(textpage, after) - height_of(textpage, before))
    if not -_SPACE * size < gap < _BESIDE * size:
        return False
    if step >= _ABOVE * min(size_of(textpage, before), size_of(textpage, after)):
        return False
    if gap < _SPACE * size:
        for place in range(before + 1, after):
            if chars[place] in "\r\n":
                chars[place] = ""
    return True


def _without_drop_cap(textpage: Any, chars: Sequence[str], row: Span) -> Iterator[Span]:
    """Yield ``row``, parted behind a large letter that reaches down below it, which PDFium takes for one."""
    words = itertools.islice((place for place in range(*row) if chars[place].strip()), _MOST_OF_CAP + 1)
    for before, after in itertools.pairwise(words):
        is_large = size_of(textpage, before) > _LARGE * size_of(textpage, after)
        if is_large and height_of(textpage, before) < height_of(textpage, after) - _SPACE:
            yield row[0], after
            yield after, row[1]
            return
    yield row


def _first(chars: Sequence[str], row: Span) -> int:
    return next(place for place in range(*row) if chars[place].strip())


def _last(chars: Sequence[str], row: Span) -> int:
    return next(place for place in range(row[1] - 1, row[0] - 1, -1) if chars[place].strip())


def foot_of(textpage: Any, words: Sequence[int], size: float) -> float:
    """Return how high a row is written: that of its first letter that is not raised or lowered."""
    written = (place for place in words[:_LOOKED_AT] if size_of(textpage, place) == size)
    return height_of(textpage, next(written, words[0]))


def _write_scripts(textpage: Any, chars: list[str], row: Span) -> None:
    """Write in ``chars`` what the raised and lowered runs of ``row`` become."""
    if _MARKS.isdisjoint(chars[row[0] : row[1]]):
        return
    words = [place for place in range(*row) if chars[place].strip()]
    size = usual_size_of(textpage, words)
    foot = foot_of(textpage, words, size)
    for (start, end), is_raised in list(_runs(textpage, chars, row, size, foot)):
        before = "".join(chars[max(row[0], start - _AROUND) : start])
        after = "".join(chars[end : min(row[1], end + _AROUND)])
        write = superscript if is_raised else subscript
        run = "".join(chars[start:end])
        # At the beginning of a row it is the number of a note, or belongs to the row above: it is set apart.
        written = write(run, before, after) if before.strip() else f"{run} "
        chars[start:end] = [written, *[""] * (end - start - 1)]


def _runs(
    textpage: Any, chars: Sequence[str], row: Span, size: float, foot: float
) -> Iterator[tuple[Span, bool]]:
    """Yield the runs of characters with a mark among them that are raised, or lowered, and which it is."""
    place = row[0]
    while place < row[1]:
        side = _side(textpage, place, size, foot) if chars[place] in _MARKS else 0
        if not side:
            place += 1
            continue
        start, end = place, place + 1
        while start > row[0] and chars[start - 1].strip() and _side(textpage, start - 1, size, foot) == side:
            start -= 1
        while end < row[1] and chars[end].strip() and _side(textpage, end, size, foot) == side:
            end += 1
        yield (start, end), side > 0
        place = end


def _side(textpage: Any, place: int, size: float, foot: float) -> int:
    """Return 1 for a character that is raised, -1 for one that is lowered, 0 for others."""
    if not size or size_of(textpage, place) > _SMALLER * size:
        return 0
    height = (height_of(textpage, place) - foot) / size
    return int(_RAISED < height < _FARTHEST) - int(-_FARTHEST < height < -_LOWERED)
