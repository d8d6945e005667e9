"""Text with marks: what a surface shows in bold, in italics, as a quotation or as a link. Pure.

Everything here counts code points; each surface turns the marks into its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

MarkType = Literal["bold", "italic", "blockquote", "text_link"]


@dataclass(frozen=True, slots=True)
class Mark:
    """A kind of mark over ``start`` to ``end``, in code points of the text it belongs to."""

    type: MarkType
    start: int
    end: int
    url: str | None = None  # of a text_link


@dataclass(frozen=True, slots=True)
class Marked:
    """Text with marks. ``a + b`` is one after the other."""

    text: str
    marks: tuple[Mark, ...] = ()

    def __add__(self, other: Marked) -> Marked:
        moved = (replace(m, start=m.start + len(self.text), end=m.end + len(self.text)) for m in other.marks)
        return Marked(self.text + other.text, (*self.marks, *moved))

    def all(self, type: MarkType, url: str | None = None) -> Marked:
        """Return this text with one more mark over all of it."""
        return Marked(self.text, (Mark(type, 0, len(self.text), url), *self.marks)) if self.text else self


EMPTY = Marked("")


def joined(separator: str, parts: Iterable[Marked]) -> Marked:
    """Put ``parts`` one after the other, with ``separator`` between them."""
    whole: Marked | None = None
    for part in parts:
        whole = part if whole is None else whole + Marked(separator) + part
    return whole or EMPTY
