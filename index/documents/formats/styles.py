"""Paragraphs of a word processor, each with what its style is for -> an article."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from index.documents.formats.blocks import Block, compose, one_line
from index.documents.formats.days import parse_day
from index.documents.formats.types import Extracted, Known
from index.errors import SourceError

Paragraph = tuple[str, str]
"""What its style is for (title, author, date, contents, heading, text), and its text."""


def kind_named(name: str) -> str | None:
    """Return what a style of this ``name`` is for; None where the name does not say."""
    name = name.lower()
    if name in ("title", "author", "date"):
        return name
    if name.startswith("toc ") or name == "toc heading":
        return "contents"
    return "heading" if name.startswith("heading") else None


def in_row(cells: Sequence[Sequence[Paragraph]]) -> Iterator[Paragraph]:
    """Yield a row of a table, or its paragraphs, where cells hold several: then it is only layout."""
    if all(len(cell) <= 1 for cell in cells):
        if line := "\t".join(text for cell in cells for _, text in cell):
            yield "text", line
        return
    yield from (found for cell in cells for found in cell)


def compose_styled(
    paragraphs: Iterable[Paragraph],
    notes: Iterable[str],
    known: Known,
    name: str,
    *,
    has_pictures: bool,
    largest: str | None = None,
) -> Extracted:
    """Return the article of ``paragraphs`` with the ``notes`` behind them, without a table of contents.

    What the first paragraphs say by their styles is known, too; without title and heading, the ``largest``
    line is the title. Raises SourceError when there is no text.
    """
    blocks: list[Block] = []
    said: dict[str, str] = {}
    for kind, text in paragraphs:
        if kind in ("title", "author", "date") and kind not in said and len(blocks) < 4:
            said[kind] = text
        elif kind != "contents":
            blocks.append(Block(text, is_heading=kind in ("heading", "title")))
    blocks.extend(Block(text) for text in notes)
    has_headings = any(block.is_heading for block in blocks)
    known = replace(
        known,
        title=known.title or one_line(said.get("title")) or (None if has_headings else one_line(largest)),
        author=known.author or one_line(said.get("author")),
        published=parse_day(said.get("date")) or known.published,
    )
    extracted = compose(blocks, known, name)
    if not any(map(str.isalnum, extracted.text)):
        what = "only images" if has_pictures else "no text"
        raise SourceError(f"{name} contains {what}. Please save the article as text.")
    return extracted
