"""What was fetched -> an Article, whose source is the address where it was found."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from index.documents.article import make_article
from index.documents.extract import extract
from index.documents.formats.charset import charset_of
from index.documents.formats.table import FORMATS
from index.documents.web.address import canonical
from index.documents.web.fetcher import Fetched, Fetcher
from index.types import Article

_NAME_CHARS = 150
"""The longest name, as of files; it is used in sentences about the article."""


def to_article(fetched: Fetched) -> Article:
    """Return the article in ``fetched``. Its link is where it was fetched, whatever it says of itself.

    Raises SourceError when it cannot be read as one.
    """
    source = canonical(fetched.url)
    extracted = extract(
        fetched.data, _name_of(source, fetched.content_type), source, charset_of(fetched.content_type)
    )
    return make_article(source, replace(extracted, url=source))


def read_address(url: str, fetcher: Fetcher) -> Article:
    """Return the article at ``url``. Raises FetchError, SourceError."""
    return to_article(fetcher.fetch(url))


def _name_of(source: str, content_type: str) -> str:
    """Return the last part of the address as a file name, with the ending of what the server says it is.

    Many servers send Markdown as plain text: what is called so is taken for it.
    """
    parts = urlsplit(source)
    name = PurePosixPath(PurePosixPath(unquote(parts.path)).name or parts.netloc)
    media_type = content_type.partition(";")[0].strip().lower()
    said = (row.media_types[media_type] for row in FORMATS.values() if media_type in row.media_types)
    ending = next(said, name.suffix)
    if ending == ".txt" and name.suffix.lower() in FORMATS["markdown"].endings:
        ending = name.suffix
    return f"{name.stem[:_NAME_CHARS]}{ending[:_NAME_CHARS]}"
