"""Queries for articles that both the library and the search need."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from index.errors import LibraryDamagedError
from index.store import rows
from index.types import Article, ArticleInfo, IndexConfiguration

_WHOLE = f"SELECT {rows.INFO_COLUMNS}, text FROM articles"  # noqa: S608 - a constant


def find_configuration(connection: sqlite3.Connection, path: Path) -> IndexConfiguration:
    """Return what the library's passages were made with. Raises LibraryDamagedError."""
    found = connection.execute("SELECT model, passage_tokens FROM made_with").fetchall()
    if len(found) != 1:
        raise LibraryDamagedError(
            f"{path} doesn't say what its passages were made with. Restore a backup of it, or move it "
            "away and add the articles again."
        )
    return IndexConfiguration(*found[0])


def find_articles(connection: sqlite3.Connection) -> list[ArticleInfo]:
    """List the current version of every article, newest first by its own date, then by title."""
    found = connection.execute(
        f"SELECT {rows.INFO_COLUMNS} FROM articles WHERE is_current"  # noqa: S608 - a constant
        " ORDER BY coalesce(published, '') DESC, title, id"
    )
    return [rows.to_info(row) for row in found]


def find_article(connection: sqlite3.Connection, article_id: str) -> Article | None:
    """Return the version of this id; None where there is none."""
    row = connection.execute(f"{_WHOLE} WHERE id = ?", (article_id,)).fetchone()
    return rows.to_article(row) if row else None


def find_current(connection: sqlite3.Connection, source_id: str) -> Article | None:
    """Return the version of a source that is searched; None where there is none."""
    row = connection.execute(f"{_WHOLE} WHERE source_id = ? AND is_current", (source_id,)).fetchone()
    return rows.to_article(row) if row else None
