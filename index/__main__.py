"""python -m index: what is in a library, and how it gets in and out."""

from __future__ import annotations

import functools
import itertools
import sys
import time
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from index.cli import ConfigOption, LibraryOption, make_progress, run, waiting
from index.config import Config, load_config
from index.errors import LibraryBusyError, LibraryDamagedError, SourceError, TryLaterError
from index.outcomes import counted, summary_of, tell_outcome
from index.settings import IndexSettings

if TYPE_CHECKING:
    from index.feeds.watch import Watch
    from index.ingest import GetEmbedder
    from index.library import MadeWith
    from index.types import Embedder

app = typer.Typer(
    help="Put articles into a library, and look after it.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
IdArgument = Annotated[str, typer.Argument(metavar="ID", help="The id that `list` shows.")]


@app.command()
def add(
    sources: Annotated[
        list[str], typer.Argument(metavar="PATH|URL", help="Files, folders of articles, or web addresses.")
    ],
    library: LibraryOption = "main",
    config: ConfigOption = None,
) -> None:
    """Add articles, or new versions of them; what is there already is left alone."""
    from index.embedder import load_embedder
    from index.fetch.address import is_address
    from index.fetch.article import read_address
    from index.fetch.fetcher import Fetcher
    from index.ingest import ingest, ingest_one
    from index.library import Library, library_path
    from index.read import find_files

    settings, made_with, values = _settings(config)
    path = library_path(values.data_dir, library)
    addresses = list(dict.fromkeys(given for given in sources if is_address(given)))
    paths = (Path(given) for given in sources if not is_address(given))
    files = list(dict.fromkeys(file for given in paths for file in find_files(given)))
    fetcher = Fetcher(settings.fetch_hosts)

    @functools.cache
    def embedder() -> Embedder:
        with waiting("loading the model"):
            return load_embedder(settings.embedder)

    counts = {"added": 0, "replaced": 0, "unchanged": 0, "failed": 0}
    with ExitStack() as stack:
        progress = stack.enter_context(make_progress())
        opened = functools.cache(lambda: stack.enter_context(Library(path, made_with)))
        bar = progress.add_task("adding", total=len(files) + len(addresses))
        from_files = ingest(iter(files), opened, values.folder, made_with, embedder)
        from_web = (
            ingest_one(url, functools.partial(read_address, url, fetcher), opened, made_with, embedder)
            for url in addresses
        )
        for outcome in itertools.chain(from_files, from_web):
            progress.advance(bar)
            counts[outcome.did] += 1
            tell_outcome(progress, outcome)
    print(summary_of(counts, library))
    if counts["failed"]:
        raise typer.Exit(1)


@app.command()
def watch(
    feed: Annotated[str, typer.Argument(metavar="FEED_URL", help="An RSS or Atom feed.")],
    library: LibraryOption = "main",
    once: Annotated[bool, typer.Option("--once", help="Look once, and end.")] = False,
    every: Annotated[int, typer.Option("--every", min=1, help="Minutes between two looks.")] = 30,
    config: ConfigOption = None,
) -> None:
    """Add the articles of a feed, and go on adding what is new and what has changed, until Ctrl-C."""
    from index.embedder import load_embedder
    from index.feeds.state import state_path
    from index.feeds.watch import FEED_LIMITS, Pace, Watch
    from index.fetch.article import to_article
    from index.fetch.fetcher import Fetcher
    from index.library import library_path

    settings, made_with, values = _settings(config)
    watching = Watch(
        feed,
        state_path(values.data_dir, library, feed),
        library_path(values.data_dir, library),
        feeds=Fetcher(settings.fetch_hosts, FEED_LIMITS),
        articles=Fetcher(settings.fetch_hosts),
        make=to_article,
        pace=Pace(),
        every_s=every * 60,
    )
    embedder = functools.cache(lambda: load_embedder(settings.embedder))
    while True:
        failed_count = _look(watching, library, made_with, embedder, must_work=once)
        if once:
            raise typer.Exit(1 if failed_count else 0)
        pause_s = watching.pause_s()
        print(f"Next look at {time.strftime('%H:%M', time.localtime(time.time() + pause_s))}.", flush=True)
        time.sleep(pause_s)


def _look(
    watching: Watch, library: str, made_with: MadeWith, embedder: GetEmbedder, *, must_work: bool
) -> int:
    """One look at a feed, told as it goes; how much of it failed.

    What may be better the next time is told, and raised only where it ``must_work`` or never has.
    """
    from index.ingest import ingest_one
    from index.library import Library

    counts = {"added": 0, "replaced": 0, "unchanged": 0, "failed": 0}
    with ExitStack() as stack:
        progress = stack.enter_context(make_progress())
        opened = functools.cache(lambda: stack.enter_context(Library(watching.library, made_with)))
        try:
            for outcome in watching.look(
                lambda given, read: ingest_one(given, read, opened, made_with, embedder)
            ):
                counts[outcome.did] += 1
                tell_outcome(progress, outcome)
        except (SourceError, LibraryBusyError) as error:
            may_pass = isinstance(error, TryLaterError | LibraryBusyError) or watching.has_worked()
            if must_work or not may_pass:
                raise
            print(f"python -m index: {error}", file=sys.stderr)
            return 1
    done = [f"{count} {what}" for what, count in counts.items() if count and what != "unchanged"]
    print(f"{library}: {', '.join(done) or 'nothing new'}.", flush=True)
    return counts["failed"]


@app.command("list")
def list_articles(library: LibraryOption = "main", config: ConfigOption = None) -> None:
    """List the articles, newest first: id, date, title, source."""
    from index.library import Library, library_path

    with Library(library_path(load_checked(config).data_dir, library)) as opened:
        infos = opened.articles()
    for info in infos:
        print(f"{info.id}  {info.published or '          '}  {info.title}  ({info.source})")
    if not infos:
        print(f"{library} has no articles; add some with `python -m index add PATH`.")


@app.command()
def show(article_id: IdArgument, library: LibraryOption = "main", config: ConfigOption = None) -> None:
    """Show one article: what is known of it, and its text."""
    from index.library import Library, library_path

    with Library(library_path(load_checked(config).data_dir, library)) as opened:
        article = opened.article(article_id)
        is_current = opened.is_current(article_id)
        passages = opened.passages(article_id)
    known = {
        "title": article.title,
        "author": article.author,
        "publisher": article.publisher,
        "published": article.published,
        "url": article.url,
        "language": article.language,
        "source": article.source,
        "added": f"{article.added:%Y-%m-%d %H:%M} UTC",
        "size": ", ".join(
            counted(count, what)
            for count, what in (
                (len(article.text.split()), "word"),
                (len(passages), "passage"),
                (len(article.pages), "page"),
            )
            if count or what != "page"
        ),
        "version": None if is_current else "an earlier one, not searched any more",
    }
    for name, value in known.items():
        if value is not None:
            print(f"{name + ':':<11}{value}")
    print(f"\n{article.text}")


@app.command()
def remove(article_id: IdArgument, library: LibraryOption = "main", config: ConfigOption = None) -> None:
    """Remove an article, every version of it."""
    from index.library import Library, library_path

    with Library(library_path(load_checked(config).data_dir, library)) as opened:
        info = opened.remove(article_id)
    print(f"removed {info.id}  {info.title}")


@app.command()
def rebuild(library: LibraryOption = "main", config: ConfigOption = None) -> None:
    """Split and embed every article again, as config.toml says now."""
    from index.embedder import load_embedder
    from index.ingest import rebuild as rebuild_library
    from index.library import Library, library_path

    settings, made_with, values = _settings(config)
    with Library(library_path(values.data_dir, library)) as opened:
        count = len(opened.articles())
        with waiting("loading the model"):
            embedder = load_embedder(settings.embedder)
        with make_progress() as progress:
            rebuilding = rebuild_library(opened, made_with, embedder)
            done = list(progress.track(rebuilding, total=count, description="embedding"))
    print(f"{library}: {counted(len(done), 'article')} rebuilt with {settings.embedder}.")


@app.command()
def verify(library: LibraryOption = "main", config: ConfigOption = None) -> None:
    """Check that the library is whole; name what is wrong, with exit code 1."""
    from index.library import Library, library_path

    with Library(library_path(load_checked(config).data_dir, library)) as opened:
        faults = opened.verify()
        stats = opened.stats()
    for fault in faults:
        print(f"{library}: {fault}")
    if faults:
        raise LibraryDamagedError(
            f"{library} has {counted(len(faults), 'fault')}; run `python -m index rebuild`, or add again."
        )
    print(f"{library} is whole: {counted(stats.articles, 'article')}, {counted(stats.passages, 'passage')}.")


@app.command()
def stats(library: LibraryOption = "main", config: ConfigOption = None) -> None:
    """Say how much the library holds."""
    from index.library import Library, library_path

    with Library(library_path(load_checked(config).data_dir, library)) as opened:
        found = opened.stats()
    print(f"articles    {found.articles} ({counted(found.earlier_versions, 'earlier version')})")
    print(f"passages    {found.passages}, up to {found.made_with.passage_tokens} tokens")
    print(f"characters  {found.characters:,}")
    print(f"file        {found.bytes:,} bytes")
    print(f"model       {found.made_with.model}")


def load_checked(path: Path | None) -> Config:
    """config.toml, its table of this layer checked, whether the command needs it or not."""
    config = load_config(path)
    config.section("index", IndexSettings)
    return config


def _settings(path: Path | None) -> tuple[IndexSettings, MadeWith, Config]:
    from index.library import MadeWith

    config = load_config(path)
    settings = config.section("index", IndexSettings)
    return settings, MadeWith(settings.embedder, settings.passage_tokens), config


if __name__ == "__main__":
    run(app, "python -m index")
