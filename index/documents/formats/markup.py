"""A tree of HTML, or of what is like it -> blocks: paragraphs, items, rows and headings in order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from index.documents.formats.blocks import Block


def _tags(names: str) -> frozenset[str]:
    return frozenset(names.split())


_HEADINGS = _tags("h1 h2 h3 h4 h5 h6 head")  # "head" is what trafilatura calls them
_BLOCKS = _HEADINGS | _tags(
    "address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure"
    " footer form header hr html item legend li list main nav ol p pre quote row section summary table tbody"
    " tfoot thead tr ul"
)
_SKIPPED = _tags(
    "script style template noscript svg math iframe object canvas audio video map button input select"
    " textarea rp rt"
)
_BREAKS = frozenset(["br", "lb"])
CELLS = frozenset(["td", "th", "cell"])
_SPACE = re.compile(r"[ \t\n\r\f\v]+")  # a space that does not break stays
_UNSEEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_AROUND_BREAK = re.compile(r" ?([\n\t]) ?")


def is_too_deep(parser: Any) -> bool:
    """Return whether what ``parser`` has read was nested so deeply that it left out the rest."""
    return any(entry.message.startswith("Excessive depth") for entry in parser.error_log)


def blocks_of(root: Any) -> Iterator[Block]:
    """Yield the blocks of the tree below ``root``, in the order of the page.

    Tabs part the cells of a row. White space is one space, as a browser shows it; two line breaks in a row
    part paragraphs.
    """
    return (block for block, _ in placed_blocks(root))


def placed_blocks(root: Any) -> Iterator[tuple[Block, Any]]:
    """Yield the blocks of the tree below ``root`` as ``blocks_of`` does, each with its element."""
    pieces: list[str] = []
    place = root
    inside = 0  # headings that are open
    walk = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, element in walk:
        tag = _name(element)
        if event == "start":
            if is_skipped(element):
                walk.skip_subtree()
                continue
            if tag in _BLOCKS:
                yield from ((block, place) for block in _paragraphs(pieces, is_heading=inside > 0))
                inside += tag in _HEADINGS
                place = element
            elif tag in _BREAKS:
                pieces.append("\n")
            elif tag in CELLS and pieces:
                pieces.append("\t")
            pieces.append(_spaced(element.text))
            continue
        if event == "end" and tag in _BLOCKS and not is_skipped(element):
            yield from ((block, place) for block in _paragraphs(pieces, is_heading=inside > 0))
            inside -= tag in _HEADINGS
            parent = element.getparent()
            place = root if element is root or parent is None else parent
        if element is not root:
            pieces.append(_spaced(element.tail))
    yield from ((block, root) for block in _paragraphs(pieces, is_heading=False))


def _paragraphs(pieces: list[str], *, is_heading: bool) -> list[Block]:
    text = "".join(pieces)
    pieces.clear()
    text = _AROUND_BREAK.sub(r"\1", re.sub(" +", " ", text))
    return [Block(part.strip(), is_heading) for part in re.split(r"\n{2,}", text) if part.strip()]


def is_block(element: Any) -> bool:
    """Return whether ``element`` stands on lines of its own."""
    return _name(element) in _BLOCKS


def is_skipped(element: Any) -> bool:
    """Return whether nobody sees the text of ``element``."""
    if _name(element) in _SKIPPED or element.get("hidden") is not None:
        return True
    style = element.get("style")
    return style is not None and _UNSEEN.search(style) is not None


def _name(element: Any) -> str:
    """Return the tag without its namespace, in small letters; "" for a comment."""
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""


def _spaced(text: str | None) -> str:
    return _SPACE.sub(" ", text) if text else ""
