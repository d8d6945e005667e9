"""What every command line of this project shares: errors in one line, progress bars, ``--json``."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from index.errors import AppError

JsonOption = Annotated[bool, typer.Option("--json", help="Print the result as one JSON object.")]


def run(app: typer.Typer, name: str, errors_as: str | None = None) -> None:
    """Run a command; an AppError becomes one line and exit code 1, Ctrl-C exit code 130.

    Usage lines call the program ``name``; errors begin with ``errors_as``, else with ``name``.
    """
    try:
        app(prog_name=name)
    except AppError as error:
        print(f"{errors_as or name}: {error}", file=sys.stderr)
        sys.exit(1)
    except BrokenPipeError:  # the reader of our output has gone, as `| head` does
        sys.stderr.close()
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)


def make_progress() -> Progress:
    """Make a progress bar on stderr, seen only where that is a terminal."""
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
def spinner(what: str) -> Iterator[None]:
    """Show on stderr, where that is a terminal, that ``what`` takes a moment."""
    if sys.stderr.isatty():
        with Console(stderr=True).status(what):
            yield
    else:
        yield
