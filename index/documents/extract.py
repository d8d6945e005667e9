"""The way in for every kind of file: bytes -> what an article is made of."""

from __future__ import annotations

from dataclasses import replace

from index.documents.formats.kinds import kind_of
from index.documents.formats.text import extract_text
from index.documents.formats.types import Extracted
from index.documents.sandbox import extract_in_child
from index.errors import SourceError


def extract(data: bytes, name: str, url: str | None = None, charset: str | None = None) -> Extracted:
    """Return the article in the bytes of a file called ``name``, which came from ``url`` if that is known.

    ``charset`` is the encoding that its server named, if any. What kind it is, its bytes say. All but plain
    text is read in a process of its own. A file that is kept goes along as it is. Raises SourceError
    when it is of no kind that can be read, is damaged, takes too much, or holds no whole article.
    """
    found = kind_of(data, name)
    if len(data) > found.max_bytes:
        size = f"over {found.max_bytes // 1_000_000} MB"
        raise SourceError(
            f"{name} is too big for {found.called}: {size}. Please split it into several articles."
        )
    if found.is_plain:
        extracted = extract_text(data, name, charset)
        return replace(extracted, url=extracted.url or url)
    extracted = extract_in_child(found, data, name, url, charset)
    return replace(extracted, original=data) if found.is_kept else extracted
