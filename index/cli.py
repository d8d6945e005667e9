"""What the commands of every layer share: their options, one-line errors, progress bars."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from index.errors import AppError, LibraryNameError

ConfigOption = Annotated[
    Path | None,
    typer.Option("--config", help="The configuration [default: config.toml here].", show_default=False),
]
LibraryOption = Annotated[str, typer.Option("--library", help="The name of the library.")]
ChatOption = Annotated[
    int | None,
    typer.Option("--chat", metavar="ID", help="The library that is this Telegram chat's own, instead."),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]


def check_one_named(library: str, chat: int | None) -> None:
    """Raise LibraryNameError where ``--library`` and ``--chat`` name two."""
    if chat is not None and library != "main":
        raise LibraryNameError("A library has a name or is a chat's own: give --library or --chat, not both.")


def run(app: typer.Typer, name: str) -> None:
    """Run a command; an AppError becomes one line and exit code 1, Ctrl-C exit code 130."""
    try:
        app(prog_name=name)
    except AppError as error:
        print(f"{name}: {error}", file=sys.stderr)
        sys.exit(1)
    except BrokenPipeError:  # the reader of our output has gone, as `| head` does
        sys.stderr.close()
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)


def make_progress() -> Progress:
    """A progress bar on stderr, seen only where that is a terminal."""
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
        disable=not sys.stderr.isatty(),
    )


@contextmanager
def waiting(what: str) -> Iterator[None]:
    """A sign on stderr, where that is a terminal, that ``what`` takes a moment."""
    if sys.stderr.isatty():
        with Console(stderr=True).status(what):
            yield
    else:
        yield
