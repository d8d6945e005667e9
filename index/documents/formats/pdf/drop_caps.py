"""Large first letters that reach down over several lines -> the word that they begin."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import replace

from index.documents.formats.pdf.lines import Line

_CAP = re.compile(r"[\"'“‘„«‹]?[^\W\d_]")
_MOST_OF_PAGE = 20  # each is held against all lines
_LARGER = 1.8  # than the line beside it
_CAP_HEIGHT = 0.72  # of a letter's size
_APART = 1.5  # at most so far from the line beside it, in sizes of the letter
# Words that stand behind "A" and "I" where these are words themselves, and what else follows an "A".
_BEHIND_I = re.compile(
    "am|was|have|had|will|would|can|could|shall|should|must|may|might|do|did|know|knew|think|thought|believed?"
    "|saw|see|met|went|go|came|come|grew|first|never|always|often|once|still|also|remember|want|wanted|loved?"
    "|liked?|lived?|wrote|read|said|say|told|tell|took|found|felt|got|became|began|used"
)
_BEHIND_A = re.compile(
    "fter|fterwards|ll|nd|s|t|n|ny|nyone|nything|re|mong|mid|lthough|lso|nother|bout|bove|bsent|cross|gainst"
    "|lready|lways|part|pril|ugust|sk|sked|way|fric.*|meric.*|rab.*|sia.*|rmy|rt|rts|rtists?|rticle|ct|ction"
    "|ctivists?|dd|dded|ge|gency|gree.*|lbum|lmost|lone|mount|ncient|nimals?|nnual.*|nswers?|ppeal|ppl.*"
    "|pproach.*|rgu.*|rms?|rriv.*|ttacks?|ttempts?|thletes?|thens|tlanta|verage|ble|ccess|ccording|dvice"
    "|fghan.*|lger.*|llow.*|msterdam|nn|nna|nne|rgentin.*|rizona|stronomers?"
)
_VOWELS = "aeiou"


def with_drop_caps(page: Sequence[Line], known: Set[str]) -> list[Line]:
    """Return the lines of a page, each drop cap joined to the line that it begins.

    ``known`` are words of the file, in small letters; they say whether "A" and "I" are words themselves.
    """
    lines = list(page)
    caps = [line for line in page if _CAP.fullmatch(line.text)]
    for cap in caps[:_MOST_OF_PAGE]:
        if first := _first_beside(cap, lines):
            lines = _joined(lines, cap, first, known)
    return lines


def _first_beside(cap: Line, lines: Sequence[Line]) -> Line | None:
    """Return the highest of the lines that begin right of ``cap``, where these are such as a drop cap has."""
    beside = [line for line in lines if _is_beside(cap, line)]
    if len(beside) < 2:  # a drop cap reaches over two lines at least
        return None
    first = max(beside, key=lambda line: line.bottom)
    return first if first.text[0].isalpha() or first.text[0] in "'’" else None


def _is_beside(cap: Line, line: Line) -> bool:
    return (
        line is not cap
        and cap.size >= _LARGER * line.size > 0
        and -0.5 * line.size < line.left - cap.right < _APART * cap.size
        and cap.bottom - 0.5 * line.size <= line.bottom < cap.bottom + _CAP_HEIGHT * cap.size
    )


def _joined(lines: Sequence[Line], cap: Line, first: Line, known: Set[str]) -> list[Line]:
    space = " " if _is_word(cap.text[-1], first.text.split()[0], known) else ""
    found: list[Line] = []
    for line in lines:
        if line is first:
            found.append(replace(line, text=cap.text + space + line.text, left=cap.left, goes_on=False))
        elif line is not cap:
            found.append(replace(line, left=cap.left, goes_on=True) if _is_beside(cap, line) else line)
    return found


def _is_word(cap: str, word: str, known: Set[str]) -> bool:
    """Return whether ``cap`` is a word, and no beginning of the ``word`` behind it."""
    rest = word.rstrip(".,;:!?").lower()
    if cap not in ("A", "I") or not rest[0].isalpha():
        return False
    if (cap.lower() + rest) in known:
        return False
    if cap == "I":
        return bool(_BEHIND_I.fullmatch(rest))
    return rest in known or not (rest[0] in _VOWELS or _BEHIND_A.fullmatch(rest))
