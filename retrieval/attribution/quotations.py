"""Direct speech: where a text has quotation marks, and what stands inside them. Pure.

Known are "…", “…”, ”…”, „…“, „…”, «…», »…«, ‹…›, ‘…’, '…', ``…'', 「…」 and 『…』. A mark that only an
apostrophe or an inch can be opens nothing. What stands inside another quotation belongs to it.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from index.text import paragraph_starts

_CLOSERS = {
    '"': '"', "“": "”", "”": "”", "„": "“”", "«": "»", "»": "«", "‹": "›", "‘": "’", "'": "'", "‚": "‘’",
    "「": "」", "『": "』", "``": "''",
}  # fmt: skip
_MARK = re.compile(r"``|''|[\"“”„«»‹›‘’'‚「」『』]")
_SINGLE = frozenset("‘'‚")
_MIRRORED = frozenset("”»")  # opens only where nothing else makes sense
_BEFORE = frozenset("([{—–-/:;,|>*_¿¡…")  # what may come right before an opening mark, besides white space
_CLIPPED = re.compile(r"['‘](?:\d|(?:em|til|tis|twas|cause|n|round|bout|cos|cuz)\b)", re.IGNORECASE)
_NEAR = 60  # marks examined to tell a nested quotation from a forgotten end or an apostrophe
_LONGEST_SINGLE = 3000  # characters between single marks; a closing one is sought no further


@dataclass(frozen=True, slots=True)
class Quotation:
    """The words inside a pair of marks, ``start`` to ``end``, and the marks around them."""

    start: int
    end: int
    opens: int  # where its opening mark begins
    closes: int  # behind its closing mark; where its paragraph ends, if it has none
    goes_on: bool  # it goes on with the one before it, whose paragraph ended without a mark


def find_quotations(text: str) -> list[Quotation]:
    """Return the quotations of ``text`` in order; none holds another.

    One that runs over paragraphs is returned as a piece for each paragraph. One without a closing mark ends
    with its paragraph, or before the next mark that opens.
    """
    found: list[Quotation] = []
    unclosed = ""
    for start, end in paragraphs(text):
        for quotation, mark, is_closed in _of_paragraph(text, start, end, unclosed):
            found.append(quotation)
            unclosed = "" if is_closed else mark
        if not (found and found[-1].closes == end):
            unclosed = ""
    return [quotation for quotation in found if any(map(str.isalnum, text[quotation.start : quotation.end]))]


def paragraphs(text: str) -> list[tuple[int, int]]:
    """Return the spans of the paragraphs of ``text``, without the white space at their ends."""
    starts = paragraph_starts(text)
    return [
        (start, start + len(text[start:end].rstrip()))
        for start, end in itertools.pairwise([*starts, len(text)])
    ]


def _of_paragraph(text: str, start: int, end: int, unclosed: str) -> Iterator[tuple[Quotation, str, bool]]:
    """Yield each quotation, the mark that opens it, and whether it is closed."""
    marks = [(found.start(), found[0]) for found in _MARK.finditer(text, start, end)]
    number = 0
    while number < len(marks):
        place, mark = marks[number]
        if not _opens(text, start, end, place, mark):
            number += 1
            continue
        goes_on = bool(unclosed) and place == start and mark == unclosed
        closing = _closing(text, start, end, marks, number)
        if closing is None and mark in _SINGLE and not (place == start and _is_reopened(text, end, mark)):
            number += 1  # an apostrophe
            continue
        if closing is None:
            stop, behind, number, is_closed = _without_end(text, end, marks, number)
        else:
            stop, number, is_closed = marks[closing][0], closing + 1, True
            behind = stop + len(marks[closing][1])
        unclosed = "" if is_closed else mark
        yield Quotation(*_inside(text, place + len(mark), stop), place, behind, goes_on), mark, is_closed


def _inside(text: str, start: int, stop: int) -> tuple[int, int]:
    inside = text[start:stop]
    first = start + len(inside) - len(inside.lstrip())
    return first, max(first, start + len(inside.rstrip()))


def _opens(text: str, start: int, end: int, place: int, mark: str) -> bool:
    if mark not in _CLOSERS or place + len(mark) >= end:
        return False
    before = text[place - 1] if place > start else " "
    after = text[place + len(mark)]
    if mark in ("«", "‹", "„", "「", "『", "“", "``"):
        return mark != "“" or not before.isalnum() or not after.isspace()
    free = before.isspace() or before in _BEFORE or (before in "\"“‘'" and mark in _SINGLE)
    if mark in _SINGLE:
        return free and not after.isspace() and not _CLIPPED.match(text, place, end)
    if mark in _MIRRORED:
        return free and not after.isspace()
    return (free and not after.isspace()) or (mark == '"' and place == start)


def _closing(text: str, start: int, end: int, marks: list[tuple[int, str]], opened: int) -> int | None:
    """Return the number of the mark that closes the one numbered ``opened``; None where none does."""
    _, mark = marks[opened]
    if mark in _SINGLE:
        return _closing_single(text, end, marks, opened)
    depth = 1
    nests = _is_balanced(text, start, end, marks[opened : opened + _NEAR], mark)
    for number in range(opened + 1, len(marks)):
        at, other = marks[number]
        if other in (_CLOSERS[mark] if len(mark) == 1 else [_CLOSERS[mark]]):
            if other == mark and _looks_opening(text, start, end, at, other):
                if not nests:
                    return None
                depth += 1
                continue
            depth -= 1
            if depth == 0:
                return number
        elif other == mark:
            if not nests or text[max(start, at - 1) : at] == "\n":
                return None
            depth += 1
    return None


def _is_balanced(text: str, start: int, end: int, marks: list[tuple[int, str]], mark: str) -> bool:
    """Return whether as many marks close as open, so that an inner one is nested rather than forgotten."""
    closers = _CLOSERS[mark]
    if closers == mark:
        own = [place for place, other in marks if other == mark]
        opening = sum(_looks_opening(text, start, end, place, mark) for place in own)
        return 2 * opening == len(own)
    return sum(other == mark for _, other in marks) == sum(other in closers for _, other in marks)


def _looks_opening(text: str, start: int, end: int, place: int, mark: str) -> bool:
    before = text[place - 1] if place > start else " "
    after = text[place + len(mark)] if place + len(mark) < end else " "
    return (before.isspace() or before in "([") and after.isalnum()


def _closing_single(text: str, end: int, marks: list[tuple[int, str]], opened: int) -> int | None:
    """Return the number of the mark that closes a single one, which an apostrophe may seem to; else None."""
    place, mark = marks[opened]
    likely: int | None = None
    for number in range(opened + 1, min(len(marks), opened + _NEAR)):
        at, other = marks[number]
        if at - place > _LONGEST_SINGLE:
            break
        if other == mark and other != "'" and text[at - 1].isspace():
            return likely  # the next one opens
        if other not in _CLOSERS[mark] or text[at - 1].isspace():
            continue
        after = text[at + 1] if at + 1 < end else " "
        if after.isalnum():
            continue
        if text[at - 1] not in "sS" or not after.isspace():
            return number
        following = text[at + 1 : at + 3].strip()
        if at + 1 >= end or (likely is None and not following.islower()):
            return number if likely is None else likely
        likely = number if likely is None else likely  # may be a plural's apostrophe: the players' union
    return likely


def _is_reopened(text: str, end: int, mark: str) -> bool:
    """Return whether the paragraph behind ``end`` begins with ``mark``."""
    place = end
    while place < len(text) and text[place].isspace():
        place += 1
    return text.startswith(mark, place) and place > end


def _without_end(
    text: str, end: int, marks: list[tuple[int, str]], opened: int
) -> tuple[int, int, int, bool]:
    """Return where an unclosed quotation stops, what follows it, the next mark, and whether it ends there."""
    _, mark = marks[opened]
    for number in range(opened + 1, len(marks)):
        at, other = marks[number]
        before = text[at - 1]
        if other == mark and (before.isspace() or before in "(["):
            return at, at, number, before != "\n"
    return end, end, len(marks), False
