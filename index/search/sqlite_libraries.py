"""The libraries of one data folder, opened for asking and kept open: shared ones, and the chats' own."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import closing, contextmanager
from typing import TypeVar

from index.config import Config
from index.errors import LibraryBusyError, LibraryDamagedError, LibraryError
from index.files.damage import Damage, state_of
from index.library_name import LibraryName, missing
from index.protocols import Search
from index.search.opened_libraries import OpenedLibraries
from index.search.sqlite_search import SqliteSearch
from index.settings import IndexSettings
from index.store import SqliteStore, schema
from index.text import signature_of
from index.types import Article, ArticleInfo

T = TypeVar("T")


class SqliteLibraries(SqliteStore):
    """A store whose libraries are kept open for asking. Thread-safe.

    One that is made, replaced or deleted meanwhile is noticed. One that cannot be read does not keep the
    others from being asked: the log says once what is wrong, and ``unread`` names it, so that nobody is told
    that there is nothing.
    """

    def __init__(self, config: Config) -> None:
        """Open nothing yet; make the files and folders of the data folder their owner's only."""
        super().__init__(config)
        self._languages = tuple(config.section("index", IndexSettings).languages)
        self._opened = OpenedLibraries(self.configuration)
        self._lock = threading.Lock()

    @property
    def languages(self) -> Collection[str]:
        """What articles have to be in: ISO 639 codes."""
        return self._languages

    def searches(self, names: Sequence[LibraryName]) -> list[SqliteSearch]:
        """Open each of these libraries that can be read, in order of names, for one who asks at a time.

        Raises LibraryMissingError when there is none of them, and LibraryError when there are some and none
        can be read. What is replaced meanwhile is closed; ``using`` keeps it open.
        """
        return self._searches(names, is_counted=False)

    @contextmanager
    def using(self, names: Sequence[LibraryName]) -> Iterator[list[SqliteSearch]]:
        """Open what ``searches`` does, and keep it open for as long as the block runs, whatever others do."""
        searches = self._searches(names, is_counted=True)
        try:
            yield searches
        finally:
            with self._lock:
                self._opened.leave(searches)

    def unread(self, names: Sequence[LibraryName]) -> list[LibraryName]:
        """Name those of these libraries that are there and could not be read when they last were asked."""
        with self._lock:
            return [name for name in dict.fromkeys(names) if self._path(name) in self._opened.unread]

    def asked(self, names: Sequence[LibraryName], ask: Callable[[Sequence[Search]], T]) -> T:
        """Return what ``ask`` gives for the ``searches`` of these libraries.

        Where one turns out to be damaged while it is asked, the others are asked again without it.
        """
        while True:
            with self.using(names) as searches:
                try:
                    return ask(searches)
                except LibraryDamagedError:
                    if all(search.damage is None for search in searches):
                        raise

    def check(self, within_s: float) -> int:
        """Look for damage in all libraries, shared ones first; return how many there was no time for.

        What is found is logged, and in ``unread``.
        """
        until = time.monotonic() + within_s
        names = sorted(self.names(), key=self._urgency)
        for done, name in enumerate(names):
            left_s = until - time.monotonic()
            if left_s <= 0:
                return len(names) - done
            path = self._path(name)
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

    def articles(self, names: Sequence[LibraryName]) -> list[ArticleInfo]:
        """List the articles of these libraries, newest first in each.

        An article that several hold is listed once.
        """

        def listed(searches: Sequence[Search]) -> list[ArticleInfo]:
            return list({info.id: info for search in searches for info in search.articles()}.values())

        return self.asked(names, listed)

    def near_duplicates(self, names: Sequence[LibraryName], article: Article) -> list[ArticleInfo]:
        """List the articles of these libraries that say nearly the same as ``article``.

        The likest first in each. ``article`` is in the chat's own library among them: there, its own source
        is left out. Raises what ``searches`` raises.
        """
        signature = signature_of(article.text)
        own = {name.text for name in names if name.is_of_chat}

        def similar(searches: Sequence[Search]) -> list[ArticleInfo]:
            found: dict[str, ArticleInfo] = {}
            for search in searches:
                for info in search.near_duplicates_of(signature):
                    if search.name not in own or info.source_id != article.source_id:
                        found.setdefault(info.id, info)
            return list(found.values())

        return self.asked(names, similar)

    def remove(self, name: LibraryName, article_id: str) -> ArticleInfo:
        """Delete an article, every version of it, also from memory; return what it was.

        Raises ArticleMissingError, LibraryMissingError.
        """
        info = super().remove(name, article_id)
        with self._lock:
            search = self._opened.search(self._path(name))
        if search is not None:
            search.refresh()
        return info

    def move(self, old: LibraryName, new: LibraryName) -> None:
        """Give a library another name; where there is one of that name, put its articles into that.

        Twice does no harm. When it raises, everything is where it was, or in both places.
        """
        with self._lock:
            self._let_go(old)
            super().move(old, new)

    def forget(self, name: LibraryName) -> None:
        """Delete a library with its journal, half-written copies, and what is known of its feeds.

        Twice does no harm. Raises LibraryError; then some of it may be gone.
        """
        with self._lock:
            self._let_go(name)
            super().forget(name)

    def close(self) -> None:
        """Let go of all files."""
        with self._lock:
            self._opened.close()

    def _searches(self, names: Sequence[LibraryName], *, is_counted: bool) -> list[SqliteSearch]:
        paths = list(dict.fromkeys(self._path(name) for name in names))
        with self._lock:
            found = [search for path in paths if (search := self._opened.search(path))]
            unread = [damage.error for path in paths if (damage := self._opened.unread.get(path))]
            for error in unread if found else unread[1:]:  # the first is raised, then, for others to report
                self._opened.tell(error)
            if is_counted:
                self._opened.enter(found)
        if not found and unread:
            raise unread[0]
        if not found:
            raise missing(next((name for name in names if not name.is_of_chat), names[0]))
        return found

    def _let_go(self, name: LibraryName) -> None:
        self._opened.forget(self._path(name))
        self._opened.drop(self._path(name))

    def _urgency(self, name: LibraryName) -> tuple[bool, float]:
        """Return a key to sort by: shared libraries first, then those of chats that were written last."""
        state = state_of(self._path(name))
        return name.is_of_chat, -float(state[-1] if state else 0)
