"""What a library holds, read again: by rules that have changed since, or because the source has."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from index.documents.article import make_article, read_article
from index.documents.extract import extract
from index.documents.web.address import is_address
from index.documents.web.fetcher import Fetcher
from index.documents.web.web_article import read_address
from index.errors import SourceError
from index.ingest.ingest import GetEmbedder, Outcome, ingest_one
from index.ingest.watch import Pace
from index.protocols import Library
from index.types import Article, ArticleInfo, IndexConfiguration

_FIELDS = ("title", "text", "author", "publisher", "published", "url", "language", "sections", "pages")
_FROM_CHAT = "file "


@dataclass(frozen=True, slots=True)
class Refreshed:
    """The result for one article: its ``outcome``, None if its source was not found, and what ``changed``."""

    article: ArticleInfo
    outcome: Outcome | None
    changed: tuple[str, ...] = ()


def refresh(
    library: Library,
    folder: Path,
    fetcher: Fetcher,
    pace: Pace,
    configuration: IndexConfiguration,
    embedder: GetEmbedder,
    *,
    languages: tuple[str, ...] = (),
) -> Iterator[Refreshed]:
    """Read every article of ``library`` again whose file or address is at hand, as they are done.

    Those that have changed become new versions, each in one transaction; one that cannot be read stays as it
    is. Files count from ``folder``. Raises what ``ingest_one`` raises.
    """
    for info in library.articles():
        read = _reader(library, info, folder, fetcher, pace)
        if read is None:
            yield Refreshed(info, None)
            continue
        before = library.article(info.id)
        same_source = functools.partial(_of_source, info, read)
        outcome = ingest_one(
            info.source, same_source, lambda: library, configuration, embedder, languages=languages
        )
        after = outcome.article if outcome.did == "replaced" else None
        changed = [name for name in _FIELDS if after and getattr(before, name) != getattr(after, name)]
        yield Refreshed(info, outcome, tuple(changed))


def _reader(
    library: Library, info: ArticleInfo, folder: Path, fetcher: Fetcher, pace: Pace
) -> Callable[[], Article] | None:
    """Return what reads the article again: its address, its file, or the file that is kept; None for none."""
    if is_address(info.source):

        def fetched() -> Article:
            pace.wait(info.source)
            return read_address(info.source, fetcher)

        return fetched
    path = folder / info.source
    if path.is_file():
        return functools.partial(read_article, path, folder)
    original = library.original(info.id)
    if original is None:
        return None
    name = info.source.removeprefix(_FROM_CHAT).rpartition("/")[2]
    return lambda: make_article(info.source, extract(original, name))


def _of_source(info: ArticleInfo, read: Callable[[], Article]) -> Article:
    """Read an article; it stays one of the source of ``info``. Raises SourceError where it is another's."""
    article = read()
    if article.source != info.source:
        raise SourceError(f"{info.source} leads to {article.source} now; add that, and remove {info.id}.")
    return article
