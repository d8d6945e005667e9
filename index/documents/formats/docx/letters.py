"""A paragraph of a Word document -> its words, as a reader sees them when all changes are accepted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from index.documents.formats.docx.package import MC, M, W
from index.documents.formats.docx.styles import Styles, style_of, value_of
from index.documents.formats.pieces import LEAST_RAISED, Piece
from index.documents.formats.symbols import seen_char, seen_text

_LETTERS = frozenset([f"{W}t", f"{M}t"])
_MARKS = {f"{W}tab": " ", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
_SKIPPED = frozenset(
    f"{W}{name}" for name in ("del", "moveFrom", "pPr", "rPr", "txbxContent", "rt", "rubyPr")
)
TEXT_BOX = f"{W}txbxContent"
_NOTE_MARKS = (f"{W}footnoteReference", f"{W}endnoteReference")
_OF_MATH = {f"{M}sup": "super", f"{M}sub": "sub"}
_SCRIPTS = {"superscript": "super", "subscript": "sub"}


def pieces_of(paragraph: Any, styles: Styles) -> Iterator[Piece]:
    """Yield the pieces of ``paragraph``, without text boxes and what is deleted, hidden or struck out."""
    return _pieces(paragraph, style_of(paragraph), None, "", styles)


def text_boxes(element: Any) -> Iterator[Any]:
    """Yield the text boxes below ``element``, each once."""
    for child in _children(element):
        if child.tag == TEXT_BOX:
            yield child
        elif child.tag not in _SKIPPED:
            yield from text_boxes(child)


def shown_branch(alternatives: Any) -> Any:
    """Return the first of several ways to show the same that has words; None where none has."""
    branches = (branch for branch in alternatives if branch.tag in (f"{MC}Choice", f"{MC}Fallback"))
    return next(
        (branch for branch in branches if any(letters.text for letters in branch.iter(*_LETTERS))), None
    )


def _children(element: Any) -> Iterator[Any]:
    for child in element:
        if child.tag != f"{MC}AlternateContent":
            yield child
        elif (branch := shown_branch(child)) is not None:
            yield from _children(branch)


def _pieces(element: Any, style: str | None, run: Any, script: str, styles: Styles) -> Iterator[Piece]:
    for child in _children(element):
        if child.tag in _SKIPPED:
            continue
        if child.tag in _LETTERS:
            yield Piece(seen_text(child.text or "", _font_of(run)), script)
        elif child.tag in _MARKS:
            yield Piece(_MARKS[child.tag])
        elif child.tag == f"{W}sym":
            yield Piece(_symbol(child), script)
        elif child.tag == f"{W}r":
            if _is_unread(child, style, styles):
                yield Piece("", "struck")
            else:
                place = script or _place_of(child, style, styles)
                yield from _pieces(child, style, child, place, styles)
        else:
            if child.tag == f"{M}den":
                yield Piece("/", script)
            yield from _pieces(child, style, run, _OF_MATH.get(child.tag, script), styles)


def _is_unread(run: Any, style: str | None, styles: Styles) -> bool:
    """Return whether ``run`` is hidden, struck out, or the mark of a note."""
    if any(run.find(mark) is not None for mark in _NOTE_MARKS):
        return True
    return any(styles.look(run, style, name) for name in ("vanish", "strike", "dstrike"))


def _place_of(run: Any, style: str | None, styles: Styles) -> str:
    if place := _SCRIPTS.get(styles.look(run, style, "vertAlign") or ""):
        return place
    raised = styles.look(run, style, "position") or ""
    if len(raised.lstrip("-")) > 3 or not raised.lstrip("-").isdecimal() or abs(int(raised)) < LEAST_RAISED:
        return ""
    return "super" if int(raised) > 0 else "sub"


def _font_of(run: Any) -> str | None:
    fonts = None if run is None else run.find(f"{W}rPr/{W}rFonts")
    return None if fonts is None else fonts.get(f"{W}ascii")


def _symbol(element: Any) -> str:
    try:
        code = int(element.get(f"{W}char", ""), 16)
        return seen_char(code, element.get(f"{W}font"))
    except (ValueError, OverflowError):
        return ""


def is_mark_deleted(paragraph: Any) -> bool:
    """Return whether the end of ``paragraph`` was deleted, or moved away: then the next one goes on in it."""
    properties = paragraph.find(f"{W}pPr/{W}rPr")
    return properties is not None and any(
        value_of(properties, name) is not None for name in ("del", "moveFrom")
    )
