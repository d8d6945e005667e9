"""The command line, run as a user runs it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests import forked
from tests.patience import PATIENT_S

ROOT = Path(__file__).parents[1]


def start(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """Run a new Python interpreter with these arguments in ``folder``, to its end."""
    return subprocess.run(  # noqa: S603 - our own program
        [sys.executable, *command],
        cwd=folder,
        env=_environment(),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=PATIENT_S,
        check=False,
    )


def verbatim(folder: Path, *arguments: str, columns: int = 100, anew: bool = False) -> tuple[int, str, str]:
    """Return the exit code, stdout and stderr of a command in ``folder``, as if it were installed.

    ``anew`` it has an interpreter of its own, and imports all that it needs.
    """
    environment = _environment(columns)
    done = forked.run(["bot.cli", *arguments], folder, environment, timeout_s=PATIENT_S, anew=anew)
    return done.returncode, as_installed(done.stdout), as_installed(done.stderr)


def _environment(columns: int = 100) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": str(columns)}


def as_installed(text: str) -> str:
    """Return what is printed where the program is started by its name."""
    return text.replace(f"{sys.executable} -m bot.cli", "verbatim")
