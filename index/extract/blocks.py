"""Blocks of a file, one after another -> the text of an article, its sections and pages."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from index.extract.types import Extracted, Known
from index.normalize import normalize
from index.types import Section

BETWEEN = "\n\n"
_TITLE_CHARS = 300
_UNSPACED = "\u2e80"  # from here on stand the scripts of East Asia


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, an item, the row of a table, or a heading, as it stands in the file."""

    text: str
    is_heading: bool = False
    pages: tuple[int, ...] = ()  # where in ``text`` pages begin: 0 for a page that begins with the block


def compose(blocks: Iterable[Block], known: Known, name: str) -> Extracted:
    """The article of ``blocks``: paragraphs with a blank line between, headings taken out of the text.

    Without a title it is the first heading, else the file's ``name`` without its ending. The text may be
    empty: whoever read the file knows best why.
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


def one_line(text: str | None) -> str | None:
    """``text`` in normal form on one line, cut at 300 characters; None when nothing is left of it."""
    if not text:
        return None
    return " ".join(normalize(text).text.split())[:_TITLE_CHARS].strip() or None


def title_of(name: str) -> str:
    """The file's name without its ending, on one line."""
    return " ".join(normalize(name.rpartition(".")[0]).text.split()) or name


def word_count(text: str) -> int:
    """How many words ``text`` has; of a script without spaces, how many letters by two."""
    words = re.findall(r"\w+", text)
    if max(text, default="") < _UNSPACED:
        return len(words)
    return sum(1 + sum(char >= _UNSPACED for char in word) // 2 for word in words)
