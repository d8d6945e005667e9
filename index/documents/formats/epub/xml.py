"""A part of an EPUB that is XML, or nearly -> its tree."""

from __future__ import annotations

import re
from html.entities import html5
from xml.etree.ElementTree import Element

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from index.documents.formats.archive import Archive
from index.documents.formats.charset import codec_of
from index.documents.formats.epub.doctype import DoctypeError, without_doctype
from index.errors import SourceError

_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_SAID = re.compile(rb"(?:\xef\xbb\xbf)?\s*+<\?xml[^>]*?\bencoding\s*+=\s*+[\"']([\w.-]++)")
_AMPERSAND = re.compile(r"&(?:#\d++;|#x[\da-fA-F]++;|(?:amp|lt|gt|quot|apos);|(\w++;)?)")
_ROOT = re.compile(r"<[\w:.-]++")
_PREFIX = re.compile(r"[<\s/]([A-Za-z][\w-]*+):[A-Za-z]")
_BOUND = re.compile(r"\sxmlns:([\w-]++)\s*+=")
_UNBOUND = 27  # expat's number for a prefix that stands for no namespace


def parse_xml(archive: Archive, member: str) -> Element:
    """Return the tree of ``member``, as a lenient reader takes it.

    Ampersands that stand for themselves, and prefixes of no namespace, do no harm. Raises SourceError.
    """
    try:
        text = without_doctype(decoded(archive.read(member)))
    except DoctypeError:
        raise declares(archive.name, f"part {member}") from None
    text = _AMPERSAND.sub(_escaped, text.lstrip("\ufeff \t\r\n"))
    try:
        return _parsed(text)
    except (ParseError, DefusedXmlException, ValueError):
        raise SourceError(
            f"{archive.name} is damaged: its part {member} isn't XML. Please download or convert it again."
        ) from None


def declares(name: str, what: str) -> SourceError:
    """Return the error that ``what`` in the file called ``name`` has entities that cannot be resolved."""
    return SourceError(
        f"{name} declares entities in its {what} that stand for other files, or for too much. Please "
        "convert it again."
    )


def decoded(data: bytes) -> str:
    """Return the text of XML in the encoding that it names, else in UTF-8."""
    return data.decode(encoding_of(data) or "utf-16", "replace")


def encoding_of(data: bytes) -> str | None:
    """Return the encoding that XML names, where it can be that one, else UTF-8; None for marked UTF-16."""
    if data.startswith(_UTF_16):
        return None
    said = _SAID.match(data)
    codec = codec_of(said[1].decode()) if said else None
    return codec if codec and not codec.startswith(("utf-16", "utf-32")) else "utf-8"


def local_name(element: Element) -> str:
    """Return the tag without its namespace, in small letters."""
    return element.tag.rpartition("}")[2].lower()


def _escaped(found: re.Match[str]) -> str:
    if found[1] and found[1] in html5:
        return html5[found[1]].replace("&", "&amp;").replace("<", "&lt;")
    return found[0] if found[0].endswith(";") and not found[1] else f"&amp;{found[0][1:]}"


def _parsed(text: str) -> Element:
    try:
        root: Element = fromstring(text)
    except ParseError as error:
        start = _root_end(text)
        if error.code != _UNBOUND or start is None:
            raise
        root_tag = text[start : text.find(">", start)]
        unbound = sorted({*_PREFIX.findall(text)} - {*_BOUND.findall(root_tag), "xml", "xmlns"})
        bound = "".join(f' xmlns:{prefix}="urn:unbound:{prefix}"' for prefix in unbound)
        root = fromstring(text[:start] + bound + text[start:])
    return root


def _root_end(text: str) -> int | None:
    found = _ROOT.search(text)
    return found.end() if found else None
