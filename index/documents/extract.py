"""The way in for every kind of file: bytes -> what an article is made of."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from index.documents.formats.kinds import KIND_NAMES, MAX_BYTES, Kind, kind_of
from index.documents.formats.text import extract_text
from index.documents.formats.types import Extracted
from index.documents.sandbox import extract_in_child
from index.errors import SourceError

KEPT: Collection[Kind] = ("pdf", "docx", "epub")
"""Kinds whose files are kept: a reader wants to see the page, and the text is not all there is in them."""


def extract(data: bytes, name: str, url: str | None = None, charset: str | None = None) -> Extracted:
    """Return the article in the bytes of a file called ``name``, which came from ``url`` if that is known.

    ``charset`` is the encoding that its server named, if any. What kind it is, its bytes say. All but plain
    text is read in a process of its own. Files of the kinds KEPT go along as they are. Raises SourceError
    when it is of no kind that can be read, is damaged, takes too much, or holds no whole article.
    """
    kind = kind_of(data, name)
    if len(data) > MAX_BYTES[kind]:
        size = f"over {MAX_BYTES[kind] // 1_000_000} MB"
        raise SourceError(f"{name} is a {KIND_NAMES[kind]} of {size}; split it into several articles.")
    if kind == "text":
        extracted = extract_text(data, name, charset)
        return replace(extracted, url=extracted.url or url)
    extracted = extract_in_child(kind, data, name, url, charset)
    return replace(extracted, original=data) if kind in KEPT else extracted
