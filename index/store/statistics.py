"""How much a library holds."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from index.store.queries import find_configuration
from index.types import Stats


def measure(connection: sqlite3.Connection, path: Path) -> Stats:
    """Measure how much the library at ``path`` holds. Raises LibraryDamagedError."""
    sizes = connection.execute(  # by an index of its own: no text is read
        "SELECT is_current, count(*), sum(length(text)) FROM articles GROUP BY is_current"
    )
    counts = {is_current: (count, characters) for is_current, count, characters in sizes}
    passages, originals = connection.execute(
        "SELECT (SELECT count(*) FROM passages), (SELECT count(*) FROM originals)"
    ).fetchone()
    articles, characters = counts.get(1, (0, 0))
    return Stats(
        articles,
        counts.get(0, (0, 0))[0],
        passages,
        characters,
        originals,
        _used_bytes(connection),
        path.stat().st_size,
        find_configuration(connection, path),
    )


def _used_bytes(connection: sqlite3.Connection) -> int:
    pages, free, page_bytes = (
        connection.execute(f"PRAGMA {what}").fetchone()[0]
        for what in ("page_count", "freelist_count", "page_size")
    )
    return int((pages - free) * page_bytes)
