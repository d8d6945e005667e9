"""A library: one SQLite file of articles, passages, vectors and words; how it is checked and moved."""

from index.store.sqlite_library import SqliteLibrary
from index.store.sqlite_store import SqliteStore

__all__ = ["SqliteLibrary", "SqliteStore"]
