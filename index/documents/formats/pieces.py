"""Pieces of a word processor's paragraph, each with its place to the line -> the text of the paragraph."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from index.documents.formats.scripts import subscript, superscript

LEAST_RAISED = 4
"""Half points by which a number stands above or below the line, when it is meant to."""
_AROUND = 40  # letters on either side that decide what a raised number is


class Piece(NamedTuple):
    """Words, and where they stand: "" on the line, "super" above it, "sub" below it, "struck" nowhere."""

    text: str
    place: str = ""


def text_of(pieces: Iterable[Piece]) -> str:
    """Return the text of a paragraph of ``pieces``; where words are struck out, one space stands for two."""
    runs = _runs(pieces)
    words: list[str] = []
    before = ""
    is_after_gap = False
    for number, (text, place) in enumerate(runs):
        if place == "struck":
            is_after_gap = True
            continue
        if is_after_gap and before.endswith(" "):
            text = text.lstrip(" ")
        if place:
            text = _scripted(text, place, before, _after(runs, number))
        is_after_gap &= not text
        words.append(text)
        before = (before + text)[-_AROUND:]
    return "".join(words).strip()


def _runs(pieces: Iterable[Piece]) -> list[Piece]:
    """Return ``pieces`` with those in a row joined that stand at one place: programs part them anywhere."""
    parts = (
        Piece("".join(text for text, _ in group), place)
        for place, group in itertools.groupby(
            (piece for piece in pieces if any(piece)), lambda piece: piece.place
        )
    )
    return list(parts)


def _scripted(text: str, place: str, before: str, after: str) -> str:
    mark = text.strip()
    if not mark:
        return text
    start = text.index(mark)
    seen = superscript(mark, before, after) if place == "super" else subscript(mark, before, after)
    return text[:start] + seen + text[start + len(mark) :]


def _after(runs: Sequence[Piece], number: int) -> str:
    after = ""
    for text, place in (runs[near] for near in range(number + 1, min(number + _AROUND, len(runs)))):
        after += "" if place == "struck" else text[:_AROUND]
        if len(after) >= _AROUND:
            break
    return after
