"""A Word document -> an article: its paragraphs and notes, headings as sections."""

from __future__ import annotations

from collections.abc import Iterator

from index.documents.formats.archive import Archive
from index.documents.formats.blocks import one_line
from index.documents.formats.days import parse_day
from index.documents.formats.docx.largest_line import largest_line
from index.documents.formats.docx.letters import pieces_of
from index.documents.formats.docx.package import W, main_part, relations, tree_of
from index.documents.formats.docx.paragraphs import paragraphs
from index.documents.formats.docx.styles import Styles
from index.documents.formats.names import chosen_title, real_author
from index.documents.formats.pieces import text_of
from index.documents.formats.styles import compose_styled
from index.documents.formats.types import Extracted, Known
from index.errors import SourceError

_OF_PYTHON_DOCX = ("Word Document", "2013-12-23T23:15:00Z")
"""What python-docx writes for title and day when nobody gave one."""


def extract_docx(data: bytes, name: str, url: str | None = None) -> Extracted:
    """Return the article in the bytes of a Word document called ``name``, which came from ``url``, if known.

    Changes that were tracked are taken as accepted. Raises SourceError when it is damaged or has no text.
    """
    archive = Archive(data, name)
    archive.check_all()
    main = main_part(archive)
    document = tree_of(archive, main)
    body = document.find(f"{W}body")
    if body is None:
        raise SourceError(f"{name} is damaged: it has no body. Please save it again with another program.")
    parts = list(relations(archive, main))
    styles = Styles(next((tree_of(archive, member) for kind, member in parts if kind == "styles"), None))
    notes = [member for kind, member in parts if kind in ("footnotes", "endnotes")]
    return compose_styled(
        paragraphs(body, styles),
        (note for member in notes for note in _notes(archive, member, styles)),
        _known_of(archive, url),
        name,
        has_pictures=any("/media/" in member for member in archive.members),
        largest=largest_line(body, styles),
    )


def _notes(archive: Archive, member: str, styles: Styles) -> Iterator[str]:
    for note in tree_of(archive, member):
        if note.get(f"{W}type", "normal") == "normal":  # the others are lines between text and notes
            for paragraph in note.iter(f"{W}p"):
                if text := text_of(pieces_of(paragraph, styles)):
                    yield text


def _known_of(archive: Archive, url: str | None) -> Known:
    core = next((member for kind, member in relations(archive, "") if kind == "core-properties"), None)
    said: dict[str, str] = {}
    for found in () if core is None else tree_of(archive, core):
        if isinstance(found.tag, str) and found.text and found.text not in _OF_PYTHON_DOCX:
            said.setdefault(found.tag.rpartition("}")[2], found.text)
    return Known(
        title=chosen_title(one_line(said.get("title"))),
        author=real_author(one_line(said.get("creator"))),
        published=parse_day(said.get("created")),
        language=one_line(said.get("language")),
        url=url,
    )
