"""How much the libraries of all chats hold together, and how much room their disk has left."""

from __future__ import annotations

import shutil
from pathlib import Path

from index.errors import LibraryError
from index.files.damage import FileState, state_of
from index.store.paths import find_chat_libraries
from index.store.sqlite_library import SqliteLibrary
from index.types import Totals


class TotalsOf:
    """Measures a data folder again and again; a library is opened again only once its file has changed."""

    def __init__(self, data_dir: Path) -> None:
        self._data_dir = data_dir
        self._articles: dict[Path, tuple[FileState | None, int]] = {}

    def measure(self) -> Totals:
        """Measure all of it. Raises LibraryError where the disk does not say how full it is."""
        paths = find_chat_libraries(self._data_dir)
        self._articles = {path: self._measured(path) for path in paths}
        folder = _existing(self._data_dir)
        try:
            free_bytes = shutil.disk_usage(folder).free
        except OSError as error:
            raise LibraryError(
                f"The free space of {folder} can't be read: {error.strerror}. Check the disk."
            ) from None
        return Totals(
            sum(count for _, count in self._articles.values()),
            sum(_size(path) for path in paths),
            free_bytes,
            _mount_of(folder),
        )

    def _measured(self, path: Path) -> tuple[FileState | None, int]:
        state = state_of(path)
        known = self._articles.get(path)
        if known is not None and known[0] == state:
            return known
        try:
            with SqliteLibrary(path) as library:
                return state, library.stats().articles
        except LibraryError:  # the log says elsewhere what is wrong with it
            return state, 0


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:  # gone meanwhile
        return 0


def _existing(folder: Path) -> Path:
    """Return the folder itself, or the nearest above it that there is."""
    absolute = folder.absolute()
    return next(path for path in (absolute, *absolute.parents) if path.exists())


def _mount_of(folder: Path) -> Path:
    resolved = folder.resolve()
    return next(path for path in (resolved, *resolved.parents) if path.is_mount())
