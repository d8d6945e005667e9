"""What was fetched -> an Article, whose source is the address where it was found."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from index.errors import SourceError
from index.extract.text import extract_text
from index.fetch.address import canonical, shown
from index.fetch.fetcher import Fetched, Fetcher
from index.read import make_article
from index.types import Article

TEXTS = ("text/plain", "text/markdown", "text/x-markdown")


def to_article(fetched: Fetched) -> Article:
    """The article in ``fetched``. Its link is where it was fetched, whatever it says of itself.

    Raises SourceError when it cannot be read as one.
    """
    source = canonical(fetched.url)
    kind = fetched.content_type.partition(";")[0].strip().lower()
    if kind not in TEXTS:
        kind = shown(kind) or "it does not say which"
        raise SourceError(f"{shown(source)} is of a kind that cannot be read yet ({kind}); texts can.")
    return make_article(source, replace(extract_text(fetched.data, _name_of(source)), url=source))


def read_address(url: str, fetcher: Fetcher) -> Article:
    """The article at ``url``. Raises FetchError, SourceError."""
    return to_article(fetcher.fetch(url))


def _name_of(source: str) -> str:
    """The last part of the address, as the name of a file."""
    parts = urlsplit(source)
    return PurePosixPath(unquote(parts.path)).name or parts.netloc
