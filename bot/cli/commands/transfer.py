"""Libraries as files: export, import, backup."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.options import ChatOption, ConfigOption, LibraryOption, chosen, load_checked, load_settings
from bot.cli.outcomes import counted
from index.command_line import waiting
from index.program import command


def export_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A new file, for all of it.")],
    library: LibraryOption = "main",
    chat: ChatOption = None,
    config: ConfigOption = None,
) -> None:
    """Write a library into one file, to take it elsewhere; the bot may run meanwhile."""
    from index.store.paths import name_of
    from index.store.transfer import export_library

    path = chosen(load_checked(config), library, chat)
    with waiting("writing"):
        export_library(path, file)
    print(f"{name_of(path)} is in {file}, {file.stat().st_size:,} bytes.")


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
    from index.store.library import Library
    from index.store.paths import name_of, option_of
    from index.store.transfer import import_library, merge_library

    _, made_with, values = load_settings(config)
    path = chosen(values, library, chat)
    if merge:
        with waiting("checking"):
            current_count, other_count = merge_library(file, path)
        print(f"{name_of(path)}: {counted(current_count, 'article')} put in.")
        if other_count:
            print(
                f"{counted(other_count, 'version')} beside, not searched: earlier ones, and what comes from "
                "a source that is there already."
            )
        return
    with waiting("checking"):
        is_stale = import_library(file, path, made_with)
    with Library(path) as opened:
        print(f"{name_of(path)}: {counted(opened.stats().articles, 'article')}.")
    if is_stale:
        print(
            "It was made with another model or size of passages: run "
            f"{command(f'rebuild{option_of(path)}')} before it is asked."
        )


def backup(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="A new folder.")],
    config: ConfigOption = None,
) -> None:
    """Copy all that is kept, libraries and what the bot knows, into a folder; the bot may run meanwhile."""
    from index.store.transfer import back_up

    data_dir = load_checked(config).data_dir
    with waiting("copying"):
        kept = back_up(data_dir, folder)
    for name in kept:
        print(f"{(folder / name).stat().st_size:>15,}  {name}")
    print(
        f"{counted(len(kept), 'file')} in {folder}. To restore: stop the bot, and put them in the place of "
        f"{data_dir}."
    )
