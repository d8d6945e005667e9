"""What kind of file some bytes are: told by their contents, whatever the file is called."""

from __future__ import annotations

import re
from typing import Literal

from index.documents.formats.archive import open_archive
from index.errors import SourceError

Kind = Literal["text", "html", "pdf", "docx", "epub"]

KIND_OF_ENDING: dict[str, Kind] = {
    ".md": "text",
    ".markdown": "text",
    ".txt": "text",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".pdf": "pdf",
    ".docx": "docx",
    ".epub": "epub",
}
ENDINGS = tuple(KIND_OF_ENDING)

KIND_NAMES: dict[Kind, str] = {
    "text": "text file",
    "html": "web page",
    "pdf": "PDF",
    "docx": "Word document",
    "epub": "EPUB",
}
"""What a sentence calls a file of each kind."""

MAX_BYTES: dict[Kind, int] = {
    "text": 20_000_000,
    "html": 10_000_000,
    "pdf": 50_000_000,
    "docx": 50_000_000,
    "epub": 50_000_000,
}

# What may stand before the first tag. Possessive, with branches that begin differently: it never goes back.
_PROLOGUE = re.compile(rb"(?:\s|<\?xml[^>]*+(?<=\?)>|<!--(?:[^-]|-(?!->))*+-->)*+", re.I)
_PAGE = re.compile(rb"<(?:!doctype\s+html|html)[\s>]", re.I)
_TAG = re.compile(rb"<(?:html|head|body|title|article|main|div|p|h[1-6])[\s>]", re.I)
_OTHER_XML = re.compile(rb"<(?:rss|feed|rdf:RDF|svg|urlset)[\s>]")
_ADVICE = "save the article as PDF, DOCX or text"
_OTHER_KINDS = (
    (b"\xd0\xcf\x11\xe0", f"an old Office file, or one with a password; {_ADVICE}, without a password"),
    (b"{\\rtf", f"an RTF file; {_ADVICE}"),
    (b"\x89PNG", "a picture; save the words of the article as text"),
    (b"\xff\xd8\xff", "a picture; save the words of the article as text"),
    (b"GIF8", "a picture; save the words of the article as text"),
    (b"\x1f\x8b", "compressed; unpack it and add what is in it"),
    (b"7z\xbc\xaf", "compressed; unpack it and add what is in it"),
    (b"Rar!", "compressed; unpack it and add what is in it"),
    (b"MZ", f"a program; {_ADVICE}"),
    (b"\x7fELF", f"a program; {_ADVICE}"),
)
_OTHER_ARCHIVES = (
    ("ppt/", f"a presentation; {_ADVICE}"),
    ("xl/", f"a spreadsheet; {_ADVICE}"),
    ("content.xml", f"an OpenDocument file; {_ADVICE}"),
)


def kind_of(data: bytes, name: str) -> Kind:
    """Return the kind of the file called ``name``. Raises SourceError when it is none that can be read.

    The ending counts only where the bytes do not tell: between plain text and a page without a beginning.
    """
    expected = KIND_OF_ENDING.get(_ending(name))
    if not data.strip():
        if expected == "text":
            return "text"
        raise SourceError(f"{name} is empty; get it again.")
    found = _by_first_bytes(data, name)
    if found:
        return found
    if expected == "html" and _TAG.search(data):
        return "html"
    if not _is_text(data):
        # What is called a text file is read as one, for the sentence that says what is wrong with it.
        if expected == "text":
            return "text"
        raise SourceError(f"{name} is {_not(expected)}; it may be damaged: get it again.")
    if expected in ("pdf", "docx", "epub"):
        raise SourceError(
            f"{name} is {_not(expected)}, but plain text; if that is the article, let its name end in .txt."
        )
    if expected is None and _ending(name):
        raise SourceError(f"{name} is of a kind that cannot be read; articles end in {', '.join(ENDINGS)}.")
    return "text"


def _by_first_bytes(data: bytes, name: str) -> Kind | None:
    start = data[:2048]
    if b"%PDF-" in start[:1024]:
        return "pdf"
    if data.startswith(b"PK\x03\x04"):
        return _kind_of_archive(data, name)
    for mark, what in _OTHER_KINDS:
        if data.startswith(mark):
            raise SourceError(f"{name} is {what}.")
    if data[4:8] == b"ftyp":
        raise SourceError(f"{name} is a picture, a sound or a film; save the words of the article as text.")
    text = _as_ascii(start)
    prologue = _PROLOGUE.match(text)
    first_tag = prologue.end() if prologue else 0
    if _OTHER_XML.match(text, first_tag):
        raise SourceError(f"{name} is XML of another kind; save the article as a web page or text.")
    return "html" if _PAGE.match(text, first_tag) else None


def _as_ascii(start: bytes) -> bytes:
    """Return ``start`` without byte order mark and NULs: enough to see tags in it, also in UTF-16."""
    return (
        start.removeprefix(b"\xef\xbb\xbf")
        .removeprefix(b"\xff\xfe")
        .removeprefix(b"\xfe\xff")
        .replace(b"\x00", b"")
    )


def _kind_of_archive(data: bytes, name: str) -> Kind:
    members = open_archive(data, name).namelist()
    if "word/document.xml" in members or "word/document2.xml" in members:
        return "docx"
    if "META-INF/container.xml" in members:
        return "epub"
    for member, what in _OTHER_ARCHIVES:
        if any(found.startswith(member) for found in members):
            raise SourceError(f"{name} is {what}.")
    raise SourceError(f"{name} is a ZIP file; unpack it and add what is in it.")


def _is_text(data: bytes) -> bool:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    return b"\x00" not in data[:4096]


def _not(expected: Kind | None) -> str:
    return f"no {KIND_NAMES[expected]}" if expected else "of a kind that cannot be read"


def _ending(name: str) -> str:
    """Return the last ending of ``name`` in small letters, with its dot; "" without one."""
    stem, dot, ending = name.rpartition(".")
    return f".{ending.lower()}" if dot and stem and ending.isalnum() else ""
