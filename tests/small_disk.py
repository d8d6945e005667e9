"""A disk that is soon full: a tmpfs of a few hundred kilobytes, which only root may mount."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


class SmallDisk:
    """The disk that is mounted at ``folder``."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._filler = folder / "filler"

    def fill(self, left: int = 0) -> None:
        """Leave room for ``left`` bytes, and no more; to the system a disk has whole pages."""
        self.empty()
        found = os.statvfs(self.folder)
        with self._filler.open("wb") as file:
            file.write(b"x" * (found.f_bavail * found.f_frsize - left))

    def empty(self) -> None:
        """Make room again."""
        self._filler.unlink(missing_ok=True)


@contextmanager
def small_disk(folder: Path, bytes_: int) -> Iterator[SmallDisk]:
    """Mount a disk of ``bytes_`` at ``folder``, for the block; skip the test where that is not allowed."""
    mount = ["mount", "-t", "tmpfs", "-o", f"size={bytes_}", "tmpfs", str(folder)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:  # noqa: S603 - fixed words
        pytest.skip("only root may mount a small disk")
    try:
        yield SmallDisk(folder)
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)  # noqa: S603, S607 - fixed words
