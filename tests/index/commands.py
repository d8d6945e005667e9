"""python -m index, run as a user runs it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def start(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - our own program
        [sys.executable, *command],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "100"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def index(folder: Path, *arguments: str) -> tuple[int, str, str]:
    """Exit code, stdout and stderr of ``python -m index`` in ``folder``."""
    done = start(folder, "-m", "index", *arguments)
    return done.returncode, done.stdout, done.stderr
