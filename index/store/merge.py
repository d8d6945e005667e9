"""Copies the articles of one library into another, with all that belongs to them."""

from __future__ import annotations

import sqlite3

from index.store import rows
from index.types import Passage


def copy_articles(theirs: sqlite3.Connection, ours: sqlite3.Connection) -> tuple[int, int]:
    """Write every version of ``theirs`` that ``ours`` has not, with all that belongs to it.

    Return how many of them are current, and how many are not: they were not, or ``ours`` has a version of
    their source.
    """
    ids = {row[0] for row in ours.execute("SELECT id FROM articles")}
    sources = {row[0] for row in ours.execute("SELECT source_id FROM articles WHERE is_current")}
    current_count = other_count = 0
    for number, article_id, source_id, was_current, *rest in theirs.execute(
        f"SELECT number, {rows.ARTICLE_COLUMNS} FROM articles ORDER BY number"  # noqa: S608 - a constant
    ):
        if article_id in ids:
            continue
        is_current = was_current and source_id not in sources
        new = rows.insert_article_row(ours, (article_id, source_id, int(is_current), *rest))
        for table, column in (("originals", "packed"), ("sketches", "sketch")):
            found = theirs.execute(f"SELECT {column} FROM {table} WHERE article = ?", (number,))  # noqa: S608 - two constants
            for row in found:
                ours.execute(f"INSERT INTO {table} VALUES (?, ?)", (new, *row))  # noqa: S608 - as above
        if is_current:
            _copy_passages(theirs, number, ours, new, rest[-1])
            current_count += 1
        else:
            other_count += 1
    return current_count, other_count


def _copy_passages(
    theirs: sqlite3.Connection, number: int, ours: sqlite3.Connection, new: int, text: str
) -> None:
    found = theirs.execute(
        'SELECT start, "end", context, vector FROM passages WHERE article = ? ORDER BY number', (number,)
    )
    for start, end, context, vector in found:
        rows.insert_passage(ours, new, Passage("", start, end, text[start:end], context), vector)
