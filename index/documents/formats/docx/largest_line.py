"""The line of a Word document that is set largest, which is its title where nothing else says one."""

from __future__ import annotations

import itertools
from collections import Counter
from typing import Any

from index.documents.formats.docx.letters import pieces_of
from index.documents.formats.docx.package import W
from index.documents.formats.docx.styles import Styles, style_of
from index.documents.formats.pieces import text_of

_LOOKED_AT = 200  # paragraphs, for the size that is usual
_FIRST = 20  # paragraphs among which a title is
_LARGER = 1.2
_TITLE_CHARS = 200


def largest_line(body: Any, styles: Styles) -> str | None:
    """Return the first of the largest paragraphs at the beginning of ``body``; None where all are alike."""
    usual: Counter[float] = Counter()
    first: list[tuple[float, str]] = []
    for paragraph in itertools.islice(body.iter(f"{W}p"), _LOOKED_AT):
        sizes = _sizes(paragraph, styles)
        usual.update(sizes)
        if sizes and len(first) < _FIRST:
            first.append((min(sizes), text_of(pieces_of(paragraph, styles))))
    if not first:
        return None
    size, line = max(first, key=lambda found: found[0])
    return line if size > _LARGER * usual.most_common(1)[0][0] and 0 < len(line) <= _TITLE_CHARS else None


def _sizes(paragraph: Any, styles: Styles) -> Counter[float]:
    """Return how many letters of ``paragraph`` have each size, in half points."""
    sizes: Counter[float] = Counter()
    style = style_of(paragraph)
    for run in paragraph.iter(f"{W}r"):
        count = sum(len(letters.text or "") for letters in run.iter(f"{W}t"))
        said = styles.look(run, style, "sz") or ""
        if count:
            sizes[float(said) if said.isdecimal() and len(said) < 5 else styles.usual_size] += count
    return sizes
