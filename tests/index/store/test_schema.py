"""A library that an earlier version made is brought up to date when it is opened."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from index.search import SqliteSearch
from index.store import SqliteLibrary, schema
from index.types import Article
from tests.fakes import CONFIGURATION, make_article, put_article

FORMAT_1 = """
CREATE TABLE made_with (model TEXT NOT NULL, passage_tokens INTEGER NOT NULL) STRICT;
CREATE TABLE articles (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    source_id TEXT NOT NULL,
    source TEXT NOT NULL,
    added TEXT NOT NULL,
    title TEXT NOT NULL,
    text TEXT NOT NULL,
    url TEXT, publisher TEXT, author TEXT, published TEXT, language TEXT,
    pages TEXT NOT NULL,
    sections TEXT NOT NULL,
    is_current INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX one_current_version ON articles (source_id) WHERE is_current;
CREATE TABLE passages (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    article INTEGER NOT NULL REFERENCES articles (number),
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    context TEXT NOT NULL,
    vector BLOB NOT NULL
) STRICT;
CREATE INDEX passages_by_article ON passages (article);
CREATE VIEW passage_texts AS
    SELECT passages.number AS number, context, substr(text, start + 1, "end" - start) AS body
    FROM passages JOIN articles ON articles.number = passages.article;
CREATE VIRTUAL TABLE words USING fts5 (
    context, body, content='passage_texts', content_rowid='number', tokenize='porter unicode61'
);
PRAGMA application_id = 1448231508;
PRAGMA user_version = 1;
"""
ARTICLE_COLUMNS = (
    "number, id, source_id, source, added, title, text, url, publisher, author, published, language, pages,"
    " sections, is_current"
)


@pytest.fixture
def earlier(tmp_path: Path) -> tuple[Path, Article, Article]:
    """A library of format 1, and the two versions of the article in it, the earlier one first."""
    with SqliteLibrary(tmp_path / "new.db", CONFIGURATION) as library:
        versions = [
            put_article(library, make_article(text, "a.md", author="A. Bear"))
            for text in ("Bears like jam.", "Bears like honey.")
        ]
        put_article(library, make_article("Foxes read.", "b.md"))
    path = tmp_path / "main.db"
    by_hand = sqlite3.connect(path)
    by_hand.executescript(FORMAT_1)
    by_hand.execute("ATTACH ? AS new", (str(tmp_path / "new.db"),))
    by_hand.execute(f"INSERT INTO articles SELECT {ARTICLE_COLUMNS} FROM new.articles")  # noqa: S608 - a constant
    by_hand.execute("INSERT INTO passages SELECT * FROM new.passages")
    by_hand.execute("INSERT INTO made_with SELECT * FROM new.made_with")
    by_hand.execute("INSERT INTO words (words) VALUES ('rebuild')")
    by_hand.commit()
    by_hand.close()
    return path, versions[0], versions[1]


def layout(path: Path) -> list[tuple[str, ...]]:
    connection = sqlite3.connect(path)
    found = connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY 1, 2").fetchall()
    connection.close()
    return found


@pytest.mark.parametrize("by", ["library", "search"])
def test_everything_is_kept(earlier: tuple[Path, Article, Article], by: str) -> None:
    path, before, newest = earlier
    if by == "search":
        search = SqliteSearch(path, CONFIGURATION)
        assert [hit.passage.text for hit in search.matching("honey jam", 9)] == ["Bears like honey."]
        assert search.article(before.id) == before
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            search._connection.execute("DELETE FROM articles")
        search.close()
    with SqliteLibrary(path) as library:
        assert (library.article(before.id), library.article(newest.id)) == (before, newest)
        assert library.is_current(newest.id)
        assert not library.is_current(before.id)
        assert library.verify() == []
        library.remove(newest.id)
        assert [info.title for info in library.articles()] == ["b"]


def test_it_is_laid_out_as_a_new_one_is(earlier: tuple[Path, Article, Article]) -> None:
    path, _, _ = earlier
    SqliteLibrary(path).close()
    assert layout(path) == layout(path.with_name("new.db"))


def test_one_that_another_process_has_just_brought_up_to_date_is_left_alone(
    earlier: tuple[Path, Article, Article],
) -> None:
    path, _, newest = earlier
    slow = sqlite3.connect(path, isolation_level=None)
    SqliteLibrary(path).close()
    schema._bring_up_to_date(slow, path)
    slow.close()
    with SqliteLibrary(path) as library:
        assert library.article(newest.id) == newest
