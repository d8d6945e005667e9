"""How an article and its source are known: by digests, the same at any time and on any machine."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from index.documents.formats.types import Extracted
    from index.types import Article


def article_id(source: str, said: Extracted | Article) -> str:
    """Return the id of the version of ``source`` with this text, and this said of it."""
    content = [
        said.title,
        said.text,
        said.url,
        said.publisher,
        said.author,
        said.published and said.published.isoformat(),
        said.language,
        [(section.start, section.title) for section in said.sections],
        *([said.pages] if said.pages else []),
        *([said.page_labels] if said.page_labels else []),
    ]
    return _short_hash(json.dumps([source, *content], ensure_ascii=False))


def source_id(source: str) -> str:
    """Return the id that all versions of ``source`` share."""
    return _short_hash(source)


def _short_hash(text: str) -> str:
    """Return a digest of 48 bits: a million of them collide once in five hundred cases, a thousand never."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]
