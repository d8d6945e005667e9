"""The formats that can be read as an article: a row for each, and a module of its name beside this one.

A new format is a row here and that module, with a function ``extract_`` and the format's name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

# What may stand before the first tag. Possessive, with branches that begin differently: it never goes back.
_PROLOGUE = re.compile(rb"(?:\s|<\?xml[^>]*+(?<=\?)>|<!--(?:[^-]|-(?!->))*+-->)*+", re.I)
_PAGE = re.compile(rb"<(?:!doctype\s+html|html)[\s>]", re.I)
_TAG = re.compile(rb"<(?:html|head|body|title|article|main|div|p|h[1-6])[\s>]", re.I)


def _never(_data: bytes) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file: how it is known, what it is called, and how it is read."""

    name: str
    called: str  # in a sentence, with its article: a PDF, an EPUB
    endings: tuple[str, ...]  # of names, with the dot
    max_bytes: int
    media_types: Mapping[str, str] = field(default_factory=dict)  # a server's word for it -> the ending
    begins: Callable[[bytes], bool] = _never  # its first 2,048 bytes tell it
    may_be: Callable[[bytes], bool] = _never  # all its bytes tell it, where its ending says so, too
    members: tuple[str, ...] = ()  # of a ZIP file, in small letters, * for any: one of them tells it
    is_text: bool = False  # any text may be one: only its name's ending tells
    most_cpu_s: int = 20  # of processor time that reading it may take
    is_plain: bool = False  # needs no parser, and so no process of its own
    is_kept: bool = False  # a reader wants to see the page, and the text is not all there is in the file
    takes_charset: bool = False  # its encoding may be what the server says

    @property
    def is_binary(self) -> bool:
        """Whether plain text cannot be of this format."""
        return not self.is_text and self.may_be is _never


def _begins_as_pdf(start: bytes) -> bool:
    return b"%PDF-" in start[:1024]


def _begins_as_rtf(start: bytes) -> bool:
    return start.lstrip().startswith(rb"{\rtf")


def _begins_as_page(start: bytes) -> bool:
    return first_tag_is(_PAGE, start)


def _has_tags(data: bytes) -> bool:
    return _TAG.search(data) is not None


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        row.name: row
        for row in (
            Format(
                "markdown",
                "a Markdown file",
                (".md", ".markdown"),
                20_000_000,
                {"text/markdown": ".md"},
                most_cpu_s=8,  # brackets that open and never close take the parser the square of their number
                is_text=True,
                takes_charset=True,
            ),
            Format(
                "text",
                "a text file",
                (".txt",),
                20_000_000,
                {"text/plain": ".txt"},
                is_text=True,
                is_plain=True,
                takes_charset=True,
            ),
            Format(
                "html",
                "a web page",
                (".html", ".htm", ".xhtml"),
                10_000_000,
                {"application/xhtml+xml": ".xhtml", "text/html": ".html"},
                begins=_begins_as_page,
                may_be=_has_tags,
                takes_charset=True,
            ),
            Format(
                "pdf",
                "a PDF",
                (".pdf",),
                50_000_000,
                {"application/pdf": ".pdf"},
                begins=_begins_as_pdf,
                is_kept=True,
            ),
            Format(
                "docx",
                "a Word document",
                (".docx", ".docm", ".dotx", ".dotm"),
                50_000_000,
                members=("word/document*.xml",),
                is_kept=True,
            ),
            Format(
                "rtf",
                "an RTF file",
                (".rtf",),
                50_000_000,
                {"application/rtf": ".rtf", "text/rtf": ".rtf"},
                begins=_begins_as_rtf,
                is_kept=True,
            ),
            Format(
                "epub",
                "an EPUB",
                (".epub",),
                50_000_000,
                members=("meta-inf/container.xml", "*.opf"),
                is_kept=True,
            ),
        )
    }
)
"""By name."""


def endings() -> tuple[str, ...]:
    """Return the endings of all formats, in order."""
    return tuple(ending for row in FORMATS.values() for ending in row.endings)


def kept_formats() -> str:
    """Return the formats of which the file is kept with its article, as a sentence lists them."""
    *others, last = (row.name.upper() for row in FORMATS.values() if row.is_kept)
    return f"{', '.join(others)} and {last}"


def largest_bytes() -> int:
    """Return the most bytes that a file of any format may have."""
    return max(row.max_bytes for row in FORMATS.values())


def first_tag_is(pattern: re.Pattern[bytes], start: bytes) -> bool:
    """Tell whether the first tag of a file that begins so, in any encoding, is one of ``pattern``."""
    text = _as_ascii(start)
    prologue = _PROLOGUE.match(text)
    return pattern.match(text, prologue.end() if prologue else 0) is not None


def _as_ascii(start: bytes) -> bytes:
    """Return ``start`` without byte order mark and NULs: enough to see tags in it, also in UTF-16."""
    return (
        start.removeprefix(b"\xef\xbb\xbf")
        .removeprefix(b"\xff\xfe")
        .removeprefix(b"\xfe\xff")
        .replace(b"\x00", b"")
    )
