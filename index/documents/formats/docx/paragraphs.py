"""The body of a Word document -> its paragraphs and the rows of its tables, in order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from index.documents.formats.docx.letters import (
    is_mark_deleted,
    pieces_of,
    shown_branch,
    text_boxes,
)
from index.documents.formats.docx.package import MC, W
from index.documents.formats.docx.styles import Styles, value_of
from index.documents.formats.pieces import Piece, text_of
from index.documents.formats.styles import Paragraph, in_row

_INTO = frozenset(f"{W}{name}" for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"))
_MOST_CHARS = 200  # a longer cell is layout, and its text would be there several times


def paragraphs(parent: Any, styles: Styles) -> Iterator[Paragraph]:
    """Yield kind and text of each paragraph and table row below ``parent``, in order, without empty ones."""
    pieces: list[Piece] = []
    boxes: list[Any] = []
    for element in _elements(parent):
        if element.tag == f"{W}p":
            pieces += pieces_of(element, styles)
            boxes += text_boxes(element)
            if is_mark_deleted(element):
                continue
            if text := text_of(pieces):
                yield styles.kind_of(element), text
        else:
            if text := text_of(pieces):
                yield "text", text
            yield from _rows(element, styles)
        for box in boxes:
            yield from paragraphs(box, styles)
        pieces, boxes = [], []
    if text := text_of(pieces):
        yield "text", text
    for box in boxes:
        yield from paragraphs(box, styles)


def _elements(parent: Any) -> Iterator[Any]:
    """Yield the paragraphs and tables of ``parent``, also within what only wraps them."""
    for element in parent:
        if element.tag in (f"{W}p", f"{W}tbl"):
            yield element
        elif element.tag in _INTO:
            yield from _elements(element)
        elif element.tag == f"{MC}AlternateContent" and (branch := shown_branch(element)) is not None:
            yield from _elements(branch)


def _rows(table: Any, styles: Styles) -> Iterator[Paragraph]:
    spanning: dict[int, list[Paragraph]] = {}  # by column, what spans rows
    for row in table.iter(f"{W}tr"):
        if _nearest(row, "tbl") is table and row.find(f"{W}trPr/{W}del") is None:
            yield from in_row(list(_cells(row, styles, spanning)))


def _cells(row: Any, styles: Styles, spanning: dict[int, list[Paragraph]]) -> Iterator[list[Paragraph]]:
    column = 0
    for cell in row.iter(f"{W}tc"):
        if _nearest(cell, "tr") is not row or cell.find(f"{W}tcPr/{W}cellDel") is not None:
            continue
        found = list(paragraphs(cell, styles))
        span = value_of(cell, f"tcPr/{W}vMerge")
        if span in ("1", "continue"):
            found = found or spanning.get(column, [])
        else:
            is_short = sum(len(text) for _, text in found) <= _MOST_CHARS
            spanning[column] = found if span == "restart" and is_short else []
        yield found
        width = value_of(cell, f"tcPr/{W}gridSpan") or "1"
        column += int(width) if width.isdecimal() and len(width) < 4 else 1


def _nearest(element: Any, name: str) -> Any:
    return next(element.iterancestors(f"{W}{name}"), None)
