"""Articles and passages as rows of a library, and back."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from datetime import date, datetime

import numpy as np

from index.store.schema import KIND
from index.types import Article, ArticleInfo, Passage, Section, Vectors

ARTICLE_COLUMNS = (
    "id, source_id, is_current, source, added, title, url, publisher, author, published, language, pages,"
    " sections, text"
)
"""All columns of an article but its number, in the order of the table."""
_PAGES = ARTICLE_COLUMNS.split(", ").index("pages")

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
    """Return the value of a row of INFO_COLUMNS.

    Raises ValueError, TypeError, RecursionError where it is none.
    """
    id_, source_id, source, added, title, url, publisher, author, published, language, pages, sections = row
    found, headings = json.loads(pages), json.loads(sections)
    starts, labels = (found["starts"], found["labels"]) if isinstance(found, dict) else (found, [])
    if (
        not all(isinstance(start, int) for start in starts)
        or not all(isinstance(label, str) for label in labels)
        or not all(isinstance(start, int) and isinstance(heading, str) for start, heading in headings)
    ):
        raise ValueError("its pages or headings aren't valid")
    if not all(isinstance(value, str) for value in (id_, source_id, source, title)):
        raise ValueError("it has no name")
    if not all(isinstance(value, str | None) for value in (url, publisher, author, language)):
        raise ValueError("its details aren't text")
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
        pages=tuple(starts),
        sections=tuple(Section(start, heading) for start, heading in headings),
        page_labels=tuple(labels),
    )


def to_article(row: tuple[str, ...]) -> Article:
    """Return the value of a row of INFO_COLUMNS and the text after them."""
    info = to_info(row[:-1])
    fields = {name: getattr(info, name) for name in ArticleInfo.__dataclass_fields__}
    return Article(**fields, text=row[-1])


def to_passage(row: tuple[str, int, int, str, str]) -> Passage:
    """Return the value of a row of PASSAGE_COLUMNS. Raises ValueError where it is none."""
    passage = Passage(*row)
    if not (isinstance(passage.text, str) and isinstance(passage.context, str)):
        raise ValueError(f"a passage of {passage.article_id} has no words")
    if not (0 <= passage.start < passage.end == passage.start + len(passage.text)):
        raise ValueError(f"passage {passage.start}:{passage.end} of {passage.article_id} isn't a slice of it")
    return passage


def insert_article(connection: sqlite3.Connection, article: Article) -> int:
    """Write ``article`` as the current version of its source; return its number."""
    return insert_article_row(
        connection,
        (
            article.id,
            article.source_id,
            1,
            article.source,
            article.added.isoformat(),
            article.title,
            article.url,
            article.publisher,
            article.author,
            article.published.isoformat() if article.published else None,
            article.language,
            _pages_of(article),
            json.dumps([(section.start, section.title) for section in article.sections]),
            article.text,
        ),
    )


def _pages_of(article: Article) -> str:
    """Return where pages begin, as a list; with what is printed on them, where that is known."""
    if not article.page_labels:
        return json.dumps(article.pages)
    return json.dumps({"starts": article.pages, "labels": article.page_labels}, ensure_ascii=False)


def insert_article_row(connection: sqlite3.Connection, row: Sequence[str | int | None]) -> int:
    """Write an article given as ARTICLE_COLUMNS; return its number.

    What is printed on pages is first read by format 3: from such an article on the library is of that format.
    """
    cursor = connection.execute(
        f"INSERT INTO articles ({ARTICLE_COLUMNS}) VALUES ({', '.join('?' * len(row))})",  # noqa: S608 - marks
        row,
    )
    if str(row[_PAGES]).startswith("{"):
        KIND.mark(connection)
    return int(cursor.lastrowid or 0)


def insert_original(connection: sqlite3.Connection, article: int, packed: bytes) -> None:
    """Keep the file that the article with this number was read from, unless one is kept."""
    connection.execute("INSERT OR IGNORE INTO originals (article, packed) VALUES (?, ?)", (article, packed))


def insert_passages(
    connection: sqlite3.Connection, article: int, passages: list[Passage], vectors: Vectors
) -> None:
    """Write the passages of the article with this number, their vectors (one row each) and their words."""
    for passage, vector in zip(passages, vectors, strict=True):
        insert_passage(connection, article, passage, vector.tobytes())


def insert_passage(connection: sqlite3.Connection, article: int, passage: Passage, vector: bytes) -> None:
    """Write one passage of the article with this number, its vector and its words."""
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
    # An external-content index has to be told what stood there. Cut here: SQLite would walk through a long
    # text from its beginning for every passage.
    (text,) = connection.execute("SELECT text FROM articles WHERE number = ?", (article,)).fetchone()
    found = connection.execute(
        'SELECT number, context, start, "end" FROM passages WHERE article = ?', (article,)
    ).fetchall()
    connection.executemany(
        "INSERT INTO words (words, rowid, context, body) VALUES ('delete', ?, ?, ?)",
        [(number, context, text[start:end]) for number, context, start, end in found],
    )
    connection.execute("DELETE FROM passages WHERE article = ?", (article,))


def read_numbers(connection: sqlite3.Connection) -> dict[str, range]:
    """Return the numbers of each article's passages, by its id: they were written in a row, so they are one.

    Two indexes of the file have it all: neither a text nor a vector is read. Raises ValueError when a passage
    is of no article.
    """
    ids = dict(connection.execute("SELECT number, id FROM articles"))
    found = connection.execute(
        "SELECT article, min(number), max(number) FROM passages GROUP BY article"
    ).fetchall()
    if any(article not in ids for article, _, _ in found):
        raise ValueError("there are passages of no article")
    return {ids[article]: range(first, last + 1) for article, first, last in found}


def read_vectors(connection: sqlite3.Connection, first: int) -> tuple[list[int], Vectors]:
    """Return the passages with numbers from ``first`` on, in order, and a vector each, shape (count, dim).

    Raises ValueError when a vector is no unit vector of float32, or not as long as the others.
    """
    found = connection.execute(
        "SELECT number, vector FROM passages WHERE number >= ? ORDER BY number", (first,)
    ).fetchall()
    if not found:
        return [], np.zeros((0, 0), np.float32)
    vectors = np.vstack([np.frombuffer(vector, dtype=np.float32) for _, vector in found])
    with np.errstate(over="ignore", invalid="ignore"):
        lengths = np.linalg.norm(vectors, axis=1)
    if not np.allclose(lengths, 1.0, atol=1e-3):  # also where they are not finite
        raise ValueError("a passage has no unit vector")
    return [number for number, _ in found], vectors
