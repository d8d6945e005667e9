"""A damaged library is named when it is opened or read, never taken for a new one, and never written over."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from index.errors import LibraryDamagedError, LibraryError
from index.files.damage import bounded, find_broken_page
from index.search import SqliteSearch
from index.store import SqliteLibrary, schema
from tests.fakes import CONFIGURATION, FakeEmbedder, make_article, put_article

PAGE = 4096
TEXT = "Bears like jam. " + " ".join(f"Sentence {number} says nothing of it." for number in range(150))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A library with a few articles in it."""
    made = tmp_path / "main.db"
    with SqliteLibrary(made, CONFIGURATION) as library:
        put_article(library, make_article(TEXT, "a.md"))
        put_article(library, make_article("Foxes read.", "b.md"))
    return made


def broken(path: Path, what: str) -> str:
    return (
        f"{path} isn't a library, or is damaged ({what}). Restore a backup of it, or move it "
        "away and add the articles again."
    )


def ask(path: Path) -> None:
    with closing(SqliteSearch(path, CONFIGURATION)) as search:
        for info in search.articles():
            search.article(info.id)
        search.nearest(FakeEmbedder().embed_questions(["Bears like jam."])[0], 9)
        search.matching("bears foxes", 9)


WAYS: list[Callable[[Path], object]] = [
    lambda path: SqliteLibrary(path).close(),
    lambda path: SqliteLibrary(path, CONFIGURATION).close(),
    ask,
]
WAY_IDS = ["opening", "adding", "asking"]


@pytest.mark.parametrize("way", WAYS, ids=WAY_IDS)
@pytest.mark.parametrize(
    ("data", "what"),
    [(b"", "it is empty"), (b"S", "file is not a database"), (bytes(9000), "file is not a database")],
)
def test_what_is_no_database_is_not_taken_for_a_new_library(
    path: Path, way: Callable[[Path], object], data: bytes, what: str
) -> None:
    path.write_bytes(data)
    with pytest.raises(LibraryDamagedError) as caught:
        way(path)
    assert str(caught.value) == broken(path, what)
    assert path.read_bytes() == data
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize("way", WAYS, ids=WAY_IDS)
def test_what_is_left_of_a_library_is_not_added_to_a_new_one(
    path: Path, way: Callable[[Path], object]
) -> None:
    journal = path.with_name("main.db-journal")
    path.rename(journal)
    with pytest.raises(LibraryDamagedError) as caught:
        way(path)
    assert str(caught.value) == broken(path, "it is gone, and only main.db-journal is left")
    assert list(path.parent.iterdir()) == [journal]


def test_every_zeroed_page_is_found_when_it_is_asked(path: Path) -> None:
    whole = path.read_bytes()
    assert len(whole) > 10 * PAGE
    unused = sqlite3.connect(path).execute("PRAGMA freelist_count").fetchone()[0]
    unseen = []
    for page in range(len(whole) // PAGE):
        path.write_bytes(whole[: page * PAGE] + bytes(PAGE) + whole[(page + 1) * PAGE :])
        try:
            ask(path)
        except LibraryDamagedError:
            continue
        unseen.append(page)
    assert (unused, unseen) == (0, [])


def test_every_cut_is_found_when_it_is_opened(path: Path) -> None:
    whole = path.read_bytes()
    for size in range(0, len(whole), PAGE // 2 + 1):
        path.write_bytes(whole[:size])
        with pytest.raises(LibraryDamagedError):
            ask(path)
        assert path.read_bytes() == whole[:size]


def test_words_that_are_not_what_was_read_are_never_given(path: Path) -> None:
    data = path.read_bytes()
    assert data.count(b"Bears like jam.") == 1
    path.write_bytes(data.replace(b"Bears like jam.", b"Bears like ham."))
    with closing(SqliteSearch(path, CONFIGURATION)) as search:
        article = next(info for info in search.articles() if info.title == "a")
        with pytest.raises(LibraryDamagedError) as caught:
            search.article(article.id)
        assert str(caught.value) == broken(path, f"the article {article.id} isn't what was read")
        with pytest.raises(LibraryDamagedError):
            search.current_version(article.source_id)
        assert search.damage is not None
    with SqliteLibrary(path) as library:
        with pytest.raises(LibraryDamagedError):
            library.article(article.id)
        library.remove(article.id)  # the way out
        assert library.verify() == []


@pytest.mark.parametrize(
    ("statement", "what"),
    [
        ("UPDATE passages SET start = 900 WHERE number = 1", "isn't a slice of it"),
        ('UPDATE passages SET "end" = 900000 WHERE number = 1', "isn't a slice of it"),
        ("UPDATE passages SET start = -5 WHERE number = 1", "isn't a slice of it"),
        ("UPDATE passages SET vector = zeroblob(1024) WHERE number = 1", "a passage has no unit vector"),
        ("UPDATE passages SET vector = zeroblob(7) WHERE number = 1", "buffer size"),
        ("UPDATE articles SET published = '20-2-2'", "Invalid isoformat string"),
        ("UPDATE articles SET pages = '['", "Expecting value"),
        ("UPDATE articles SET title = CAST(x'ff' AS TEXT)", "Could not decode to UTF-8 column 'title'"),
        ("DROP INDEX passages_by_article", "passages_by_article is missing or different"),
        ("DROP TABLE sketches", "sketches is missing or different"),
    ],
)
def test_values_that_cannot_be_are_damage_too(path: Path, statement: str, what: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(statement)
        connection.commit()
    with pytest.raises(LibraryError, match="Bears" if what == "" else what) as caught:
        ask(path)
    assert isinstance(caught.value, LibraryDamagedError)


def test_a_damaged_name_is_repeated_in_one_line(path: Path) -> None:
    data = path.read_bytes()
    for damage in (b"CREATE TABL\xc9 sketches", b"CREATE\nTABLE\x01sketches"):
        path.write_bytes(data.replace(b"CREATE TABLE sketches", damage))
        with pytest.raises(LibraryDamagedError, match=r"is damaged \(.+\)\. Restore a backup") as caught:
            ask(path)
        assert str(caught.value).isprintable()


def test_a_check_ends_when_its_time_is_over(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "big.db", check_same_thread=False)) as connection:
        connection.execute("CREATE TABLE numbers (number INTEGER PRIMARY KEY, filler BLOB NOT NULL) STRICT")
        connection.executemany("INSERT INTO numbers (filler) VALUES (zeroblob(3000))", [()] * 20_000)
        connection.commit()
        before = time.thread_time()
        assert find_broken_page(connection, 60) is None
        whole_s = time.thread_time() - before
        before = time.thread_time()
        assert find_broken_page(connection, 0.0) is None
        assert time.thread_time() - before < whole_s
        with bounded(connection, 0.0):  # never ends by itself
            connection.execute(
                "WITH RECURSIVE more (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM more)"
                " SELECT max(n) FROM more"
            ).fetchall()
        assert connection.execute("SELECT count(*) FROM numbers").fetchone() == (20_000,)


def test_a_library_is_whole_from_the_moment_it_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "main.db"

    def fail(_: sqlite3.Connection) -> None:
        assert not path.exists()
        error = sqlite3.OperationalError("database or disk is full")
        error.sqlite_errorcode = sqlite3.SQLITE_FULL
        raise error

    monkeypatch.setattr(schema, "create", fail)
    with pytest.raises(LibraryError, match="The disk is full, so"):
        SqliteLibrary(path, CONFIGURATION)
    assert list(tmp_path.iterdir()) == []


def test_two_that_make_a_library_at_once_make_one(tmp_path: Path) -> None:
    at_once = threading.Barrier(8)

    def add(number: int) -> None:
        at_once.wait()
        with SqliteLibrary(tmp_path / "main.db", CONFIGURATION) as library:
            put_article(library, make_article("Bears like jam.", f"{number}.md"))

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(add, range(8)))
    with SqliteLibrary(tmp_path / "main.db") as library:
        assert library.stats().articles == 8
        assert library.verify() == []
    assert [path.name for path in tmp_path.iterdir()] == ["main.db"]
