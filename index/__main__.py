"""python -m index: what is in a library, and how it gets in and out."""

from __future__ import annotations

import functools
import sys
from pathlib import Path
from typing import Annotated

import typer

from index.cli import ConfigOption, LibraryOption, make_progress, run, waiting
from index.config import Config, load_config
from index.errors import AppError
from index.settings import IndexSettings

app = typer.Typer(
    help="Put articles into a library, and look after it.", no_args_is_help=True, add_completion=False,
    pretty_exceptions_enable=False, rich_markup_mode=None,
)
IdArgument = Annotated[str, typer.Argument(metavar="ID", help="The id that `list` shows.")]


@app.command()
def add(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH…", help="Files, or folders of articles.")],
    library: LibraryOption = "main",
    config: ConfigOption = None,
) -> None:
    """Add articles, or new versions of them; what is there already is left alone."""
    from index.embedder import load_embedder
    from index.ingest import ingest
    from index.library import Library, library_path
    from index.read import find_files

    settings, made_with, values = _settings(config)
    path = library_path(values.data_dir, library)
    files = list(dict.fromkeys(file for given in paths for file in find_files(given)))

    @functools.cache
    def embedder():  # type: ignore[no-untyped-def]
        with waiting("loading the model"):
            return load_embedder(settings.embedder)

    counts = {"added": 0, "replaced": 0, "unchanged": 0, "failed": 0}
    with make_progress() as progress, Library(path, made_with) as opened:
        bar = progress.add_task("adding", total=len(files))
        for outcome in ingest(iter(files), opened, values.folder, made_with, embedder):
            progress.advance(bar)
            counts[outcome.did] += 1
            if outcome.error:
                progress.stop()
                print(f"python -m index: {outcome.error}", file=sys.stderr)
            elif outcome.article and outcome.did != "unchanged":
                progress.console.print(
                    f"{outcome.did} {outcome.article.id}  {outcome.article.title} ({outcome.passages} passages)",
                    markup=False, highlight=False, soft_wrap=True,
                ) if progress.console.is_terminal else print(
                    f"{outcome.did} {outcome.article.id}  {outcome.article.title} ({outcome.passages} passages)"
                )
    print(_summary(counts, library))
    if counts["failed"]:
        raise typer.Exit(1)


def _summary(counts: dict[str, int], library: str) -> str:
    if counts["added"] == counts["replaced"] == counts["failed"] == 0:
        return f"Nothing to do: {_articles(counts['unchanged'])} in {library}, unchanged."
    done = [f"{count} {what}" for what, count in counts.items() if count]
    return f"{library}: {', '.join(done)}."


def _articles(count: int) -> str:
    return "1 article" if count == 1 else f"{count} articles"


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
        "title": article.title, "author": article.author, "publisher": article.publisher,
        "published": article.published, "url": article.url, "language": article.language,
        "source": article.source, "added": f"{article.added:%Y-%m-%d %H:%M} UTC",
        "size": f"{len(article.text.split())} words, {len(passages)} passages",
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
            done = list(progress.track(rebuild_library(opened, made_with, embedder), total=count, description="embedding"))
    print(f"{library}: {_articles(len(done))} rebuilt with {settings.embedder}.")


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
        raise LibraryFaults(f"{library} has {len(faults)} faults; run `python -m index rebuild`, or add again.")
    print(f"{library} is whole: {_articles(stats.articles)}, {stats.passages} passages.")


class LibraryFaults(AppError):
    """The library is not whole."""


@app.command()
def stats(library: LibraryOption = "main", config: ConfigOption = None) -> None:
    """Say how much the library holds."""
    from index.library import Library, library_path

    with Library(library_path(load_checked(config).data_dir, library)) as opened:
        found = opened.stats()
    print(f"articles    {found.articles} ({found.earlier_versions} earlier versions)")
    print(f"passages    {found.passages}, up to {found.made_with.passage_tokens} tokens")
    print(f"characters  {found.characters:,}")
    print(f"file        {found.bytes:,} bytes")
    print(f"model       {found.made_with.model}")


def load_checked(path: Path | None) -> Config:
    """config.toml, its table of this layer checked, whether the command needs it or not."""
    config = load_config(path)
    config.section("index", IndexSettings)
    return config


def _settings(path: Path | None):  # type: ignore[no-untyped-def]
    from index.library import MadeWith

    config = load_config(path)
    settings = config.section("index", IndexSettings)
    return settings, MadeWith(settings.embedder, settings.passage_tokens), config


if __name__ == "__main__":
    run(app, "python -m index")
