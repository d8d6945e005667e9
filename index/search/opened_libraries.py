"""Libraries kept open for asking, and what is known of those that cannot be read."""

from __future__ import annotations

import logging
import time
from collections import Counter, OrderedDict
from collections.abc import Iterable
from pathlib import Path

from index.errors import LibraryDamagedError, LibraryError, LibraryMissingError, StaleLibraryError
from index.files.damage import Damage, state_of
from index.search.sqlite_search import SqliteSearch
from index.types import IndexConfiguration

log = logging.getLogger(__name__)

AGAIN_S = 60.0

MOST_OPEN = 200
"""Libraries that are kept open: each takes a file descriptor, of which a process often has 1,024, and memory
for its vectors. To open one anew takes some milliseconds."""


class OpenedLibraries:
    """Searches by path, for one thread at a time. ``unread`` says which files could not be read, and why."""

    def __init__(self, configuration: IndexConfiguration) -> None:
        self._configuration = configuration
        self._open: OrderedDict[Path, SqliteSearch] = OrderedDict()  # the one asked last at the end
        self._users: Counter[SqliteSearch] = Counter()
        self.unread: dict[Path, Damage] = {}
        self._told: set[str] = set()  # what the log has of them

    def search(self, path: Path) -> SqliteSearch | None:
        """Return the library at ``path``, open; None where there is none, or where it is ``unread`` by now.

        One that is damaged is tried again when its file has changed, and after AGAIN_S: the disk may have
        erred.
        """
        search = self._open.get(path)
        if search is not None and (search.damage or not search.is_of(path)):
            self.drop(path)
            if search.damage:
                self.note(path, search.damage)
            search = None
        known = self.unread.get(path)
        if known is not None and not _is_worth_a_try(known, path):
            return None
        try:
            search = self._open[path] = search or SqliteSearch(path, self._configuration)
        except LibraryMissingError:
            self.forget(path)
            return None
        except LibraryError as error:
            self.note(path, Damage(error, state_of(path)))
            return None
        self.forget(path)
        self._open.move_to_end(path)
        if len(self._open) > MOST_OPEN:
            self.drop(next(iter(self._open)))
        return search

    def drop(self, path: Path) -> None:
        """Close the library at ``path`` once nobody asks it any more: another thread may."""
        search = self._open.pop(path, None)
        if search is not None and not self._users[search]:
            search.close()

    def enter(self, searches: Iterable[SqliteSearch]) -> None:
        """Count somebody who asks these, until they leave."""
        self._users.update(searches)

    def leave(self, searches: Iterable[SqliteSearch]) -> None:
        """Count them no more; close what was dropped meanwhile and has no other users."""
        for search in searches:
            self._users[search] -= 1
            if not self._users[search]:
                del self._users[search]
                if search not in self._open.values():
                    search.close()

    def note(self, path: Path, damage: Damage) -> None:
        """Remember that the library at ``path`` cannot be read."""
        self.unread[path] = damage

    def forget(self, path: Path) -> None:
        """Take the library at ``path`` for one that can be read, or is gone; a later fault is logged anew."""
        damage = self.unread.pop(path, None)
        if damage is not None:
            self._told.discard(str(damage.error))

    def tell(self, error: LibraryError) -> None:
        """Log why a library cannot be read, unless the log has it."""
        if str(error) not in self._told:
            self._told.add(str(error))
            log.error("%s The other libraries are asked without it.", error)

    def close(self) -> None:
        """Let go of all files."""
        for search in self._open.values():
            search.close()
        self._open.clear()


def _is_worth_a_try(known: Damage, path: Path) -> bool:
    if not isinstance(known.error, LibraryDamagedError | StaleLibraryError):
        return True  # it may pass by itself
    return known.state != state_of(path) or time.monotonic() - known.at > AGAIN_S
