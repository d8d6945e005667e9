"""The signatures of a library's articles: written with the texts, they say which are near-duplicates."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection

from index.store import rows
from index.text import Signature, signature_of
from index.text.minhash import from_bytes, likest, to_bytes
from index.types import ArticleInfo


def insert_signature(connection: sqlite3.Connection, number: int, signature: Signature) -> None:
    """Write the signature of the article with this number, unless it has one."""
    connection.execute("INSERT OR IGNORE INTO sketches VALUES (?, ?)", (number, to_bytes(signature)))


def insert_signatures(connection: sqlite3.Connection) -> None:
    """Write a signature of every current article that has none, as in a library of an earlier format."""
    missing = "SELECT number FROM articles WHERE is_current AND number NOT IN (SELECT article FROM sketches)"
    for (number,) in connection.execute(missing).fetchall():
        (text,) = connection.execute("SELECT text FROM articles WHERE number = ?", (number,)).fetchone()
        insert_signature(connection, number, signature_of(text))


def read_signatures(connection: sqlite3.Connection, article_ids: Collection[str]) -> dict[str, Signature]:
    """Return the signatures of the articles of these ids that are there and have one.

    Raises ValueError when one is not whole.
    """
    found = connection.execute(
        "SELECT articles.id, sketch FROM articles JOIN sketches ON sketches.article = articles.number"  # noqa: S608 - marks only
        f" WHERE articles.id IN ({', '.join('?' * len(article_ids))})",
        [*article_ids],
    )
    return {article_id: from_bytes(signature) for article_id, signature in found}


def find_near_duplicates(connection: sqlite3.Connection, signature: Signature) -> list[ArticleInfo]:
    """Return the current articles that are near-duplicates of one with this signature, the likest first.

    Raises ValueError when a signature is not whole.
    """
    others = connection.execute(
        "SELECT articles.number, sketch FROM articles JOIN sketches ON sketches.article = articles.number"
        " WHERE is_current"
    ).fetchall()
    near = [others[place][0] for place in likest(signature, [packed for _, packed in others])]
    query = f"SELECT {rows.INFO_COLUMNS} FROM articles WHERE number = ?"  # noqa: S608 - a constant
    return [rows.to_info(connection.execute(query, (number,)).fetchone()) for number in near]


def wrong(connection: sqlite3.Connection) -> list[str]:
    """Return the ids of the articles whose signature is another than their text makes."""
    stored = connection.execute(
        "SELECT articles.id, text, sketch FROM articles JOIN sketches ON sketches.article = articles.number"
    )
    return [article_id for article_id, text, signature in stored if signature != to_bytes(signature_of(text))]
