"""What an installation keeps its libraries in: the one place that chooses it.

Only what is about a library's file (export, import, backup, verify) names the store that has files.
"""

from __future__ import annotations

from index.config import Config
from index.protocols import Libraries, Store


def open_store(config: Config) -> Store:
    """Return the libraries that ``config`` names, to read and write; opens none of them yet."""
    from index.store import SqliteStore

    return SqliteStore(config)


def open_libraries(config: Config) -> Libraries:
    """Return the libraries that ``config`` names, to be kept open for asking, too; opens none of them yet."""
    from index.search import SqliteLibraries  # FAISS, which only asking needs

    return SqliteLibraries(config)
