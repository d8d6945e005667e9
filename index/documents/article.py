"""A file on disk -> an Article: where it came from, what it is called, its id."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from index.documents.extract import extract
from index.documents.formats.table import endings, largest_bytes
from index.documents.formats.types import Extracted
from index.documents.ids import article_id, source_id
from index.errors import FileError
from index.types import Article
from index.urls import without_user

MAX_BYTES = largest_bytes()
"""No file is opened that is larger than the largest that any kind may have."""


def find_files(path: Path) -> Iterator[Path]:
    """Yield the files of ``path``, by name: itself, or every article in a folder and the folders below it.

    Hidden files and folders are passed over. Raises FileError when nothing is there.
    """
    try:
        path.stat()
    except OSError as error:
        if error.errno in (errno.ENOENT, errno.ENOTDIR):
            raise FileError(f"There is no {_printable(path)}. Check the name.") from None
        raise FileError(f"{_printable(path)} can't be read: {error.strerror}.") from None
    if not path.is_dir():
        yield path
        return
    wanted = endings()
    found = sorted(
        file
        for file in path.rglob("*")
        if file.is_file()
        and file.suffix.lower() in wanted
        and not any(part.startswith(".") for part in file.relative_to(path).parts)
    )
    if not found:
        raise FileError(
            f"There are no articles in {path}. Their file names have to end in {', '.join(wanted)}."
        )
    yield from found


def read_article(path: Path, folder: Path) -> Article:
    """Return the article in the file ``path``; its source is counted from ``folder`` where it lies below it.

    Raises FileError when the file cannot be read, SourceError when there is no article in it.
    """
    if _printable(path) != str(path):
        raise FileError(f"The name of {_printable(path)} isn't in UTF-8. Rename the file.")
    try:
        if path.exists() and not path.is_file():
            raise FileError(f"{path} isn't a file.")
        if path.stat().st_size > MAX_BYTES:
            raise FileError(f"{path} is over {MAX_BYTES // 1_000_000} MB. Split it into several articles.")
        data = path.read_bytes()
    except OSError as error:
        raise FileError(f"{path} can't be read: {error.strerror}.") from None
    return make_article(source_of(path, folder), extract(data, path.name))


def _printable(path: Path) -> str:
    """Return ``path`` with a mark for each byte that is not UTF-8: Python keeps those as surrogates."""
    return str(path).encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def source_of(path: Path, folder: Path) -> str:
    """Return ``path`` as it is remembered: relative to ``folder`` where it lies below it, else absolute."""
    absolute = path.resolve()
    if absolute.is_relative_to(folder.resolve()):
        return absolute.relative_to(folder.resolve()).as_posix()
    return absolute.as_posix()


def make_article(source: str, extracted: Extracted) -> Article:
    """Return the article of ``source``; equal sources and contents give equal ids, at any time.

    Its address is kept without a name and password: everybody who may ask sees it.
    """
    if extracted.url:
        extracted = replace(extracted, url=without_user(extracted.url))
    return Article(
        id=article_id(source, extracted),
        source_id=source_id(source),
        source=source,
        added=datetime.now(UTC).replace(microsecond=0),
        title=extracted.title,
        url=extracted.url,
        publisher=extracted.publisher,
        author=extracted.author,
        published=extracted.published,
        language=extracted.language,
        pages=extracted.pages,
        sections=extracted.sections,
        page_labels=extracted.page_labels,
        text=extracted.text,
        original=extracted.original,
    )
