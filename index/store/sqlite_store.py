"""The libraries of one data folder, by name: each is one SQLite file."""

from __future__ import annotations

import shutil
from contextlib import suppress
from pathlib import Path

from index.config import Config
from index.errors import LibraryDamagedError, LibraryError
from index.files import private
from index.library_name import LibraryName
from index.settings import IndexSettings
from index.store import transfer
from index.store.paths import find_libraries, name_at, path_of
from index.store.sqlite_library import SqliteLibrary
from index.store.totals import TotalsOf
from index.types import ArticleInfo, IndexConfiguration, Totals


class SqliteStore:
    """The libraries in the data folder of ``config``, which says what the passages of new ones are made with.

    Every method may be called from any thread, and raises what opening a library raises.
    """

    def __init__(self, config: Config) -> None:
        """Open nothing yet; make the files and folders of the data folder their owner's only."""
        private.tighten_all(config.data_dir)
        self._config = config
        self._data_dir = config.data_dir
        self._totals = TotalsOf(config.data_dir)

    @property
    def configuration(self) -> IndexConfiguration:
        """What passages have to be made with. Raises ConfigError."""
        settings = self._config.section("index", IndexSettings)
        return IndexConfiguration(settings.embedder, settings.passage_tokens)

    def names(self) -> list[LibraryName]:
        """List the libraries that there are: the shared ones first, then the chats' own."""
        return [name_at(path) for path in find_libraries(self._data_dir)]

    def holds(self, name: LibraryName) -> bool:
        """Return whether there is such a library."""
        return self._path(name).exists()

    def library(self, name: LibraryName, *, create: bool = False) -> SqliteLibrary:
        """Open a library for reading and writing; with ``create``, an absent one is made.

        Raises LibraryMissingError, LibraryDamagedError.
        """
        return SqliteLibrary(self._path(name), self.configuration if create else None)

    def totals(self) -> Totals:
        """Measure the libraries of all chats together, and their disk. Raises LibraryError."""
        return self._totals.measure()

    def remove(self, name: LibraryName, article_id: str) -> ArticleInfo:
        """Delete an article, every version of it; return what it was. Raises ArticleMissingError."""
        with self.library(name) as library:
            return library.remove(article_id)

    def move(self, old: LibraryName, new: LibraryName) -> None:
        """Give a library another name; where there is one of that name, put its articles into that.

        Twice does no harm. When it raises, everything is where it was, or in both places.
        """
        before, after = self._path(old), self._path(new)
        if not before.exists():
            return
        if after.exists():
            with SqliteLibrary(after) as library:
                library.take_in(before)
            before.unlink()
            return
        with suppress(LibraryDamagedError):  # it goes along as it is, with its journal
            SqliteLibrary(before).close()  # what a crash has left in the journal is put into the file
        before.rename(after)
        with suppress(FileNotFoundError):
            _journal_of(before).rename(_journal_of(after))

    def forget(self, name: LibraryName) -> None:
        """Delete a library with its journal, half-written copies, and what is known of its feeds.

        Twice does no harm. Raises LibraryError; then some of it may be gone.
        """
        path = self._path(name)
        try:
            for half_written in path.parent.glob(f".{path.name}.*"):
                half_written.unlink(missing_ok=True)
            # The library last: without it, a journal would look like damage.
            _journal_of(path).unlink(missing_ok=True)
            path.unlink(missing_ok=True)
            feeds = self._data_dir / "feeds" / name.text
            if feeds.exists():
                shutil.rmtree(feeds)
        except OSError as error:
            raise LibraryError(
                f"{path} can't be removed: {error.strerror}. Let this user write to its folder."
            ) from None

    def export(self, name: LibraryName, file: Path) -> None:
        """Write a library into a new ``file``; raises what transfer.export_library raises."""
        transfer.export_library(self._path(name), file)

    def import_file(self, file: Path, name: LibraryName) -> bool:
        """Make the library in ``file`` the one of this name; return whether it has to be rebuilt.

        Raises what transfer.import_library raises.
        """
        return transfer.import_library(file, self._path(name), self.configuration)

    def merge_file(self, file: Path, name: LibraryName) -> tuple[int, int]:
        """Put the articles in ``file`` into a library; return how many, and how many other versions.

        Raises what transfer.merge_library raises.
        """
        return transfer.merge_library(file, self._path(name))

    def _path(self, name: LibraryName) -> Path:
        return path_of(self._data_dir, name)


def _journal_of(path: Path) -> Path:
    return path.with_name(f"{path.name}-journal")
