"""An EPUB -> an article: its chapters in reading order, without cover, title page and contents."""

from __future__ import annotations

from typing import Any

from lxml import html
from lxml.etree import ParserError

from index.documents.formats.archive import Archive
from index.documents.formats.blocks import Block, compose
from index.documents.formats.epub.doctype import DoctypeError, without_doctype
from index.documents.formats.epub.package import chapters, known_of, package_path
from index.documents.formats.epub.xml import declares, decoded, parse_xml
from index.documents.formats.inline import settle
from index.documents.formats.markup import blocks_of, is_too_deep
from index.documents.formats.spanning_cells import repeat_spanning_cells
from index.documents.formats.types import Extracted
from index.errors import SourceError

_TYPE = "epub:type"
_NO_TEXT = frozenset(
    ["cover", "titlepage", "halftitlepage", "toc", "landmarks", "page-list", "loi", "lot", "copyright-page"]
)
_FONT_SCRAMBLERS = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")


def extract_epub(data: bytes, name: str, url: str | None = None) -> Extracted:
    """Return the article in the bytes of an EPUB called ``name``, which came from ``url`` if that is known.

    Raises SourceError when it is damaged, locked, or has no text.
    """
    archive = Archive(data, name)
    _check_unlocked(archive)
    path = package_path(archive)
    package = parse_xml(archive, path)
    blocks: list[Block] = []
    for chapter in chapters(package, path, archive):
        blocks.extend(_blocks(archive, chapter))
    extracted = compose(blocks, known_of(package, url), name)
    if not any(map(str.isalnum, extracted.text)):
        raise SourceError(f"{name} contains only images. Please save the article as text.")
    return extracted


def _check_unlocked(archive: Archive) -> None:
    encryption = archive.find("META-INF/encryption.xml")
    if encryption is None:
        return
    methods = [found.get("Algorithm", "") for found in parse_xml(archive, encryption).iter()]
    if any(method and method not in _FONT_SCRAMBLERS and "digest" not in method for method in methods):
        raise SourceError(f"{archive.name} is locked (DRM). Only the program it was sold for can open it.")


def _blocks(archive: Archive, member: str) -> list[Block]:
    data = archive.read(member)
    if b"<" not in data or not _is_text(data):
        raise SourceError(
            f"{archive.name} is damaged: its chapter {member} isn't text. Please download it again."
        )
    try:
        text = without_doctype(decoded(data))
    except DoctypeError:
        raise declares(archive.name, f"chapter {member}") from None
    parser = html.HTMLParser(encoding="utf-8", remove_pis=True, remove_comments=True)
    try:
        page = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except ParserError:
        return []
    if is_too_deep(parser):
        raise SourceError(
            f"{archive.name} has elements nested over 250 deep in its chapter {member}. Please save just "
            "its text."
        )
    body = page.find(".//body")
    if body is None or _is_no_text(body):
        return []
    for part in [part for part in body.iter("section", "nav", "div") if _is_no_text(part)]:
        part.drop_tree()
    settle(body)
    repeat_spanning_cells(body)
    return list(blocks_of(body))


def _is_text(data: bytes) -> bool:
    """Return whether ``data`` is in an encoding of texts: NULs stand in those of two bytes only."""
    return b"\x00" not in data or data.startswith((b"\xff\xfe", b"\xfe\xff"))


def _is_no_text(element: Any) -> bool:
    return not _NO_TEXT.isdisjoint((element.get(_TYPE) or "").split())
