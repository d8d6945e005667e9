"""Libraries as files: export, import, backup."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.options import ChatOption, ConfigOption, LibraryOption, chosen, load_checked
from bot.cli.outcomes import counted
from index.command_line import spinner
from index.program import command


def export_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A new file, for all of it.")],
    library: LibraryOption = "main",
    chat: ChatOption = None,
    config: ConfigOption = None,
) -> None:
    """Write a library into one file, to take it elsewhere; the bot may run meanwhile."""
    from index.store import SqliteStore

    store, name = SqliteStore(load_checked(config)), chosen(library, chat)
    with spinner("writing"):
        store.export(name, file)
    print(f"{name} is in {file}, {file.stat().st_size:,} bytes.")


def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What `export` has written.")],
    library: LibraryOption = "main",
    chat: ChatOption = None,
    merge: Annotated[
        bool, typer.Option("--merge", help="Put its articles into the library that is there.")
    ] = False,
    config: ConfigOption = None,
) -> None:
    """Make a library of a file that `export` has written, once all of it is checked."""
    from index.store import SqliteStore

    store, name = SqliteStore(load_checked(config)), chosen(library, chat)
    if merge:
        with spinner("checking"):
            current_count, other_count = store.merge_file(file, name)
        print(f"{name}: {counted(current_count, 'article')} put in.")
        if other_count:
            print(
                f"{counted(other_count, 'version')} beside, not searched: earlier ones, and what comes from "
                "a source that is there already."
            )
        return
    with spinner("checking"):
        is_stale = store.import_file(file, name)
    with store.library(name) as opened:
        print(f"{name}: {counted(opened.stats().articles, 'article')}.")
    if is_stale:
        print(
            "It was made with another model or size of passages: run "
            f"{command(f'rebuild{name.option}')} before it is asked."
        )


def backup(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="A new folder.")],
    config: ConfigOption = None,
) -> None:
    """Copy all that is kept, libraries and what the bot knows, into a folder; the bot may run meanwhile."""
    from index.store.transfer import back_up

    data_dir = load_checked(config).data_dir
    with spinner("copying"):
        kept = back_up(data_dir, folder)
    for name in kept:
        print(f"{(folder / name).stat().st_size:>15,}  {name}")
    print(
        f"{counted(len(kept), 'file')} in {folder}. To restore: stop the bot, and put them in the place of "
        f"{data_dir}."
    )
