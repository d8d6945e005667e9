"""Libraries that are open for asking: by meaning and by words, following their files."""

from index.search.sqlite_libraries import SqliteLibraries
from index.search.sqlite_search import SqliteSearch

__all__ = ["SqliteLibraries", "SqliteSearch"]
