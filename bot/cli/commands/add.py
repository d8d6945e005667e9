"""How articles get in: add, watch."""

from __future__ import annotations

import functools
import itertools
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.options import ChatOption, ConfigOption, LibraryOption, chosen, load_settings
from bot.cli.outcomes import summary_of, tell_outcome
from index.command_line import make_progress, spinner
from index.errors import FeedStateError, LibraryBusyError, ReaderStartError, SourceError, TryLaterError
from index.program import NAME

if TYPE_CHECKING:
    from index.ingest.ingest import Outcome
    from index.ingest.watch import Watch
    from index.library_name import LibraryName
    from index.protocols import Store
    from index.types import Embedder

_PASSING = (TryLaterError, LibraryBusyError, ReaderStartError)  # what may be better the next time


def add(
    sources: Annotated[
        list[str], typer.Argument(metavar="SOURCE", help="Files, folders of articles, or web addresses.")
    ],
    library: LibraryOption = "main",
    chat: ChatOption = None,
    config: ConfigOption = None,
) -> None:
    """Add articles, or new versions of them. What hasn't changed is left alone."""
    from index.documents.article import find_files
    from index.documents.web.address import is_address
    from index.documents.web.fetcher import Fetcher
    from index.documents.web.web_article import read_address
    from index.ingest.ingest import ingest, ingest_one
    from index.models import load_embedder
    from index.stores import open_store

    settings, values = load_settings(config)
    store, name = open_store(values), chosen(library, chat)
    addresses = list(dict.fromkeys(given for given in sources if is_address(given)))
    paths = (Path(given) for given in sources if not is_address(given))
    files = list(dict.fromkeys(file for given in paths for file in find_files(given)))
    fetcher = Fetcher(settings.fetch_hosts)

    @functools.cache
    def embedder() -> Embedder:
        with spinner("loading the model"):
            return load_embedder(settings.embedder)

    counts = {"added": 0, "replaced": 0, "unchanged": 0, "failed": 0}
    with ExitStack() as stack:
        progress = stack.enter_context(make_progress())
        opened = functools.cache(lambda: stack.enter_context(store.library(name, create=True)))
        bar = progress.add_task("adding", total=len(files) + len(addresses))
        languages, configuration = settings.languages, store.configuration
        from_files = ingest(iter(files), opened, values.folder, configuration, embedder, languages=languages)
        from_web = (
            ingest_one(
                url,
                functools.partial(read_address, url, fetcher),
                opened,
                configuration,
                embedder,
                languages=languages,
            )
            for url in addresses
        )
        for outcome in itertools.chain(from_files, from_web):
            progress.advance(bar)
            counts[outcome.did] += 1
            tell_outcome(progress, outcome)
    print(summary_of(counts, name.text))
    if counts["failed"]:
        raise typer.Exit(1)


def watch(
    feed: Annotated[str, typer.Argument(metavar="FEED_URL", help="An RSS or Atom feed.")],
    library: LibraryOption = "main",
    chat: ChatOption = None,
    once: Annotated[bool, typer.Option("--once", help="Look once, then stop.")] = False,
    every: Annotated[
        int, typer.Option("--every", min=1, metavar="MINUTES", help="Minutes between looks.")
    ] = 30,
    config: ConfigOption = None,
) -> None:
    """Add a feed's articles, and keep adding new and changed ones. To stop, press Ctrl-C."""
    from index.documents.feeds.state import state_path
    from index.documents.web.fetcher import Fetcher
    from index.documents.web.web_article import to_article
    from index.ingest.ingest import ingest_one
    from index.ingest.watch import FEED_LIMITS, Pace, Watch
    from index.models import load_embedder
    from index.stores import open_store

    settings, values = load_settings(config)
    store, name = open_store(values), chosen(library, chat)
    watching = Watch(
        feed,
        state_path(values.data_dir, name.text, feed),
        lambda: store.holds(name),
        feeds=Fetcher(settings.fetch_hosts, FEED_LIMITS),
        articles=Fetcher(settings.fetch_hosts),
        make=to_article,
        pace=Pace(),
        every_s=every * 60,
    )
    embedder = functools.cache(lambda: load_embedder(settings.embedder))
    ingesting = functools.partial(
        ingest_one, configuration=store.configuration, embedder=embedder, languages=settings.languages
    )
    while True:
        failed_count = _look(watching, store, name, ingesting, must_work=once)
        if once:
            raise typer.Exit(1 if failed_count else 0)
        pause_s = watching.pause_s()
        print(f"Next look at {time.strftime('%H:%M', time.localtime(time.time() + pause_s))}.", flush=True)
        time.sleep(pause_s)


def _look(
    watching: Watch, store: Store, name: LibraryName, ingesting: Callable[..., Outcome], *, must_work: bool
) -> int:
    """Look at a feed once, and say what happens; return how many entries failed.

    What may be better the next time is told, and raised only where it ``must_work`` or never has.
    """
    counts = {"added": 0, "replaced": 0, "unchanged": 0, "failed": 0}
    with ExitStack() as stack:
        progress = stack.enter_context(make_progress())
        opened = functools.cache(lambda: stack.enter_context(store.library(name, create=True)))
        try:
            for outcome in watching.look(lambda given, read: ingesting(given, read, opened)):
                counts[outcome.did] += 1
                tell_outcome(progress, outcome)
        except (SourceError, FeedStateError, LibraryBusyError, ReaderStartError) as error:
            may_pass = isinstance(error, _PASSING) or watching.has_worked()
            if must_work or not may_pass:
                raise
            print(f"{NAME}: {error}", file=sys.stderr)
            return 1
    done = [f"{count} {what}" for what, count in counts.items() if count and what != "unchanged"]
    print(f"{name}: {', '.join(done) or 'nothing new'}.", flush=True)
    return counts["failed"]
