"""What every kind of file gives: what it says of itself, and its text in normal form."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from index.types import Section


@dataclass(frozen=True, slots=True)
class Extracted:
    """What a file says of itself, and its text in normal form."""

    title: str
    text: str
    url: str | None = None
    publisher: str | None = None
    author: str | None = None
    published: date | None = None
    language: str | None = None
    sections: tuple[Section, ...] = ()
    pages: tuple[int, ...] = ()  # start of each page in the text, where the file has pages
    page_labels: tuple[str, ...] = ()  # what is printed on each page, where the file says it
    original: bytes | None = field(default=None, repr=False, compare=False)  # the file, where it is kept


@dataclass(frozen=True, slots=True)
class Known:
    """What a file says of itself in the places made for it; None where it says nothing."""

    title: str | None = None
    url: str | None = None
    publisher: str | None = None
    author: str | None = None
    published: date | None = None
    language: str | None = None
