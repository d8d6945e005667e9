"""A Word document -> an article: its paragraphs and notes, headings as sections."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from typing import Any

from docx import Document
from docx.exceptions import PythonDocxError
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn
from lxml import etree

from index.documents.formats.archive import Archive
from index.documents.formats.blocks import one_line
from index.documents.formats.days import parse_day
from index.documents.formats.styles import Paragraph, compose_styled, in_row, kind_named
from index.documents.formats.types import Extracted, Known
from index.errors import SourceError

_INTO = {qn("w:sdt"), qn("w:sdtContent"), qn("w:ins"), qn("w:moveTo"), qn("w:customXml"), qn("w:smartTag")}
_SKIPPED = {
    qn("w:del"),
    qn("w:moveFrom"),
    qn("w:pPr"),
    qn("w:txbxContent"),
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
}
_LETTERS = {qn("w:t"), "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"}
_MARKS = {qn("w:tab"): " ", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
_TEXT_BOX = qn("w:txbxContent")
_OF_PYTHON_DOCX = ("python-docx", "Word Document", "2013-12-23")
"""What python-docx writes for author, title and day when nobody gave one."""


def extract_docx(data: bytes, name: str, url: str | None = None) -> Extracted:
    """Return the article in the bytes of a Word document called ``name``, which came from ``url``, if known.

    Changes that were tracked are taken as accepted. Raises SourceError when it is damaged or has no text.
    """
    archive = Archive(data, name)
    archive.check_all()
    try:
        document = Document(io.BytesIO(data))
    except (OpcError, PythonDocxError, etree.XMLSyntaxError, KeyError, ValueError, AttributeError):
        raise SourceError(
            f"{name} is damaged: its parts don't fit together. Please save it again with another program."
        ) from None
    return compose_styled(
        _paragraphs(document.element.body, _Styles(document)),
        _notes(document.part),
        _known_of(document.core_properties, url),
        name,
        has_pictures=any("/media/" in member for member in archive.members),
    )


class _Styles:
    """What the styles of a document are for: heading, title, author, date, contents, or text."""

    def __init__(self, document: Any) -> None:
        self._kinds = {style.style_id: _kind_of_style(style) for style in document.styles}

    def kind_of(self, paragraph: Any) -> str:
        properties = paragraph.find(qn("w:pPr"))
        if properties is None:
            return "text"
        level = properties.find(qn("w:outlineLvl"))
        if level is not None and level.get(qn("w:val"), "9") < "9":
            return "heading"
        style = properties.find(qn("w:pStyle"))
        return self._kinds.get(style.get(qn("w:val")), "text") if style is not None else "text"


def _kind_of_style(style: Any) -> str:
    for _ in range(10):  # a style may be based on itself
        if style is None:
            break
        if kind := kind_named(style.name or ""):
            return kind
        if style.element.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}") is not None:
            return "heading"
        style = getattr(style, "base_style", None)
    return "text"


def _paragraphs(parent: Any, styles: _Styles) -> Iterator[Paragraph]:
    """Yield kind and text of each paragraph and table row below ``parent``, in order, without empty ones."""
    for element in parent:
        if element.tag == qn("w:p"):
            if text := _text_of(element):
                yield styles.kind_of(element), text
            for box in _text_boxes(element):
                yield from _paragraphs(box, styles)
        elif element.tag == qn("w:tbl"):
            for row in element.iter(qn("w:tr")):
                yield from _row(row, styles)
        elif element.tag in _INTO:
            yield from _paragraphs(element, styles)


def _row(row: Any, styles: _Styles) -> Iterator[Paragraph]:
    # A table within a cell comes with its own rows.
    cells = [list(_paragraphs(cell, styles)) for cell in row.iter(qn("w:tc")) if _nearest_row(cell) is row]
    return in_row(cells)


def _nearest_row(cell: Any) -> Any:
    return next(cell.iterancestors(qn("w:tr")), None)


def _text_of(paragraph: Any) -> str:
    return " ".join("".join(_pieces(paragraph)).split(" ")).strip()


def _pieces(element: Any) -> Iterator[str]:
    for child in element:
        if child.tag in _SKIPPED or (child.tag == qn("w:r") and _is_hidden(child)):
            continue
        if child.tag in _LETTERS:
            yield child.text or ""
        elif child.tag in _MARKS:
            yield _MARKS[child.tag]
        else:
            yield from _pieces(child)


def _is_hidden(run: Any) -> bool:
    vanish = run.find(f"{qn('w:rPr')}/{qn('w:vanish')}")
    return vanish is not None and vanish.get(qn("w:val"), "1") not in ("0", "false", "off")


def _text_boxes(paragraph: Any) -> Iterator[Any]:
    for child in paragraph:
        if child.tag == _TEXT_BOX:
            yield child
        elif child.tag not in _SKIPPED:
            yield from _text_boxes(child)


def _notes(part: Any) -> Iterable[str]:
    """Return the footnotes and endnotes, in order."""
    for relation in part.rels.values():
        if relation.is_external or not relation.reltype.endswith(("/footnotes", "/endnotes")):
            continue
        parser = etree.XMLParser(resolve_entities=False, no_network=True)
        for note in etree.fromstring(relation.target_part.blob, parser):
            if note.get(qn("w:type")) is None:  # the others are lines between text and notes
                yield from (text for paragraph in note.iter(qn("w:p")) if (text := _text_of(paragraph)))


def _known_of(core: Any, url: str | None) -> Known:
    created = core.created.date().isoformat() if core.created else ""
    title, author, day = (
        None if value in _OF_PYTHON_DOCX else value for value in (core.title, core.author, created)
    )
    return Known(
        title=one_line(title),
        author=one_line(author),
        published=parse_day(day),
        language=one_line(core.language),
        url=url,
    )
