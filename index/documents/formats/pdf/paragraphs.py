"""The lines of a PDF -> its paragraphs and headings, as they were before they were set in lines and pages."""

from __future__ import annotations

import itertools
import re
import statistics
from collections import defaultdict
from collections.abc import Iterator, Sequence, Set

from index.documents.formats.blocks import Block
from index.documents.formats.pdf.drop_caps import with_drop_caps
from index.documents.formats.pdf.line_ends import (
    DASHES,
    LINE_END_HYPHENS,
    goes_on_behind_dash,
    joined,
    known_words,
)
from index.documents.formats.pdf.lines import Line, usual_size
from index.documents.formats.pdf.table_rows import with_table_rows

_BULLET = re.compile(r"[•‣▪●○◦■□▫◆❖∙·►▶➢➤✓✔–—*-]\s+\S")
_NUMBERED = re.compile(r"\(?(?:\d{1,3}|[a-z])[.)]\s+\S")
_ENDED = frozenset('.!?:…"”’»)')
_HEADING_CHARS = 200
_LARGER = 1.12
_SMALLER = 0.92
_SENTENCE_WORDS = 6  # a heading that ends with a full stop has fewer


def paragraphs_of(pages: Sequence[Sequence[Line]], titles: Set[str] = frozenset()) -> list[Block]:
    """Return the blocks of the ``pages``, with the place where each page begins.

    ``titles`` are headings that the file names itself. A paragraph that a page or column ends goes on behind
    it; notes at the foot of that page come before it.
    """
    known = known_words(pages)
    pages = [with_table_rows(with_drop_caps(page, known)) for page in pages]
    usual = usual_size(pages)
    leading = _usual_leading(pages)
    rights = _column_rights(pages)
    groups: list[list[Line]] = []
    for page in pages:
        body, notes = _part_notes(page, usual)
        _group(body, groups, rights, leading)
        if notes:
            open_ended = groups.pop() if body and not _has_ended(groups[-1]) else None
            groups.append([notes[0]])
            _group(notes[1:], groups, rights, leading)
            groups.extend([open_ended] if open_ended else [])
    return list(_blocks(groups, usual, titles, known, len(pages)))


def largest_line(pages: Sequence[Sequence[Line]]) -> str | None:
    """Return the largest line of the first page, with those in a row that are as large: its title.

    None where nothing there is larger than the text of the file, or is as long as a paragraph.
    """
    page = [line for line in pages[0] if sum(map(str.isalpha, line.text)) > 1] if pages else []
    largest = max((line.size for line in page), default=0.0)
    if largest <= _LARGER * usual_size(pages):
        return None
    rows = itertools.dropwhile(lambda line: line.size < largest, page)
    title = " ".join(line.text for line in itertools.takewhile(lambda line: line.size == largest, rows))
    return title if len(title) <= _HEADING_CHARS else None


def _group(
    lines: Sequence[Line], groups: list[list[Line]], rights: dict[Line, float], leading: float
) -> None:
    """Put each of ``lines`` into the last of ``groups``, or into a new one after it."""
    for line in lines:
        if groups and _goes_on(groups[-1], line, rights, leading):
            groups[-1].append(line)
        else:
            groups.append([line])


def _part_notes(page: Sequence[Line], usual: float) -> tuple[list[Line], list[Line]]:
    """Return the page without the small lines at its foot, and these lines."""
    end = len(page)
    while end and page[end - 1].size < _SMALLER * usual:
        end -= 1
    return (list(page), []) if end == 0 else (list(page[:end]), list(page[end:]))


def _usual_leading(pages: Sequence[Sequence[Line]]) -> float:
    """Return the usual distance from line to line, in sizes of their letters."""
    steps = [
        (above.bottom - below.bottom) / above.size
        for page in pages
        for above, below in itertools.pairwise(page)
        if above.size
        and abs(above.size - below.size) < 0.1
        and 0 < above.bottom - below.bottom < 3 * above.size
    ]
    return statistics.median(steps) if steps else 1.2


def _column_rights(pages: Sequence[Sequence[Line]]) -> dict[Line, float]:
    """Return where the column of each line ends: as far right as one in ten of its lines reaches."""
    found: dict[Line, float] = {}
    for page in pages:
        column: list[Line] = []
        for line in page:
            if column and line.bottom > column[-1].bottom + column[-1].size:
                found.update(_rights_in(column))
                column = []
            column.append(line)
        found.update(_rights_in(column))
    return found


def _rights_in(column: Sequence[Line]) -> dict[Line, float]:
    by_size: dict[float, list[float]] = defaultdict(list)
    for line in column:
        by_size[line.size].append(line.right)
    ends = {size: sorted(rights)[-1 - len(rights) // 10] for size, rights in by_size.items()}
    return {line: ends[line.size] for line in column}


def _goes_on(group: Sequence[Line], line: Line, rights: dict[Line, float], leading: float) -> bool:
    """Return whether ``line`` belongs to the paragraph of the lines in ``group``."""
    above = group[-1]
    if line.goes_on is not None and line.page == above.page:
        return line.goes_on
    if abs(above.size - line.size) > 0.08 * above.size or above.is_bold != line.is_bold:
        return False
    if _BULLET.match(line.text) and not _is_aside(group, line, rights):
        return False
    if above.text[-1] in LINE_END_HYPHENS or goes_on_behind_dash(above.text, line.text):
        return True
    step = above.bottom - line.bottom
    if line.page != above.page or step < -above.size:  # another page or column
        return line.text[0].islower() or (not _has_ended(group) and _is_full(above, line, rights))
    if step < 0.3 * above.size:  # beside it, in one row
        return step > -0.3 * above.size and line.left >= above.right - above.size
    if step > 1.25 * leading * above.size:
        return False
    indent = line.left - (above.left if len(group) == 1 else min(other.left for other in group[1:9]))
    if indent > 0.6 * line.size and not (len(group) == 1 and _BULLET.match(above.text)):
        return False
    return _is_full(above, line, rights)


def _is_aside(group: Sequence[Line], line: Line, rights: dict[Line, float]) -> bool:
    """Return whether the dash at which ``line`` begins is one within a sentence, and no bullet."""
    return (
        line.text[0] in DASHES
        and line.text[2].islower()
        and abs(line.left - group[-1].left) < 1
        and not _BULLET.match(group[0].text)
        and not _has_ended(group)
        and _is_full(group[-1], line, rights)
    )


def _is_full(above: Line, line: Line, rights: dict[Line, float]) -> bool:
    """Return whether the first word of ``line`` would not have fitted behind ``above``.

    Then the text was cut there.
    """
    first = line.text.split(maxsplit=1)[0]
    width = (line.right - line.left) / max(1, len(line.text)) * (len(first) + 1)
    return above.right + width > rights[above] - 0.5 * above.size


def _has_ended(group: Sequence[Line]) -> bool:
    """Return whether the paragraph ends as paragraphs do."""
    return group[-1].text[-1] in _ENDED or group[-1].is_bold


def _blocks(
    groups: Sequence[Sequence[Line]], usual: float, titles: Set[str], known: Set[str], page_count: int
) -> Iterator[Block]:
    begun = 0  # how many pages have begun
    in_list = _large_lists(groups, usual)
    for number, group in enumerate(groups):
        text = ""
        starts: list[int] = []
        for line in group:
            text = joined(text, line.text, known)
            place = len(text) - len(line.text)
            starts.extend(place for _ in range(begun, line.page + 1))
            begun = max(begun, line.page + 1)
        is_text = number in in_list or group[0].is_row
        is_heading = text in titles or (not is_text and _is_heading(group, text, usual))
        yield Block(text, is_heading, tuple(starts))
    yield Block("", pages=(0,) * (page_count - begun))


def _large_lists(groups: Sequence[Sequence[Line]], usual: float) -> set[int]:
    """Return which of ``groups`` are points of a slide: large as headings are, but several in a row.

    Two in a row are, where one has a bullet or a number, else three.
    """
    found: set[int] = set()
    runs = itertools.groupby(
        enumerate(groups), lambda numbered: (numbered[1][0].page, round(numbered[1][0].size, 1))
    )
    for (_, size), run in runs:
        numbers, points = zip(*run, strict=True)
        texts = [point[0].text for point in points]
        marked = any(_BULLET.match(text) or _NUMBERED.match(text) for text in texts)
        if size > _LARGER * usual and len(points) >= (2 if marked else 3):
            found.update(numbers)
    return found


def _is_heading(group: Sequence[Line], text: str, usual: float) -> bool:
    if len(text) > _HEADING_CHARS or not any(map(str.isalpha, text)) or _BULLET.match(text):
        return False
    if all(line.size > _LARGER * usual for line in group):
        return text[-1] != "." or len(text.split()) < _SENTENCE_WORDS
    return len(group) == 1 and group[0].is_bold and text[-1] not in ".!?:;,"
