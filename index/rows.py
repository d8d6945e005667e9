"""Articles and passages as rows of a library, and back."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from datetime import date, datetime

import numpy as np

from index.types import Article, ArticleInfo, Passage, Section, Vectors

INFO_COLUMNS = (
    "articles.id, source_id, source, added, title, url, publisher, author, published, language,"
    " pages, sections"
)
PASSAGE_COLUMNS = (
    'articles.id, passages.start, passages."end",'
    ' substr(text, passages.start + 1, passages."end" - passages.start), passages.context'
)
FROM_PASSAGES = "FROM passages JOIN articles ON articles.number = passages.article"


def to_info(row: tuple[str, ...]) -> ArticleInfo:
    """The value of a row of INFO_COLUMNS."""
    id_, source_id, source, added, title, url, publisher, author, published, language, pages, sections = row
    return ArticleInfo(
        id=id_,
        source_id=source_id,
        source=source,
        added=datetime.fromisoformat(added),
        title=title,
        url=url,
        publisher=publisher,
        author=author,
        published=date.fromisoformat(published) if published else None,
        language=language,
        pages=tuple(json.loads(pages)),
        sections=tuple(Section(start, heading) for start, heading in json.loads(sections)),
    )


def to_article(row: tuple[str, ...]) -> Article:
    """The value of a row of INFO_COLUMNS and the text behind them."""
    info = to_info(row[:-1])
    fields = {name: getattr(info, name) for name in ArticleInfo.__dataclass_fields__}
    return Article(**fields, text=row[-1])


def to_passage(row: tuple[str, int, int, str, str]) -> Passage:
    """The value of a row of PASSAGE_COLUMNS."""
    return Passage(*row)


def insert_article(connection: sqlite3.Connection, article: Article) -> int:
    """Write ``article`` as the current version of its source; return its number."""
    cursor = connection.execute(
        "INSERT INTO articles (id, source_id, source, added, title, url, publisher, author, published,"
        " language, pages, sections, text, is_current) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)",
        (
            article.id,
            article.source_id,
            article.source,
            article.added.isoformat(),
            article.title,
            article.url,
            article.publisher,
            article.author,
            article.published and article.published.isoformat(),
            article.language,
            json.dumps(article.pages),
            json.dumps([(section.start, section.title) for section in article.sections]),
            article.text,
        ),
    )
    return int(cursor.lastrowid or 0)


def insert_original(connection: sqlite3.Connection, article: int, packed: bytes) -> None:
    """Keep the file that the article with this number was read from, unless one is kept."""
    connection.execute("INSERT OR IGNORE INTO originals (article, packed) VALUES (?, ?)", (article, packed))


def insert_passages(
    connection: sqlite3.Connection, article: int, passages: list[Passage], vectors: Vectors
) -> None:
    """Write the passages of the article with this number, their vectors (one row each) and their words."""
    for passage, vector in zip(passages, vectors, strict=True):
        _insert_passage(connection, article, passage, vector.tobytes())


def _insert_passage(connection: sqlite3.Connection, article: int, passage: Passage, vector: bytes) -> None:
    cursor = connection.execute(
        'INSERT INTO passages (article, start, "end", context, vector) VALUES (?, ?, ?, ?, ?)',
        (article, passage.start, passage.end, passage.context, vector),
    )
    connection.execute(
        "INSERT INTO words (rowid, context, body) VALUES (?, ?, ?)",
        (cursor.lastrowid, passage.context, passage.text),
    )


def delete_passages(connection: sqlite3.Connection, article: int) -> None:
    """Take the passages of the article with this number out of the file: vectors and words with them."""
    # An external-content index has to be told what stood there: the article's text is still needed here.
    connection.execute(
        "INSERT INTO words (words, rowid, context, body) SELECT 'delete', number, context, body"
        " FROM passage_texts WHERE number IN (SELECT number FROM passages WHERE article = ?)",
        (article,),
    )
    connection.execute("DELETE FROM passages WHERE article = ?", (article,))


def copy_articles(held: sqlite3.Connection, into: sqlite3.Connection) -> int:
    """Write every version of ``held`` that ``into`` has not, with all that belongs to it; how many.

    One is current only where ``into`` had nothing of its source.
    """
    ids = {row[0] for row in into.execute("SELECT id FROM articles")}
    sources = {row[0] for row in into.execute("SELECT source_id FROM articles WHERE is_current")}
    names = "id, source_id, is_current, source, added, title, url, publisher, author, published, language,"
    names += " pages, sections, text"
    copied = 0
    for number, *values in held.execute(f"SELECT number, {names} FROM articles ORDER BY number"):  # noqa: S608
        article_id, source_id, text = values[0], values[1], values[-1]
        if article_id in ids:
            continue
        is_current = values[2] and source_id not in sources
        new = into.execute(
            f"INSERT INTO articles ({names}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608
            (article_id, source_id, int(is_current), *values[3:]),
        ).lastrowid
        for table, column in (("originals", "packed"), ("sketches", "sketch")):
            found = held.execute(f"SELECT {column} FROM {table} WHERE article = ?", (number,))  # noqa: S608
            for row in found:
                into.execute(f"INSERT INTO {table} VALUES (?, ?)", (new, *row))  # noqa: S608
        if is_current:
            _copy_passages(held, number, into, int(new or 0), text)
        copied += 1
    return copied


def _copy_passages(
    held: sqlite3.Connection, number: int, into: sqlite3.Connection, new: int, text: str
) -> None:
    found = held.execute(
        'SELECT start, "end", context, vector FROM passages WHERE article = ? ORDER BY number', (number,)
    )
    for start, end, context, vector in found:
        _insert_passage(into, new, Passage("", start, end, text[start:end], context), vector)


def read_vectors(connection: sqlite3.Connection) -> Iterator[tuple[int, str, Vectors]]:
    """Every passage's number, the id of its article, and its vector of shape (dim,), in order of number.

    Raises ValueError when a vector is no row of float32.
    """
    rows = connection.execute(f"SELECT passages.number, articles.id, vector {FROM_PASSAGES} ORDER BY 1")
    for number, article_id, vector in rows:
        yield number, article_id, np.frombuffer(vector, dtype=np.float32)
