"""What kind of file some bytes are: told by their contents, whatever the file is called."""

from __future__ import annotations

import re
from fnmatch import fnmatchcase

from index.documents.formats.archive import folded, open_archive
from index.documents.formats.table import FORMATS, Format, endings, first_tag_is
from index.errors import SourceError

_OTHER_XML = re.compile(rb"<(?:rss|feed|rdf:RDF|svg|urlset)[\s>]")
_ADVICE = "Please save the article as PDF, DOCX or text"
_OTHER_KINDS = (
    (b"\xd0\xcf\x11\xe0", f"an old Office file, or one with a password. {_ADVICE}, without a password"),
    (b"\x89PNG", "an image. Please add the article as text or PDF"),
    (b"\xff\xd8\xff", "an image. Please add the article as text or PDF"),
    (b"GIF8", "an image. Please add the article as text or PDF"),
    (b"\x1f\x8b", "compressed. Please unpack it and add what's inside"),
    (b"7z\xbc\xaf", "compressed. Please unpack it and add what's inside"),
    (b"Rar!", "compressed. Please unpack it and add what's inside"),
    (b"MZ", f"a program. {_ADVICE}"),
    (b"\x7fELF", f"a program. {_ADVICE}"),
)
_OTHER_ARCHIVES = (
    ("ppt/", f"a presentation. {_ADVICE}"),
    ("xl/", f"a spreadsheet. {_ADVICE}"),
    ("content.xml", f"an OpenDocument file. {_ADVICE}"),
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
        raise SourceError(f"{name} is empty. Please download it again.")
    found = _by_first_bytes(data, name)
    if found:
        return found
    if expected and expected.may_be(data):
        return expected
    if not _is_text(data):
        # What is called a text file is read as one, for the sentence that says what is wrong with it.
        if expected and expected.is_text:
            return expected
        raise SourceError(f"{name} {_not(expected)}. It may be damaged: please download it again.")
    if expected and expected.is_binary:
        raise SourceError(
            f"{name} {_not(expected)}, but plain text. If that's the article, rename the file so that "
            "it ends in .txt."
        )
    if expected is None and _ending(name):
        raise SourceError(f"{name} isn't a kind of file I can read. Articles end in {', '.join(endings())}.")
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
        raise SourceError(
            f"{name} is an image, a recording or a video. Please add the article as text or PDF."
        )
    if first_tag_is(_OTHER_XML, start):
        raise SourceError(
            f"{name} is XML, but not a web page. Please save the article as a web page or text."
        )
    return None


def _format_of_archive(data: bytes, name: str) -> Format:
    members = [folded(member) for member in open_archive(data, name).namelist()]
    for row in FORMATS.values():
        if any(fnmatchcase(found, member) for member in row.members for found in members):
            return row
    for member, what in _OTHER_ARCHIVES:
        if any(found.startswith(member) for found in members):
            raise SourceError(f"{name} is {what}.")
    raise SourceError(f"{name} is a ZIP file. Please unpack it and add what's inside.")


def _is_text(data: bytes) -> bool:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    return b"\x00" not in data[:4096]


def _not(expected: Format | None) -> str:
    return f"isn't {expected.called}" if expected else "isn't a kind of file I can read"


def _ending(name: str) -> str:
    """Return the last ending of ``name`` in small letters, with its dot; "" without one."""
    stem, dot, ending = name.rpartition(".")
    return f".{ending.lower()}" if dot and stem and ending.isalnum() else ""
