"""What is done to a library: remove, rebuild, verify."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from contextlib import closing
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.options import (
    ChatOption,
    ConfigOption,
    IdArgument,
    LibraryOption,
    chosen,
    load_checked,
    load_settings,
)
from bot.cli.outcomes import counted, tell_refreshed
from index.command_line import make_progress, spinner
from index.errors import LibraryDamagedError
from index.program import command

if TYPE_CHECKING:
    from index.search import SqliteSearch
    from index.types import Stats


def remove(
    article_id: IdArgument,
    library: LibraryOption = "main",
    chat: ChatOption = None,
    config: ConfigOption = None,
) -> None:
    """Remove an article and all its versions."""
    from index.stores import open_store

    with open_store(load_checked(config)).library(chosen(library, chat)) as opened:
        info = opened.remove(article_id)
    print(f"removed {info.id}  {info.title}")


def rebuild(library: LibraryOption = "main", chat: ChatOption = None, config: ConfigOption = None) -> None:
    """Split and embed every article again, as config.toml now says."""
    from index.ingest.ingest import rebuild as rebuild_library
    from index.models import load_embedder
    from index.stores import open_store

    settings, values = load_settings(config)
    store, name = open_store(values), chosen(library, chat)
    with store.library(name) as opened:
        count = len(opened.articles())
        with spinner("loading the model"):
            embedder = load_embedder(settings.embedder)
        with make_progress() as progress:
            rebuilding = rebuild_library(opened, store.configuration, embedder)
            done = list(progress.track(rebuilding, total=count, description="embedding"))
    print(f"{name}: {counted(len(done), 'article')} rebuilt with {settings.embedder}.")


def refresh(library: LibraryOption = "main", chat: ChatOption = None, config: ConfigOption = None) -> None:
    """Read every article again whose file or address is at hand; what has changed becomes a new version."""
    from index.documents.web.fetcher import Fetcher
    from index.ingest.refresh import refresh as refresh_library
    from index.ingest.watch import Pace
    from index.models import load_embedder
    from index.stores import open_store

    settings, values = load_settings(config)
    store, name = open_store(values), chosen(library, chat)
    counts = {"replaced": 0, "unchanged": 0, "left": 0, "failed": 0}
    with store.library(name) as opened, make_progress() as progress:
        refreshing = refresh_library(
            opened,
            values.folder,
            Fetcher(settings.fetch_hosts),
            Pace(),
            store.configuration,
            functools.cache(lambda: load_embedder(settings.embedder)),
            languages=tuple(settings.languages),
        )
        for done in progress.track(refreshing, total=len(opened.articles()), description="reading"):
            counts[done.outcome.did if done.outcome else "left"] += 1
            tell_refreshed(progress, done)
    print(
        f"{name}: {', '.join(f'{count} {what}' for what, count in counts.items() if count) or 'no articles'}."
    )
    if counts["failed"]:
        raise typer.Exit(1)


def verify(
    library: LibraryOption = "main",
    chat: ChatOption = None,
    vectors: Annotated[
        bool, typer.Option("--vectors", help="Also embed every passage again, and compare.")
    ] = False,
    config: ConfigOption = None,
) -> None:
    """Check that the library is intact. If it isn't, say what's wrong, and exit with code 1."""
    from index.search import SqliteSearch
    from index.store import SqliteStore
    from index.store.paths import path_of

    values = load_checked(config)
    name = chosen(library, chat)
    with SqliteStore(values).library(name) as opened:
        faults = opened.verify()
        stats = opened.stats() if not faults else None
    if stats is not None:
        with closing(SqliteSearch(path_of(values.data_dir, name), stats.configuration)) as search:
            faults = [*search.find_faults(), *(_foreign_vectors(search, stats) if vectors else ())]
    for fault in faults:
        print(f"{name}: {fault}")
    if faults or stats is None:
        raise LibraryDamagedError(
            f"{name} has {counted(len(faults), 'fault')}. Run {command(f'rebuild{name.option}')}. If "
            "that doesn't help, restore a backup, or remove the article and add it again."
        )
    print(f"{name} is intact: {counted(stats.articles, 'article')}, {counted(stats.passages, 'passage')}.")


def _foreign_vectors(search: SqliteSearch, stats: Stats) -> Iterator[str]:
    from index.ingest.ingest import embed_passages
    from index.models import load_embedder
    from index.store.verify import find_foreign_vectors

    with spinner("loading the model"):
        embedder = load_embedder(stats.configuration.model)
    with make_progress() as progress:
        for info in progress.track(search.articles(), description="embedding"):
            article = search.article(info.id)
            if article is None:
                continue  # removed meanwhile
            passages, vectors = search.passages(article)
            if passages:
                again = embed_passages(passages, embedder)
                yield from find_foreign_vectors(info.id, passages, vectors, again)
