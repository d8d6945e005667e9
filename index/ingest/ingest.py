"""Sources -> library: what is new is read, split, embedded and written; what is not is left alone."""

from __future__ import annotations

import functools
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np

from index.documents.article import read_article
from index.documents.language import check_language
from index.errors import AppError, ConfigError, ModelError
from index.ingest.prefetch import prefetch
from index.protocols import Library
from index.text import split_article
from index.types import Article, ArticleInfo, Embedder, IndexConfiguration, Passage, Vectors

OpenLibrary = Callable[[], Library]
"""Opens the library when it is needed: a run in which nothing could be read makes none."""

GetEmbedder = Callable[[], Embedder]
"""Gives the model when it is needed: a run that changes nothing never loads it."""


GATHERED = 64
"""Passages that are embedded together, of as many articles: a short one alone would not use every core."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file or address; ``name`` is the one it was asked for by."""

    name: str
    did: Literal["added", "replaced", "unchanged", "failed"]
    article: Article | None = None
    passages: int = 0
    error: AppError | None = None
    near_duplicates: tuple[ArticleInfo, ...] = ()  # articles here that say nearly the same, the likest first


def ingest(
    files: Iterator[Path],
    library: OpenLibrary,
    folder: Path,
    configuration: IndexConfiguration,
    embedder: GetEmbedder,
    *,
    languages: Collection[str] = (),
) -> Iterator[Outcome]:
    """Bring the library up to date with ``files``, one outcome each, as they are done.

    Each article is written in one transaction, or not at all; one that cannot be read, or is surely in none
    of ``languages``, if there are any, does not stop the others. Raises what concerns all: StaleLibraryError,
    LibraryBusyError, ModelError, ConfigError.
    """
    begun: list[Outcome | _Split] = []
    for path, read in prefetch(files, functools.partial(read_article, folder=folder)):
        reading = functools.partial(read_in, languages, read)
        begun.append(_split(str(path), reading, library, configuration, embedder))
        passages = sum(len(split.passages) for split in begun if isinstance(split, _Split))
        if not passages or max(passages, len(begun)) >= GATHERED:
            yield from _written(begun, library, embedder)
            begun = []
    yield from _written(begun, library, embedder)


def ingest_one(
    name: str,
    read: Callable[[], Article],
    library: OpenLibrary,
    configuration: IndexConfiguration,
    embedder: GetEmbedder,
    *,
    languages: Collection[str] = (),
) -> Outcome:
    """Bring the library up to date with what ``read`` gives; an AppError of its own is an outcome, too.

    Raises what concerns all, as above.
    """
    reading = functools.partial(read_in, languages, read)
    begun = [_split(name, reading, library, configuration, embedder)]
    (outcome,) = _written(begun, library, embedder)
    return outcome


@dataclass(frozen=True, slots=True)
class _Split:
    """An article that is to be embedded and written."""

    name: str
    article: Article
    passages: list[Passage]


def _split(
    name: str,
    read: Callable[[], Article],
    library: OpenLibrary,
    configuration: IndexConfiguration,
    embedder: GetEmbedder,
) -> Outcome | _Split:
    try:
        article = read()
    except ModelError:  # of the language identifier: it concerns all
        raise
    except AppError as error:
        return Outcome(name, "failed", error=error)
    library().check_configuration(configuration)
    if library().is_current(article.id):
        return Outcome(name, "unchanged", article)
    return _Split(name, article, split_for(article, configuration.passage_tokens, embedder()))


def _written(
    begun: Sequence[Outcome | _Split], library: OpenLibrary, embedder: GetEmbedder
) -> Iterator[Outcome]:
    """Write what is split, embedded together, article by article; yield what becomes of each, in order."""
    passages = [passage for split in begun if isinstance(split, _Split) for passage in split.passages]
    vectors = embed_passages(passages, embedder()) if passages else np.zeros((0, 0), np.float32)
    done = 0
    for split in begun:
        if isinstance(split, Outcome):  # it failed, or is unchanged
            yield split
            continue
        own = vectors[done : done + len(split.passages)]
        done += len(split.passages)
        if library().is_current(split.article.id):  # the same file, name in two ways
            yield Outcome(split.name, "unchanged", split.article)
            continue
        replaced = library().replace(split.article, split.passages, own)
        near_duplicates = tuple(library().near_duplicates_of(split.article))
        did: Literal["added", "replaced"] = "replaced" if replaced else "added"
        yield Outcome(split.name, did, split.article, len(split.passages), near_duplicates=near_duplicates)


def read_in(languages: Collection[str], read: Callable[[], Article]) -> Article:
    """Read an article with ``read`` and return it.

    Raises SourceError, also where that is surely in none of ``languages``, if there are any.
    """
    article = read()
    if languages:
        check_language(article.text, article.title, languages)
    return article


def embed_article(article: Article, passage_tokens: int, embedder: Embedder) -> tuple[list[Passage], Vectors]:
    """Split ``article`` and embed its passages; return both. Raises what split_for raises."""
    passages = split_for(article, passage_tokens, embedder)
    return passages, embed_passages(passages, embedder)


def split_for(article: Article, passage_tokens: int, embedder: Embedder) -> list[Passage]:
    """Split ``article`` into passages of the size that ``embedder`` is to read.

    Raises ConfigError when the model would not read such passages to their end.
    """
    if passage_tokens > embedder.max_tokens:
        raise ConfigError(
            f"config.toml: [index] passage_tokens is {passage_tokens}, but {embedder.name} reads only "
            f"{embedder.max_tokens}. Set it lower."
        )
    return split_article(article, passage_tokens, embedder.count_tokens)


def embed_passages(passages: Sequence[Passage], embedder: Embedder) -> Vectors:
    """Embed ``passages``; return a unit vector each, in order: shape (len(passages), dim), float32."""
    return embedder.embed_passages([searched_text(passage) for passage in passages])


def searched_text(passage: Passage) -> str:
    """Return what is embedded and read of a passage: its words under what they are about."""
    return f"{passage.context}\n{passage.text}" if passage.context else passage.text


def rebuild(library: Library, configuration: IndexConfiguration, embedder: Embedder) -> Iterator[Article]:
    """Split and embed every current article again, yielding each when it is embedded.

    All are written in one transaction after the last; stopped before, the library is as it was.
    """
    contents = []
    for info in library.articles():
        article = library.article(info.id)
        contents.append((article.id, *embed_article(article, configuration.passage_tokens, embedder)))
        yield article
    library.rebuild(configuration, contents)
