"""What the commands of `python -m index` share."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from index.cli import check_one_named
from index.config import Config, load_config
from index.files import private
from index.settings import IndexSettings

if TYPE_CHECKING:
    from index.types import MadeWith

app = typer.Typer(
    help="Put articles into a library, and look after it.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
IdArgument = Annotated[str, typer.Argument(metavar="ID", help="The id that `list` shows.")]


def load_checked(path: Path | None) -> Config:
    """Read config.toml and check its table of this layer, whether the command needs it or not.

    The files and folders of the data folder become their owner's only.
    """
    config = load_config(path)
    config.section("index", IndexSettings)
    private.tighten_all(config.data_dir)
    return config


def load_settings(path: Path | None) -> tuple[IndexSettings, MadeWith, Config]:
    """The table of this layer, what it says passages are made with, and config.toml itself."""
    from index.types import MadeWith

    config = load_checked(path)
    settings = config.section("index", IndexSettings)
    return settings, MadeWith(settings.embedder, settings.passage_tokens), config


def chosen(config: Config, library: str, chat: int | None) -> Path:
    """The file of the library that ``--library`` or ``--chat`` names. Raises LibraryNameError."""
    from index.store.paths import chat_library_path, library_path

    check_one_named(library, chat)
    if chat is None:
        return library_path(config.data_dir, library)
    return chat_library_path(config.data_dir, chat)
