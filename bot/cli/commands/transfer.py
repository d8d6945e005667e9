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
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The file to create.")],
    library: LibraryOption = "main",
    chat: ChatOption = None,
    config: ConfigOption = None,
) -> None:
    """Export a library to one file, to take it elsewhere. The bot can keep running."""
    from index.store import SqliteStore

    store, name = SqliteStore(load_checked(config)), chosen(library, chat)
    with spinner("writing"):
        store.export(name, file)
    print(f"Exported {name} to {file} ({file.stat().st_size:,} bytes).")


def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A file that `export` has written.")],
    library: LibraryOption = "main",
    chat: ChatOption = None,
    merge: Annotated[bool, typer.Option("--merge", help="Add its articles to the existing library.")] = False,
    config: ConfigOption = None,
) -> None:
    """Create a library from an exported file. All of it is checked first."""
    from index.store import SqliteStore

    store, name = SqliteStore(load_checked(config)), chosen(library, chat)
    if merge:
        with spinner("checking"):
            current_count, other_count = store.merge_file(file, name)
        print(f"{name}: {counted(current_count, 'article')} added.")
        if other_count:
            print(
                f"Not searched: {counted(other_count, 'version')}, either earlier or from a source that "
                "was already there."
            )
        return
    with spinner("checking"):
        is_stale = store.import_file(file, name)
    with store.library(name) as opened:
        print(f"{name}: {counted(opened.stats().articles, 'article')}.")
    if is_stale:
        print(
            "It was made with another model or passage size. Before you ask it, run "
            f"{command(f'rebuild{name.option}')}."
        )


def backup(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="The folder to create.")],
    config: ConfigOption = None,
) -> None:
    """Copy all data, both libraries and the bot's own, to a folder. The bot can keep running."""
    from index.store.transfer import back_up

    data_dir = load_checked(config).data_dir
    with spinner("copying"):
        kept = back_up(data_dir, folder)
    for name in kept:
        print(f"{(folder / name).stat().st_size:>15,}  {name}")
    print(
        f"Copied {counted(len(kept), 'file')} to {folder}. To restore a backup, stop the bot and "
        f"replace {data_dir} with that folder."
    )
