"""What kind of file some bytes are: told by their contents, whatever the file is called."""

from __future__ import annotations

import re

from index.documents.formats.archive import open_archive
from index.documents.formats.table import FORMATS, Format, endings, first_tag_is
from index.errors import SourceError

_OTHER_XML = re.compile(rb"<(?:rss|feed|rdf:RDF|svg|urlset)[\s>]")
_ADVICE = "save the article as PDF, DOCX or text"
_OTHER_KINDS = (
    (b"\xd0\xcf\x11\xe0", f"an old Office file, or one with a password; {_ADVICE}, without a password"),
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


def kind_of(data: bytes, name: str) -> Format:
    """Return the format of the file called ``name``. Raises SourceError when it is none that can be read.

    The ending counts only where the bytes do not tell: between plain text, Markdown and a page without a
    beginning.
    """
    expected = _by_ending(name)
    if not data.strip():
        if expected and expected.is_text:
            return expected
        raise SourceError(f"{name} is empty; get it again.")
    found = _by_first_bytes(data, name)
    if found:
        return found
    if expected and expected.may_be(data):
        return expected
    if not _is_text(data):
        # What is called a text file is read as one, for the sentence that says what is wrong with it.
        if expected and expected.is_text:
            return expected
        raise SourceError(f"{name} is {_not(expected)}; it may be damaged: get it again.")
    if expected and expected.is_binary:
        raise SourceError(
            f"{name} is {_not(expected)}, but plain text; if that is the article, let its name end in .txt."
        )
    if expected is None and _ending(name):
        raise SourceError(f"{name} is of a kind that cannot be read; articles end in {', '.join(endings())}.")
    if expected and expected.is_text:
        return expected
    return next(row for row in FORMATS.values() if row.is_plain)


def _by_ending(name: str) -> Format | None:
    ending = _ending(name)
    return next((row for row in FORMATS.values() if ending in row.endings), None)


def _by_first_bytes(data: bytes, name: str) -> Format | None:
    start = data[:2048]
    for row in FORMATS.values():
        if row.begins(start):
            return row
    if data.startswith(b"PK\x03\x04"):
        return _format_of_archive(data, name)
    for mark, what in _OTHER_KINDS:
        if data.startswith(mark):
            raise SourceError(f"{name} is {what}.")
    if data[4:8] == b"ftyp":
        raise SourceError(f"{name} is a picture, a sound or a film; save the words of the article as text.")
    if first_tag_is(_OTHER_XML, start):
        raise SourceError(f"{name} is XML of another kind; save the article as a web page or text.")
    return None


def _format_of_archive(data: bytes, name: str) -> Format:
    members = open_archive(data, name).namelist()
    for row in FORMATS.values():
        if any(member in members for member in row.members):
            return row
    for member, what in _OTHER_ARCHIVES:
        if any(found.startswith(member) for found in members):
            raise SourceError(f"{name} is {what}.")
    raise SourceError(f"{name} is a ZIP file; unpack it and add what is in it.")


def _is_text(data: bytes) -> bool:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    return b"\x00" not in data[:4096]


def _not(expected: Format | None) -> str:
    return f"no {expected.noun}" if expected else "of a kind that cannot be read"


def _ending(name: str) -> str:
    """Return the last ending of ``name`` in small letters, with its dot; "" without one."""
    stem, dot, ending = name.rpartition(".")
    return f".{ending.lower()}" if dot and stem and ending.isalnum() else ""
