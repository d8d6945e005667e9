"""Blocks of a file, one after another -> the text of an article, its sections and pages."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from index.documents.formats.types import Extracted, Known
from index.documents.normalize import normal_form, normalize
from index.errors import SourceError
from index.types import Section

BETWEEN = "\n\n"
MAX_CHARS = 5_000_000
MAX_LINES = 200_000
"""The most that an article may have: the Bible has 4 million characters in 31,000 verses. A longer text takes
hundreds of megabytes of memory to cut into sentences and passages."""
_TITLE_CHARS = 300
_UNSPACED = "\u2e80"  # from here on stand the scripts of East Asia


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, an item, the row of a table, or a heading of the file."""

    text: str
    is_heading: bool = False
    pages: tuple[int, ...] = ()  # where in ``text`` pages begin: 0 for a page that begins with the block


def compose(blocks: Iterable[Block], known: Known, name: str) -> Extracted:
    """Return the article of ``blocks``: paragraphs with a blank line between, headings taken out of the text.

    Without a title it is the first heading, else the file's ``name`` without its ending. The text may be
    empty: whoever read the file knows best why. Raises SourceError when it is longer than an article may be.
    """
    pieces: list[str] = []
    headings: list[Section] = []
    pages: list[int] = []
    length = 0
    for block in blocks:
        whole = normalize(block.text)
        piece = whole.text.strip()
        lead = len(whole.text) - len(whole.text.lstrip())
        if not piece or block.is_heading:
            pages.extend(length for _ in block.pages)
            if piece:
                headings.append(Section(length, one_line(piece) or piece))
            continue
        starts = [max(0, whole.span(page, page)[0] - lead) for page in block.pages]
        pages.extend(length + min(start, len(piece)) for start in starts)
        pieces.append(piece)
        length += len(piece) + len(BETWEEN)
    # Each piece is in normal form, and no letter joins with the blank line before it.
    text = BETWEEN.join(pieces)
    headings_length = sum(len(heading.title) for heading in headings)
    check_length(len(text) + headings_length, text.count("\n") + len(headings), name)
    return Extracted(
        title=known.title or (headings[0].title if headings else title_of(name)),
        text=text,
        url=known.url,
        publisher=known.publisher,
        author=known.author,
        published=known.published,
        language=known.language,
        sections=tuple(Section(min(found.start, len(text)), found.title) for found in headings),
        pages=tuple(min(start, len(text)) for start in pages),
    )


def check_length(char_count: int, line_count: int, name: str) -> None:
    """Return unless a text is longer than an article may be. Raises SourceError."""
    if char_count > MAX_CHARS or line_count > MAX_LINES:
        raise SourceError(
            f"{name} is over {MAX_CHARS:,} characters or {MAX_LINES:,} lines long. Please split it "
            "into several articles."
        )


def one_line(text: str | None) -> str | None:
    """Return ``text`` in normal form on one line, cut at 300 characters; None when nothing is left of it."""
    if not text:
        return None
    return " ".join(normal_form(text).split())[:_TITLE_CHARS].strip() or None


def title_of(name: str) -> str:
    """Return the file's name without its ending, on one line."""
    return one_line(name.rpartition(".")[0]) or name


def word_count(text: str) -> int:
    """Return how many words ``text`` has; of a script without spaces, how many letters by two."""
    words = re.findall(r"\w+", text)
    if max(text, default="") < _UNSPACED:
        return len(words)
    return sum(1 + sum(char >= _UNSPACED for char in word) // 2 for word in words)
