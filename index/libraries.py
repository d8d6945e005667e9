"""The libraries of one data folder, opened for asking and kept open: shared ones, and the chats' own."""

from __future__ import annotations

import threading
from collections.abc import Collection, Sequence
from pathlib import Path

from index import private
from index.config import Config
from index.copies import sketch_of
from index.library import Library
from index.naming import chat_library_path, library_path, missing, name_of
from index.search import Search
from index.settings import IndexSettings
from index.stats import Stats
from index.types import Article, ArticleInfo, MadeWith, Passage, Vectors


class Libraries:
    """Searches by name. One that is made, replaced or deleted meanwhile is noticed. Thread-safe."""

    def __init__(self, config: Config) -> None:
        """Open nothing yet; make the files and folders of the data folder their owner's only."""
        private.tighten_all(config.data_dir)
        settings = config.section("index", IndexSettings)
        self._data_dir = config.data_dir
        self._made_with = MadeWith(settings.embedder, settings.passage_tokens)
        self._languages = tuple(settings.languages)
        self._open: dict[Path, Search] = {}
        self._lock = threading.Lock()

    def searches(self, names: Sequence[str], chat_id: int | None = None) -> list[Search]:
        """A Search for each of these libraries that there is: the chat's own first, then in order of names.

        Without a ``chat_id`` no chat's. Raises LibraryMissingError when there is none of them, and what
        opening a library raises.
        """
        paths = [library_path(self._data_dir, name) for name in names]
        if chat_id is not None:
            paths.insert(0, chat_library_path(self._data_dir, chat_id))
        with self._lock:
            found = [search for path in dict.fromkeys(paths) if (search := self._search(path))]
        if not found:
            raise missing(library_path(self._data_dir, names[0]) if names else paths[0])
        return found

    def articles(self, names: Sequence[str], chat_id: int | None = None) -> list[ArticleInfo]:
        """The articles of these libraries, newest first in each; one that several hold is listed once."""
        found = (info for search in self.searches(names, chat_id) for info in search.articles())
        return list({info.id: info for info in found}.values())

    def copies(self, names: Sequence[str], chat_id: int, article: Article) -> list[ArticleInfo]:
        """The articles that say nearly the same as ``article`` of a chat's own library: in it, or in these.

        The likest first in each. Raises what ``searches`` raises.
        """
        found: dict[str, ArticleInfo] = {}
        sketch, own = sketch_of(article.text), name_of(chat_library_path(self._data_dir, chat_id))
        for search in self.searches(names, chat_id):
            is_own = search.name == own
            for info in search.copies_of(sketch):
                if not is_own or info.source_id != article.source_id:
                    found.setdefault(info.id, info)
        return list(found.values())

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
        """How much a chat's own library holds; None where there is none."""
        path = chat_library_path(self._data_dir, chat_id)
        if not path.exists():
            return None
        with Library(path) as library:
            return library.stats()

    def is_current(self, chat_id: int, article_id: str) -> bool:
        """Whether this very version is the one that is searched in a chat's own library."""
        path = chat_library_path(self._data_dir, chat_id)
        if not path.exists():
            return False
        with Library(path) as library:
            return library.is_current(article_id)

    def current_version(self, chat_id: int, source_id: str) -> Article | None:
        """The version of a source that is searched in a chat's own library; None where there is none."""
        path = chat_library_path(self._data_dir, chat_id)
        if not path.exists():
            return None
        with Library(path) as library:
            return library.current_version(source_id)

    def put(self, chat_id: int, article: Article, passages: list[Passage], vectors: Vectors) -> bool:
        """``article`` in the chat's own library, which its first one makes; whether it had a version before.

        Raises what opening and Library.replace raise.
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
            search = self._search(path)
        if search is not None:
            search.refresh()
        return info

    def move(self, old: int, new: int) -> None:
        """What was one chat's own is another's, beside what that one has. Twice does no harm.

        Raises what opening a library raises; then everything is where it was, or in both places.
        """
        before, after = chat_library_path(self._data_dir, old), chat_library_path(self._data_dir, new)
        with self._lock:
            if not before.exists():
                return
            if after.exists():
                with Library(after) as library:
                    library.take_in(before)
                before.unlink()
            else:
                Library(before).close()  # what a crash has left beside the file is put into it
                before.rename(after)

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
        # An empty file is one that is being made at this moment.
        if search is None and path.exists() and path.stat().st_size:
            search = self._open[path] = Search(path, self._made_with)
        return search
