"""What is there: list, show, stats, libraries."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.options import ChatOption, ConfigOption, IdArgument, LibraryOption, chosen, load_checked
from bot.cli.outcomes import counted, line_of, shown
from index.documents.formats.table import kept_formats
from index.errors import AppError, FileError
from index.files.atomic_files import create_atomically
from index.program import NAME, command


def list_articles(
    library: LibraryOption = "main", chat: ChatOption = None, config: ConfigOption = None
) -> None:
    """List the articles, newest first: id, date, title, source."""
    from index.stores import open_store

    store, name = open_store(load_checked(config)), chosen(library, chat)
    with store.library(name) as opened:
        infos = opened.articles()
    for info in infos:
        print(f"{info.id}  {info.published or '          '}  {shown(info.title)}  ({shown(info.source)})")
    if not infos:
        print(f"{name} has no articles. Add some with {command(f'add PATH{name.option}')}.")


def show(
    article_id: IdArgument,
    original: Annotated[
        Path | None,
        typer.Option("--original", metavar="FILE", help="Save the file it was read from as FILE instead."),
    ] = None,
    library: LibraryOption = "main",
    chat: ChatOption = None,
    config: ConfigOption = None,
) -> None:
    """Show an article: its details and its text."""
    from index.stores import open_store

    with open_store(load_checked(config)).library(chosen(library, chat)) as opened:
        article = opened.article(article_id)
        if original is not None:
            _write(original, opened.original(article_id), article_id)
            return
        passages = opened.passages(article_id)
        near_duplicates = opened.near_duplicates_of(article)
        newest = opened.current_version(article.source_id)
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
        "version": None
        if newest is None or newest.id == article_id
        else f"an earlier one, no longer searched; the newest is {newest.id}",
        "similar": "\n           ".join(map(line_of, near_duplicates)) or None,
    }
    for name, value in known.items():
        if value is not None:
            print(f"{name + ':':<11}{value if name == 'similar' else shown(str(value))}")
    print(f"\n{article.text}")


def _write(path: Path, data: bytes | None, article_id: str) -> None:
    if data is None:
        raise FileError(
            f"Only the text of {article_id} is stored: original files are kept for {kept_formats()}. "
            "To see the text, leave out --original."
        )
    with create_atomically(path) as new:
        new.touch(mode=0o600)
        new.write_bytes(data)
    print(f"{path}: {len(data):,} bytes.")


def stats(library: LibraryOption = "main", chat: ChatOption = None, config: ConfigOption = None) -> None:
    """Show how much the library contains."""
    from index.stores import open_store

    with open_store(load_checked(config)).library(chosen(library, chat)) as opened:
        found = opened.stats()
    print(f"articles    {found.articles} ({counted(found.earlier_versions, 'earlier version')})")
    print(f"passages    {found.passages}, up to {found.configuration.passage_tokens} tokens")
    print(f"characters  {found.characters:,}")
    print(f"originals   {counted(found.originals, 'file')}")
    print(f"file        {found.bytes:,} bytes, {found.used_bytes:,} in use")
    print(f"model       {found.configuration.model}")


def libraries(config: ConfigOption = None) -> None:
    """List all libraries: name, articles, size. The chats' own are listed, too."""
    from index.stores import open_store

    store = open_store(load_checked(config))
    names = store.names()
    failed = False
    for name in names:
        try:
            with store.library(name) as opened:
                held = opened.stats()
        except AppError as error:
            print(f"{NAME}: {error}", file=sys.stderr)
            failed = True
            continue
        print(f"{name.text:<22}{counted(held.articles, 'article'):>14}  {held.bytes:>15,} bytes")
    if not names:
        print(f"There's no library yet. Create one with {command('add PATH')}.")
    if failed:
        raise typer.Exit(1)
