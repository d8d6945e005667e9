"""What somebody filled into a PDF: the values of its form, and notes typed onto its pages."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import pypdfium2.raw as pdfium

from index.documents.formats.pdf.lines import Cell, Line
from index.documents.normalize import normal_form

_MOST_OF_PAGE = 500  # each is held against all lines
_VALUE_BYTES = 1 << 18
_LETTER_FOOT = 0.3  # of a letter's size, above the foot of its line
_OVERLAP = 3.0  # points
_UNSEEN = pdfium.FPDF_ANNOT_FLAG_HIDDEN | pdfium.FPDF_ANNOT_FLAG_NOVIEW
_BOXES = {pdfium.FPDF_FORMFIELD_CHECKBOX, pdfium.FPDF_FORMFIELD_RADIOBUTTON}
_CHOICES = {pdfium.FPDF_FORMFIELD_COMBOBOX, pdfium.FPDF_FORMFIELD_LISTBOX}
_LABEL_ENDS = ":_…"
_TICKS = ("☒", "☐")
_NEAR = 40.0  # points


@dataclass(frozen=True, slots=True)
class Field:
    """The value of a form field and where it stands, in points from the lower left corner of the page."""

    text: str
    left: float
    bottom: float
    right: float
    top: float
    is_note: bool = False  # typed onto the page, and in no field of its form


def read_fields(page: Any, form: Any) -> list[Field]:
    """Return what was filled in on a page; ``form`` is the document's, None where it has none."""
    found: list[Field] = []
    for number in range(min(pdfium.FPDFPage_GetAnnotCount(page), _MOST_OF_PAGE)):
        annotation = pdfium.FPDFPage_GetAnnot(page, number)
        if not annotation:
            continue
        is_note = pdfium.FPDFAnnot_GetSubtype(annotation) == pdfium.FPDF_ANNOT_FREETEXT
        text = _note(annotation) if is_note else _value(annotation, form)
        if text and not pdfium.FPDFAnnot_GetFlags(annotation) & _UNSEEN:
            box = pdfium.FS_RECTF()
            pdfium.FPDFAnnot_GetRect(annotation, box)
            found.append(Field(text, box.left, box.bottom, box.right, box.top, is_note))
        pdfium.FPDFPage_CloseAnnot(annotation)
    return found


def _note(annotation: Any) -> str:
    return _string(partial(pdfium.FPDFAnnot_GetStringValue, annotation, b"Contents"))


def _value(annotation: Any, form: Any) -> str:
    """Return what stands in a field; nothing where it is empty, or a secret."""
    if form is None or pdfium.FPDFAnnot_GetSubtype(annotation) != pdfium.FPDF_ANNOT_WIDGET:
        return ""
    kind = pdfium.FPDFAnnot_GetFormFieldType(form, annotation)
    if kind in _BOXES:
        return _TICKS[0 if pdfium.FPDFAnnot_IsChecked(form, annotation) else 1]
    if kind in _CHOICES and (chosen := ", ".join(_chosen(annotation, form))):
        return chosen
    is_secret = pdfium.FPDFAnnot_GetFormFieldFlags(form, annotation) & pdfium.FPDF_FORMFLAG_TEXT_PASSWORD
    if kind not in _CHOICES and (kind != pdfium.FPDF_FORMFIELD_TEXTFIELD or is_secret):
        return ""
    return _string(partial(pdfium.FPDFAnnot_GetFormFieldValue, form, annotation))


def _chosen(annotation: Any, form: Any) -> Iterator[str]:
    for option in range(min(pdfium.FPDFAnnot_GetOptionCount(form, annotation), _MOST_OF_PAGE)):
        if pdfium.FPDFAnnot_IsOptionSelected(form, annotation, option):
            yield _string(partial(pdfium.FPDFAnnot_GetOptionLabel, form, annotation, option))


def _string(read: Callable[[Any, int], int]) -> str:
    """Return on one line what PDFium writes into a buffer: first it is asked for the size."""
    size = read(None, 0)
    if not 2 < size <= _VALUE_BYTES:
        return ""
    buffer = ctypes.create_string_buffer(size)
    read(ctypes.cast(buffer, ctypes.POINTER(pdfium.FPDF_WCHAR)), size)
    return " ".join(normal_form(buffer.raw.decode("utf-16-le", "replace").rstrip("\x00")).split())


def with_fields(page: Sequence[Line], number: int, fields: Sequence[Field]) -> list[Line]:
    """Return the lines of a page with what was filled in: in the row of its label, else below the line above.

    Notes that no label stands before come last. ``number`` is the page's, from 0.
    """
    lines = list(page)
    last: list[Line] = []
    for field in sorted(fields, key=lambda field: (-field.top, field.left)):
        beside = _line_beside(field, lines)
        if beside is not None:
            lines[beside] = _filled_in(lines[beside], field)
            _part(lines, beside)
        elif field.is_note:
            last.append(_line_of(field, number, 0.0))
        elif field.text not in _TICKS:
            place = _place_below(field, lines)
            lines.insert(place, _line_of(field, number, lines[place - 1].size if place else 0.0))
            _part(lines, place)
    return lines + last


def _line_beside(field: Field, lines: Sequence[Line]) -> int | None:
    """Return which line is the field's label; before a note only what ends as a label does."""
    rows = [
        (distance, -line.bottom, number)
        for number, line in enumerate(lines)
        if field.bottom <= line.bottom + _LETTER_FOOT * line.size <= field.top
        and (distance := _distance(field, line)) is not None
    ]
    if not rows:
        return None
    distance, _, number = min(rows)
    if distance > _NEAR and (field.text in _TICKS or _has_label_above(field, lines)):
        return None
    return number


def _distance(field: Field, line: Line) -> float | None:
    """Return how far the nearest words of a line are from a field beside them; None where no label is."""
    cells = [cell for cell in _cells_of(line) if not field.is_note or _is_label(cell, field)]
    return min((max(0.0, field.left - cell.right, cell.left - field.right) for cell in cells), default=None)


def _is_label(cell: Cell, field: Field) -> bool:
    return cell.text[-1] in _LABEL_ENDS and cell.right <= field.left + _OVERLAP


def _has_label_above(field: Field, lines: Sequence[Line]) -> bool:
    return any(
        -_OVERLAP < line.bottom - field.top < line.size and abs(line.left - field.left) < _NEAR
        for line in lines
    )


def _place_below(field: Field, lines: Sequence[Line]) -> int:
    """Return the place behind the line that stands nearest above a field."""
    above = [
        (line.bottom - field.top, -number)
        for number, line in enumerate(lines)
        if line.bottom >= field.top - _OVERLAP and line.left < field.right and line.right > field.left
    ]
    return 1 - min(above)[1] if above else 0


def _cells_of(line: Line) -> tuple[Cell, ...]:
    return line.cells or (Cell(line.text, line.left, line.right),)


def _filled_in(line: Line, field: Field) -> Line:
    cells = sorted((*_cells_of(line), Cell(field.text, field.left, field.right)), key=lambda cell: cell.left)
    is_within = field.text not in _TICKS and cells[-1].left > field.left  # of a sentence, perhaps
    return replace(
        line,
        text=" ".join(cell.text for cell in cells),
        left=cells[0].left,
        right=max(cell.right for cell in cells),
        goes_on=line.goes_on if is_within else False,
        cells=tuple(cells),
    )


def _line_of(field: Field, number: int, size: float) -> Line:
    return Line(number, field.text, field.left, field.right, field.bottom, size, goes_on=False)


def _part(lines: list[Line], place: int) -> None:
    """Let the line behind ``place`` begin a paragraph, where the one there is one of its own."""
    if lines[place].goes_on is False and place + 1 < len(lines) and lines[place + 1].goes_on is None:
        lines[place + 1] = replace(lines[place + 1], goes_on=False)
