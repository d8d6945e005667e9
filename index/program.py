"""How this program is started, so that every command it prints can be pasted as it stands."""

from __future__ import annotations

import shlex
import shutil
import sys
from pathlib import Path

NAME = "verbatim"
MODULE = "bot.cli"
"""What ``python -m`` starts where the program is not installed."""
_MAKEFILE = Path(__file__).parents[1] / "Makefile"


def program() -> str:
    """Return the words that start this program: those by which it was started, else its name."""
    words = sys.orig_argv
    if "-m" in words:
        module = words.index("-m") + 1
        if words[module : module + 1] == [MODULE]:
            return shlex.join(words[: module + 1])
    started = sys.argv[0]
    return shlex.quote(started) if Path(started).name == NAME and not _is_on_path(started) else NAME


def command(arguments: str, *, takes_config: bool = True) -> str:
    """Return the command with these arguments, between backquotes, as it stands in a sentence.

    The ``--config`` of the command that runs now goes along where the other takes one.
    """
    return f"`{program()} {arguments}{_config_option() if takes_config else ''}`"


def set_up_again(*, delete_first: bool = False) -> str:
    """Return, as an order, how to bring back what the program needs: by make in a clone, else by pip.

    Neither replaces a file that is damaged where it was installed: with ``delete_first`` all is made anew.
    """
    if _MAKEFILE.exists():
        return "delete .venv and run `make setup`" if delete_first else "run `make setup`"
    return f"install this program again{' in a new environment' if delete_first else ''}"


def _config_option() -> str:
    """Return the option, behind a space, where this program was started with it."""
    words = sys.argv[1:]
    if program() == NAME and Path(sys.argv[0]).name != NAME:
        return ""  # another program runs, whose options are its own
    for word, following in zip(words, [*words[1:], ""], strict=True):
        if word == "--config" and following:
            return f" --config {shlex.quote(following)}"
        if word.startswith("--config="):
            return f" --config {shlex.quote(word.partition('=')[2])}"
    return ""


def _is_on_path(started: str) -> bool:
    found = shutil.which(NAME)
    return found is not None and Path(found).resolve() == Path(started).resolve()
