"""The command line, run as a user runs it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.patience import PATIENT_S

ROOT = Path(__file__).parents[1]
VERBATIM = [sys.executable, "-m", "bot.cli"]


def start(folder: Path, *command: str, columns: int = 100) -> subprocess.CompletedProcess[str]:
    """Run Python with these arguments in ``folder``, to its end, in a terminal of so many columns."""
    return subprocess.run(  # noqa: S603 - our own program
        [sys.executable, *command],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": str(columns)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=PATIENT_S,
        check=False,
    )


def verbatim(folder: Path, *arguments: str, columns: int = 100) -> tuple[int, str, str]:
    """Return the exit code, stdout and stderr of a command in ``folder``, as if it were installed."""
    done = start(folder, *VERBATIM[1:], *arguments, columns=columns)
    return done.returncode, as_installed(done.stdout), as_installed(done.stderr)


def as_installed(text: str) -> str:
    """Return what is printed where the program is started by its name."""
    return text.replace(f"{sys.executable} -m bot.cli", "verbatim")
