"""The libraries of one data folder, opened for asking and kept open."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path

from index.config import Config
from index.errors import LibraryMissingError
from index.library import MadeWith, library_path
from index.search import Search
from index.settings import IndexSettings
from index.types import ArticleInfo


class Libraries:
    """Searches by name. One that is made, replaced or deleted meanwhile is noticed. Thread-safe."""

    def __init__(self, config: Config) -> None:
        settings = config.section("index", IndexSettings)
        self._data_dir = config.data_dir
        self._made_with = MadeWith(settings.embedder, settings.passage_tokens)
        self._open: dict[Path, Search] = {}
        self._lock = threading.Lock()

    def searches(self, names: Sequence[str]) -> list[Search]:
        """A Search for each of these libraries that there is, in order of the names.

        Raises LibraryMissingError when there is none of them, and what opening a library raises.
        """
        paths = [library_path(self._data_dir, name) for name in dict.fromkeys(names)]
        with self._lock:
            found = [search for search in map(self._search, paths) if search is not None]
        if not found:
            raise LibraryMissingError(
                f"There is no library {', '.join(names)} yet; make one with `python -m index add PATH"
                f"{'' if names[0] == 'main' else f' --library {names[0]}'}`."
            )
        return found

    def articles(self, names: Sequence[str]) -> list[ArticleInfo]:
        """The articles of these libraries, newest first in each."""
        return [info for search in self.searches(names) for info in search.articles()]

    def close(self) -> None:
        """Let go of all files."""
        with self._lock:
            for search in self._open.values():
                search.close()
            self._open.clear()

    def _search(self, path: Path) -> Search | None:
        search = self._open.get(path)
        if search is not None and not search.is_of(path):
            del self._open[path]  # not closed: another thread may be asking it; it ends with its last user
            search = None
        if search is None and path.exists():
            search = self._open[path] = Search(path, self._made_with)
        return search
