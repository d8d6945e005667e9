"""The options that several commands have, and what they choose."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from index.config import Config, load_config
from index.errors import LibraryNameError
from index.files import private
from index.library_name import LibraryName
from index.settings import IndexSettings

ConfigOption = Annotated[
    Path | None,
    typer.Option(
        "--config",
        metavar="FILE",
        help="The configuration file [default: config.toml in this folder].",
        show_default=False,
    ),
]
LibraryOption = Annotated[str, typer.Option("--library", metavar="NAME", help="The library's name.")]
ChatOption = Annotated[
    int | None,
    typer.Option("--chat", metavar="ID", help="Use this Telegram chat's own library instead."),
]
IdArgument = Annotated[str, typer.Argument(metavar="ID", help="The article's id, as `list` shows it.")]


def check_one_named(library: str, chat: int | None) -> None:
    """Raise LibraryNameError where ``--library`` and ``--chat`` name two."""
    if chat is not None and library != "main":
        raise LibraryNameError(
            "A library either has a name or belongs to a chat. Give --library or --chat, not both."
        )


def load_checked(path: Path | None) -> Config:
    """Read config.toml and check its table [index], whether the command needs it or not.

    The files and folders of the data folder become their owner's only.
    """
    config = load_config(path)
    config.section("index", IndexSettings)
    private.tighten_all(config.data_dir)
    return config


def load_settings(path: Path | None) -> tuple[IndexSettings, Config]:
    """Return the table [index], and config.toml itself."""
    config = load_checked(path)
    return config.section("index", IndexSettings), config


def chosen(library: str, chat: int | None) -> LibraryName:
    """Return the name of the library that ``--library`` or ``--chat`` chooses. Raises LibraryNameError."""
    check_one_named(library, chat)
    return LibraryName.shared(library) if chat is None else LibraryName.of_chat(chat)
