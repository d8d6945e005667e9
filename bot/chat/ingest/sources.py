"""What an article can be made of: a link, a file, a post of a channel, somebody's words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Link:
    """A page of the web."""

    url: str


@dataclass(frozen=True, slots=True)
class File:
    """A file that the surface has, and gives under its id."""

    id: str
    name: str
    bytes: int


@dataclass(frozen=True, slots=True)
class Post:
    """What a channel, or a group in its own name, published."""

    text: str
    publisher: str
    published: date
    url: str | None  # opens the post


@dataclass(frozen=True, slots=True)
class Words:
    """What a person wrote: kept only when that is confirmed, and without the name."""

    text: str
    written: date


Source = Link | File | Post | Words
