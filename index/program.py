"""How this program is started, so that every command it prints can be pasted as it stands."""

from __future__ import annotations

import shlex
import shutil
import sys
from pathlib import Path

NAME = "verbatim"
MODULE = "bot.cli"
"""What ``python -m`` starts where the program is not installed."""


def program() -> str:
    """Return the words that start this program: those by which it was started, else its name."""
    words = sys.orig_argv
    if "-m" in words:
        module = words.index("-m") + 1
        if words[module : module + 1] == [MODULE]:
            return shlex.join(words[: module + 1])
    started = sys.argv[0]
    return shlex.quote(started) if Path(started).name == NAME and not _is_on_path(started) else NAME


def command(arguments: str) -> str:
    """Return the command with these arguments, between backquotes, as it stands in a sentence."""
    return f"`{program()} {arguments}`"


def _is_on_path(started: str) -> bool:
    found = shutil.which(NAME)
    return found is not None and Path(found).resolve() == Path(started).resolve()
