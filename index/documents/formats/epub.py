"""An EPUB -> an article: its chapters in reading order, without cover, title page and contents."""

from __future__ import annotations

import posixpath
import re
from typing import Any
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring
from lxml import html
from lxml.etree import ParserError

from index.documents.formats.archive import Archive
from index.documents.formats.blocks import Block, compose, one_line
from index.documents.formats.days import parse_day
from index.documents.formats.markup import blocks_of, is_too_deep
from index.documents.formats.types import Extracted, Known
from index.errors import SourceError

_CONTAINER = "META-INF/container.xml"
_OPF = "{http://www.idpf.org/2007/opf}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_TYPE = "epub:type"
_NO_TEXT = frozenset(
    ["cover", "titlepage", "halftitlepage", "toc", "landmarks", "page-list", "loi", "lot", "copyright-page"]
)
_DECLARES = re.compile(rb"<!ENTITY|<!DOCTYPE(?:[^<>\[]|<(?!!DOCTYPE))*+\[", re.I)
_FONT_SCRAMBLERS = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")


def extract_epub(data: bytes, name: str, url: str | None = None) -> Extracted:
    """Return the article in the bytes of an EPUB called ``name``, which came from ``url`` if that is known.

    Raises SourceError when it is damaged, locked, or has no text.
    """
    archive = Archive(data, name)
    _check_unlocked(archive)
    path = _package_path(archive)
    package = _xml(archive, path)
    blocks: list[Block] = []
    for chapter in _chapters(package, path, archive):
        blocks.extend(_blocks(archive, chapter))
    extracted = compose(blocks, _known_of(package, url), name)
    if not any(map(str.isalnum, extracted.text)):
        raise SourceError(f"{name} contains only images. Please save the article as text.")
    return extracted


def _xml(archive: Archive, member: str) -> Element:
    try:
        root: Element = fromstring(archive.read(member))
    except (ParseError, DefusedXmlException, ValueError, LookupError):
        raise SourceError(
            f"{archive.name} is damaged: its part {member} isn't XML. Please download or convert it again."
        ) from None
    return root


def _check_unlocked(archive: Archive) -> None:
    if "META-INF/encryption.xml" not in archive.members:
        return
    methods = [found.get("Algorithm", "") for found in _xml(archive, "META-INF/encryption.xml").iter()]
    if any(method and method not in _FONT_SCRAMBLERS and "digest" not in method for method in methods):
        raise SourceError(f"{archive.name} is locked (DRM). Only the program it was sold for can open it.")


def _package_path(archive: Archive) -> str:
    for element in _xml(archive, _CONTAINER).iter():
        if element.tag.endswith("rootfile") and element.get("full-path"):
            return str(element.get("full-path"))
    raise SourceError(
        f"{archive.name} is damaged: it doesn't say where its text is. Please convert it again."
    )


def _chapters(package: Element, path: str, archive: Archive) -> list[str]:
    """Return the members with text, in reading order. Raises SourceError when one is missing."""
    items = {item.get("id", ""): item for item in package.iter(f"{_OPF}item")}
    chapters = []
    for reference in package.iter(f"{_OPF}itemref"):
        item = items.get(reference.get("idref", ""))
        if item is None or reference.get("linear") == "no" or "nav" in (item.get("properties") or "").split():
            continue
        if "html" not in (item.get("media-type") or ""):
            continue
        href = unquote(item.get("href", "").partition("#")[0])
        member = posixpath.normpath(posixpath.join(posixpath.dirname(path), href))
        if member not in archive.members:
            raise SourceError(
                f"{archive.name} is damaged: its chapter {member} is missing. Please download it again."
            )
        chapters.append(member)
    return list(dict.fromkeys(chapters))


def _blocks(archive: Archive, member: str) -> list[Block]:
    data = archive.read(member)
    if _DECLARES.search(data.replace(b"\x00", b"")):
        raise SourceError(
            f"{archive.name} is damaged: its chapter {member} declares entities. Please convert it again."
        )
    if b"<" not in data or not _is_text(data):
        raise SourceError(
            f"{archive.name} is damaged: its chapter {member} isn't text. Please download it again."
        )
    parser = html.HTMLParser(encoding=_encoding(data), remove_pis=True, remove_comments=True)
    try:
        page = html.document_fromstring(data, parser=parser)
    except ParserError:
        return []
    if is_too_deep(parser):
        raise SourceError(
            f"{archive.name} has elements nested over 250 deep in its chapter {member}. Please save "
            "just its text."
        )
    body = page.find(".//body")
    if body is None or _is_no_text(body):
        return []
    for part in [part for part in body.iter("section", "nav", "div") if _is_no_text(part)]:
        part.drop_tree()
    return list(blocks_of(body))


def _is_text(data: bytes) -> bool:
    """Return whether ``data`` is in an encoding of texts: NULs stand in those of two bytes only."""
    return b"\x00" not in data or data.startswith((b"\xff\xfe", b"\xfe\xff"))


def _encoding(data: bytes) -> str | None:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return None  # the parser sees that for itself
    said = re.match(rb"(?:\xef\xbb\xbf)?\s*<\?xml[^>]*encoding=[\"']([\w.-]+)", data)
    return said[1].decode() if said else "utf-8"


def _is_no_text(element: Any) -> bool:
    return not _NO_TEXT.isdisjoint((element.get(_TYPE) or "").split())


def _known_of(package: Element, url: str | None) -> Known:
    def said(tag: str) -> list[str]:
        return [
            line for found in package.iter(f"{_DC}{tag}") if (line := one_line("".join(found.itertext())))
        ]

    addresses = [found for found in said("source") + said("identifier") if re.match(r"https?://\S+$", found)]
    return Known(
        title=next(iter(said("title")), None),
        author=", ".join(dict.fromkeys(said("creator"))) or None,
        publisher=next(iter(said("publisher")), None),
        published=next((day for found in said("date") if (day := parse_day(found))), None),
        language=next(iter(said("language")), None),
        url=url or next(iter(addresses), None),
    )
