"""A small file beside bot.db, which outlives the process and is never synced: it is worth no failure.

Where the disk is full or broken the log says so once, and everything goes on as if nothing had been noted.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from index.files import private

log = logging.getLogger(__name__)


class NoteFile:
    """The file at ``path``; without a path nothing is kept."""

    def __init__(self, path: Path | None) -> None:
        """Open the file, made where there is none."""
        self._path = path
        self._file: int | None = None
        self._has_failed = False
        if path is not None:
            with self._attempt():
                self._file = private.opener(str(path), os.O_RDWR | os.O_CREAT)

    def read(self) -> bytes:
        """Return all of it."""
        if self._file is not None:
            with self._attempt():
                return os.pread(self._file, os.fstat(self._file).st_size, 0)
        return b""

    def write(self, data: bytes, at: int) -> None:
        """Put ``data`` in the place that begins ``at`` this byte."""
        if self._file is not None:
            with self._attempt():
                os.pwrite(self._file, data, at)

    def append(self, data: bytes) -> None:
        """Put ``data`` behind the rest."""
        if self._file is not None:
            with self._attempt():
                os.pwrite(self._file, data, os.fstat(self._file).st_size)

    def clear(self) -> None:
        """Make it empty."""
        if self._file is not None:
            with self._attempt():
                os.ftruncate(self._file, 0)

    def close(self) -> None:
        """Let go of the file."""
        if self._file is not None:
            os.close(self._file)
            self._file = None

    @contextmanager
    def _attempt(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            if not self._has_failed:
                self._has_failed = True
                log.warning(
                    "%s cannot be used (%s): after a crash, a message may be repeated",
                    self._path,
                    error.strerror,
                )
