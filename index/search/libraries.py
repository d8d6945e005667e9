"""The libraries of one data folder, opened for asking and kept open: shared ones, and the chats' own."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Callable, Collection, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import TypeVar

from index.config import Config
from index.errors import LibraryBusyError, LibraryDamagedError, LibraryError
from index.files import private
from index.files.damage import Damage, state_of
from index.protocols import Search
from index.search.opened_libraries import OpenedLibraries
from index.search.sqlite_search import SqliteSearch
from index.settings import IndexSettings
from index.store import schema
from index.store.library import Library
from index.store.paths import CHATS, chat_library_path, find_libraries, library_path, missing, name_of
from index.store.statistics import Stats
from index.store.totals import Totals, TotalsOf
from index.text.minhash import sketch_of
from index.types import Article, ArticleInfo, MadeWith, Passage, Vectors

T = TypeVar("T")


class Libraries:
    """Searches by name. One that is made, replaced or deleted meanwhile is noticed. Thread-safe.

    One that cannot be read does not keep the others from being asked: the log says once what is wrong, and
    ``unread`` names it, so that nobody is told that there is nothing.
    """

    def __init__(self, config: Config) -> None:
        """Open nothing yet; make the files and folders of the data folder their owner's only."""
        private.tighten_all(config.data_dir)
        settings = config.section("index", IndexSettings)
        self._data_dir = config.data_dir
        self._made_with = MadeWith(settings.embedder, settings.passage_tokens)
        self._languages = tuple(settings.languages)
        self._opened = OpenedLibraries(self._made_with)
        self._totals = TotalsOf(config.data_dir)
        self._lock = threading.Lock()

    def searches(self, names: Sequence[str], chat_id: int | None = None) -> list[SqliteSearch]:
        """Open each of these libraries that can be read: the chat's own, then in order of names.

        Without a ``chat_id`` no chat's. Raises LibraryMissingError when there is none of them, and
        LibraryError when there are some and none can be read.
        """
        paths = self._paths(names, chat_id)
        with self._lock:
            found = [search for path in paths if (search := self._opened.search(path))]
            unread = [damage.error for path in paths if (damage := self._opened.unread.get(path))]
            for error in unread if found else unread[1:]:  # the first is raised, then, for others to report
                self._opened.tell(error)
        if not found and unread:
            raise unread[0]
        if not found:
            raise missing(library_path(self._data_dir, names[0]) if names else paths[0])
        return found

    def unread(self, names: Sequence[str], chat_id: int | None = None) -> list[str]:
        """Name those of these libraries that are there and could not be read when they last were asked."""
        with self._lock:
            return [name_of(path) for path in self._paths(names, chat_id) if path in self._opened.unread]

    def asked(self, names: Sequence[str], chat_id: int | None, ask: Callable[[Sequence[Search]], T]) -> T:
        """Return what ``ask`` gives for the ``searches`` of these libraries.

        Where one turns out to be damaged while it is asked, the others are asked again without it.
        """
        while True:
            searches = self.searches(names, chat_id)
            try:
                return ask(searches)
            except LibraryDamagedError:
                if all(search.damage is None for search in searches):
                    raise

    def check(self, within_s: float) -> int:
        """Look for damage in all libraries, shared ones first; return how many there was no time for.

        What is found stands in the log, and in ``unread``.
        """
        until = time.monotonic() + within_s
        paths = sorted(find_libraries(self._data_dir), key=_urgency)
        for done, path in enumerate(paths):
            left_s = until - time.monotonic()
            if left_s <= 0:
                return len(paths) - done
            try:
                with closing(schema.connect(path, write=False)) as connection:
                    schema.check_pages(connection, path, left_s)
            except LibraryBusyError:
                continue  # somebody writes to it
            except LibraryError as error:
                with self._lock:
                    self._opened.note(path, Damage(error, state_of(path)))
                    self._opened.tell(error)
        return 0

    def articles(self, names: Sequence[str], chat_id: int | None = None) -> list[ArticleInfo]:
        """List the articles of these libraries, newest first in each.

        An article that several hold is listed once.
        """

        def listed(searches: Sequence[Search]) -> list[ArticleInfo]:
            return list({info.id: info for search in searches for info in search.articles()}.values())

        return self.asked(names, chat_id, listed)

    def copies(self, names: Sequence[str], chat_id: int, article: Article) -> list[ArticleInfo]:
        """List the articles that say nearly the same as ``article``, which is of a chat's own library.

        They are in that library, or in these; the likest first in each. Raises what ``searches`` raises.
        """
        sketch, own = sketch_of(article.text), name_of(chat_library_path(self._data_dir, chat_id))

        def similar(searches: Sequence[Search]) -> list[ArticleInfo]:
            found: dict[str, ArticleInfo] = {}
            for search in searches:
                is_own = search.name == own
                for info in search.copies_of(sketch):
                    if not is_own or info.source_id != article.source_id:
                        found.setdefault(info.id, info)
            return list(found.values())

        return self.asked(names, chat_id, similar)

    @property
    def made_with(self) -> MadeWith:
        """What passages have to be made with."""
        return self._made_with

    @property
    def languages(self) -> Collection[str]:
        """What articles have to be in: ISO 639 codes."""
        return self._languages

    def check_made_with(self, chat_id: int) -> None:
        """Return if new passages would fit into a chat's own library, also where there is none yet.

        Raises StaleLibraryError, and what opening a library raises.
        """
        path = chat_library_path(self._data_dir, chat_id)
        if path.exists():
            with Library(path) as library:
                library.check_made_with(self._made_with)

    def stats(self, chat_id: int) -> Stats | None:
        """Return how much a chat's own library holds; None where there is none."""
        path = chat_library_path(self._data_dir, chat_id)
        if not path.exists():
            return None
        with Library(path) as library:
            return library.stats()

    def totals(self) -> Totals:
        """Measure the libraries of all chats together, and their disk. Raises LibraryError."""
        return self._totals.measure()

    def sources(self, chat_id: int) -> set[str]:
        """List the ids of the sources that are searched in a chat's own library."""
        path = chat_library_path(self._data_dir, chat_id)
        if not path.exists():
            return set()
        with Library(path) as library:
            return {info.source_id for info in library.articles()}

    def is_current(self, chat_id: int, article_id: str) -> bool:
        """Return whether this very version is the one that is searched in a chat's own library."""
        path = chat_library_path(self._data_dir, chat_id)
        if not path.exists():
            return False
        with Library(path) as library:
            return library.is_current(article_id)

    def current_version(self, chat_id: int, source_id: str) -> Article | None:
        """Return the version of a source that is searched in a chat's own library.

        Return None where there is none.
        """
        path = chat_library_path(self._data_dir, chat_id)
        if not path.exists():
            return None
        with Library(path) as library:
            return library.current_version(source_id)

    def put(self, chat_id: int, article: Article, passages: list[Passage], vectors: Vectors) -> bool:
        """Write ``article`` into the chat's own library, which its first one makes.

        Return whether it replaced an earlier version. Raises what opening and Library.replace raise.
        """
        with Library(chat_library_path(self._data_dir, chat_id), self._made_with) as library:
            library.check_made_with(self._made_with)
            return library.replace(article, passages, vectors)

    def remove(self, chat_id: int, article_id: str) -> ArticleInfo:
        """Forget an article of a chat's own library, also in what is open; what it was.

        Raises ArticleMissingError, LibraryMissingError.
        """
        path = chat_library_path(self._data_dir, chat_id)
        with Library(path) as library:
            info = library.remove(article_id)
        with self._lock:
            search = self._opened.search(path)
        if search is not None:
            search.refresh()
        return info

    def move(self, old: int, new: int) -> None:
        """Move what was one chat's own to another, which keeps what it has. Twice does no harm.

        Raises what opening a library raises; then everything is where it was, or in both places.
        """
        before, after = chat_library_path(self._data_dir, old), chat_library_path(self._data_dir, new)
        with self._lock:
            self._opened.forget(before)
            if not before.exists():
                return
            self._opened.drop(before)
            if after.exists():
                with Library(after) as library:
                    library.take_in(before)
                before.unlink()
                return
            with suppress(LibraryDamagedError):  # it goes along as it is, with its journal
                Library(before).close()  # what a crash has left in the journal is put into the file
            before.rename(after)
            with suppress(FileNotFoundError):
                _journal_of(before).rename(_journal_of(after))

    def forget(self, chat_id: int) -> None:
        """Remove a chat's own library with its journal, half-written copies, and what is known of its feeds.

        Twice does no harm. Raises LibraryError; then some of it may be gone.
        """
        path = chat_library_path(self._data_dir, chat_id)
        with self._lock:
            self._opened.forget(path)
            self._opened.drop(path)
            try:
                for half_written in path.parent.glob(f".{path.name}.*"):
                    half_written.unlink(missing_ok=True)
                # The library last: without it, a journal would look like damage.
                _journal_of(path).unlink(missing_ok=True)
                path.unlink(missing_ok=True)
                feeds = self._data_dir / "feeds" / name_of(path)
                if feeds.exists():
                    shutil.rmtree(feeds)
            except OSError as error:
                raise LibraryError(
                    f"{path} cannot be removed: {error.strerror}; let this user write in its folder."
                ) from None

    def close(self) -> None:
        """Let go of all files."""
        with self._lock:
            self._opened.close()

    def _paths(self, names: Sequence[str], chat_id: int | None) -> list[Path]:
        paths = [library_path(self._data_dir, name) for name in names]
        if chat_id is not None:
            paths.insert(0, chat_library_path(self._data_dir, chat_id))
        return list(dict.fromkeys(paths))


def _journal_of(path: Path) -> Path:
    return path.with_name(f"{path.name}-journal")


def _urgency(path: Path) -> tuple[bool, float]:
    """Return a key to sort by: shared libraries come first, then those of chats that were written last."""
    state = state_of(path)
    return path.parent.name == CHATS, -float(state[-1] if state else 0)
