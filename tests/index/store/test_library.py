"""Articles in their file: what is kept, what is forgotten, and what is found to be wrong."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import unicodedata
import zlib
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from index.documents import article as read
from index.documents.formats.types import Extracted
from index.errors import (
    ArticleMissingError,
    LibraryBusyError,
    LibraryDamagedError,
    LibraryError,
    LibraryMissingError,
    LibraryNameError,
    StaleLibraryError,
)
from index.files import sqlite
from index.ingest.ingest import embed_article
from index.search import SqliteSearch
from index.store import SqliteLibrary, schema
from index.store.paths import library_path
from index.types import IndexConfiguration, Section, Stats
from tests.fakes import CONFIGURATION, FakeEmbedder, make_article, put_article

ROOT = Path(__file__).parents[3]
BEARS = "Bears like jam. They eat it with a spoon."


def found_by(library: SqliteLibrary, question: str) -> list[str]:
    search = SqliteSearch(library.path, CONFIGURATION)
    try:
        return [hit.passage.text for hit in search.matching(question, 9)]
    finally:
        search.close()


def test_an_article_comes_back_as_it_was_put(library: SqliteLibrary) -> None:
    article = put_article(
        library,
        make_article(
            BEARS,
            "articles/bears.md",
            title="Bären & “jam”",
            author="A. Bear",
            publisher="The Forest",
            published=date(2022, 3, 18),
            url="https://forest.example/bears",
            language="en",
            pages=(0, 16),
            sections=(Section(16, "Spoons"),),
        ),
    )
    assert library.article(article.id) == article
    assert [info.id for info in library.articles()] == [article.id]
    assert library.passages(article.id)[0].text == BEARS


def test_what_is_printed_on_pages_comes_back_and_is_of_format_3(library: SqliteLibrary) -> None:
    library._connection.execute("PRAGMA user_version = 2")
    put_article(library, make_article(BEARS, "a.md", pages=(0, 16)))
    assert library._connection.execute("PRAGMA user_version").fetchone() == (2,)
    labelled = put_article(library, make_article(BEARS, "b.md", pages=(0, 16), page_labels=("i", "345")))
    assert library._connection.execute("PRAGMA user_version").fetchone() == (3,)
    assert library.article(labelled.id) == labelled
    assert library.verify() == []


def test_articles_are_listed_newest_first(library: SqliteLibrary) -> None:
    for name, published in {"old": date(2020, 1, 1), "b": None, "a": None, "new": date(2024, 1, 1)}.items():
        put_article(library, make_article(BEARS, f"{name}.md", published=published))
    assert [info.title for info in library.articles()] == ["new", "old", "a", "b"]


def test_an_earlier_version_can_be_read_but_is_not_searched(library: SqliteLibrary) -> None:
    first = put_article(library, make_article("Bears like jam.", "a.md"))
    second = put_article(library, make_article("Bears like honey.", "a.md"))
    assert library.article(first.id).text == "Bears like jam."
    assert (library.is_current(first.id), library.is_current(second.id)) == (False, True)
    assert library.passages(first.id) == []
    assert [info.id for info in library.articles()] == [second.id]
    assert found_by(library, "bears jam honey") == ["Bears like honey."]
    assert library.verify() == []


def test_a_version_that_comes_back_is_searched_again(library: SqliteLibrary) -> None:
    first = put_article(library, make_article("Bears like jam.", "a.md"))
    put_article(library, make_article("Bears like honey.", "a.md"))
    put_article(library, make_article("Bears like jam.", "a.md"))
    assert [info.id for info in library.articles()] == [first.id]
    assert found_by(library, "jam honey") == ["Bears like jam."]
    assert library.stats().earlier_versions == 1


def test_replace_says_whether_there_was_a_version_before(library: SqliteLibrary) -> None:
    for text, before in (("Bears like jam.", False), ("Bears like honey.", True)):
        article = make_article(text, "a.md")
        assert library.replace(article, *embed_article(article, 40, FakeEmbedder())) is before


def test_removing_takes_every_version_out_of_the_file(library: SqliteLibrary) -> None:
    kept = put_article(library, make_article("Foxes read newspapers. " * 20, "kept.md"))
    first = put_article(
        library,
        make_article(
            "Qwzcanary sang. " + "Bears like jam. " * 300, "Vysource.md", title="Jktitle", author="Xwauthor"
        ),
    )
    second = put_article(library, make_article("Zbcanary sings. " * 50, "Vysource.md", title="Jktitle"))
    vector = FakeEmbedder().embed_passages(["Jktitle\nZbcanary sings."])[0].tobytes()
    canaries = [b"qwzcanar", b"zbcanar", b"jktitl", b"xwauthor", b"vysource", first.id.encode()]
    before = library.path.read_bytes().lower()
    assert [canary in before for canary in canaries] == [True] * 6

    assert library.remove(second.id).title == "Jktitle"

    after = library.path.read_bytes().lower()
    # The word index writes a word without the letters it shares with the one before it.
    assert [canary in after for canary in [*canaries, b"canari", b"canary", vector.lower()]] == [False] * 9
    assert [info.id for info in library.articles()] == [kept.id]
    for article in (first, second):
        with pytest.raises(ArticleMissingError):
            library.article(article.id)
    assert library.verify() == []


def test_the_file_an_article_was_read_from_is_kept_with_it(library: SqliteLibrary) -> None:
    file = b"%PDF-1.7 canary " + bytes(range(256)) * 40
    kept = put_article(library, make_article("Foxes read.", "b.pdf", original=b"%PDF-1.7 foxes"))
    first = put_article(library, make_article("Bears like jam.", "a.pdf", original=file))
    second = put_article(library, make_article("Bears like honey.", "a.pdf", original=file[:-1]))
    assert (library.original(first.id), library.original(second.id)) == (file, file[:-1])
    assert library.original(put_article(library, make_article("Owls sleep.", "c.md")).id) is None
    assert library.stats().originals == 3
    packed = zlib.compress(file)
    assert packed in library.path.read_bytes()

    library.remove(first.id)

    left = library.path.read_bytes()
    assert [packed[start : start + 64] in left for start in range(0, len(packed) - 64, 64)].count(True) == 0
    assert (library.stats().originals, library.original(kept.id)) == (1, b"%PDF-1.7 foxes")
    assert library.verify() == []


def test_what_was_removed_leaves_room(library: SqliteLibrary) -> None:
    put_article(library, make_article("Foxes read.", "b.md"))
    empty = library.stats()
    article = put_article(library, make_article("Bears like jam. " * 20_000, "a.md"))
    full = library.stats()
    assert full.used_bytes > empty.used_bytes + 320_000
    library.remove(article.id)
    after = library.stats()
    assert after.bytes == full.bytes
    assert after.used_bytes < empty.used_bytes + 100_000


def test_an_unknown_id_is_said(library: SqliteLibrary) -> None:
    for use in (library.article, library.passages, library.remove):
        with pytest.raises(ArticleMissingError) as caught:
            use("nothing")
        assert (
            str(caught.value)
            == "There's no article with the id nothing here. To see the ids, run `verbatim list`."
        )


def test_vectors_that_are_none_change_nothing(library: SqliteLibrary) -> None:
    put_article(library, make_article(BEARS, "a.md"))
    article = make_article("Foxes read.", "a.md")
    passages, vectors = embed_article(article, 40, FakeEmbedder())
    broken = {
        "not a number": vectors * np.float32("nan"),
        "too long": vectors * np.float32(2),
        "one too many": np.vstack([vectors, vectors]),
        "of another model": FakeEmbedder(dim=32).embed_passages(["Foxes read."]),
    }
    for name, wrong in broken.items():
        with pytest.raises(LibraryError) as caught:
            library.replace(article, passages, wrong)
        assert str(caught.value) == (
            f"The model gave a vector that doesn't fit {library.path}. Nothing was changed."
        ), name
    assert found_by(library, "bears foxes") == [BEARS]


def test_rebuild_puts_new_passages_in_the_place_of_all(library: SqliteLibrary) -> None:
    article = put_article(library, make_article(BEARS, "a.md"))
    configuration = IndexConfiguration("other", 4)
    contents = [(article.id, *embed_article(article, 4, FakeEmbedder(dim=32)))]
    library.rebuild(configuration, contents)
    assert library.configuration == configuration
    assert [passage.text for passage in library.passages(article.id)] == [
        "Bears like jam.",
        "They eat it",
        "with a spoon.",
    ]
    assert library.verify() == []


def test_a_rebuild_that_fails_leaves_all_as_it_was(library: SqliteLibrary) -> None:
    article = put_article(library, make_article(BEARS, "a.md"))
    other = put_article(library, make_article("Foxes read.", "b.md"))
    passages, vectors = embed_article(article, 40, FakeEmbedder())
    for contents in (
        [(article.id, passages, vectors)],  # b.md was added meanwhile
        [(article.id, passages, vectors), (other.id, passages, vectors * np.float32(2))],
    ):
        with pytest.raises(LibraryError, match="Nothing was changed"):
            library.rebuild(IndexConfiguration("other", 4), contents)
        assert library.configuration == CONFIGURATION
        assert found_by(library, "bears foxes") == ["Foxes read.", BEARS]
        assert library.verify() == []


def test_stats_count_what_is_searched(library: SqliteLibrary) -> None:
    put_article(library, make_article("Bears like jam.", "a.md"))
    put_article(library, make_article("Bears like honey 🍯.", "a.md"))
    put_article(library, make_article("Foxes read.", "b.md"))
    size = library.path.stat().st_size
    assert library.stats() == Stats(2, 1, 2, 30, 0, size, size, CONFIGURATION)


@pytest.mark.parametrize(
    ("damage", "fault"),
    [
        ('UPDATE passages SET "end" = 999', "passage 0:999 of {id} isn't a slice of it"),
        ("UPDATE passages SET start = -1", "passage -1:41 of {id} isn't a slice of it"),
        ("UPDATE articles SET is_current = 0", "passage 0:41 of {id} isn't a slice of it"),
        ("UPDATE passages SET vector = zeroblob(256)", "passage number 1 has no unit vector"),
        ("UPDATE passages SET vector = x'0000803f00'", "passage number 1 has no unit vector"),
        (
            "INSERT INTO passages SELECT 2, article, start, \"end\", context, x'0000803f' FROM passages",
            "its vectors differ in length",
        ),
        (
            "UPDATE articles SET text = replace(text, 'jam', 'ham')",
            "the word index doesn't agree with the articles",
        ),
        ("UPDATE passages SET context = 'b'", "the word index doesn't agree with the articles"),
        ("UPDATE passages SET article = 7", "row 1 of passages belongs to none of articles"),
        ('UPDATE passages SET "end" = 15', "15:41 of {id} is in no passage"),
        ("DELETE FROM passages", "0:41 of {id} is in no passage"),
        (
            'INSERT INTO passages SELECT 2, article, 3, "end", context, vector FROM passages',
            "passage 3:41 of {id} begins within the one before",
        ),
        (
            "UPDATE articles SET text = replace(text, 'jam', 'ham')",
            "{id} isn't what was read: its text or its details were changed",
        ),
        (
            "UPDATE articles SET author = 'A. Fox'",
            "{id} isn't what was read: its text or its details were changed",
        ),
        (
            "UPDATE articles SET sections = '['",
            "the details of {id} can't be read: Expecting value: line 1 column 2 (char 1)",
        ),
        ("UPDATE articles SET is_current = 0", "no version of a.md is searched"),
        ("INSERT INTO originals VALUES (1, x'00')", "the file of {id} is damaged"),
        ("DELETE FROM made_with", "it doesn't say what its passages were made with"),
        (
            "UPDATE articles SET pages = '[\"x\"]'",
            "the details of {id} can't be read: its pages or headings aren't valid",
        ),
    ],
)
def test_verify_names_what_is_wrong(library: SqliteLibrary, damage: str, fault: str) -> None:
    article = put_article(library, make_article(BEARS, "a.md"))
    assert library.verify() == []
    by_hand = sqlite3.connect(library.path)
    by_hand.execute(damage)
    by_hand.commit()
    by_hand.close()
    assert fault.format(id=article.id) in library.verify()


def test_an_article_with_more_accents_on_a_letter_than_are_read_now_is_whole(library: SqliteLibrary) -> None:
    """Earlier versions of this program kept them all."""
    pile = "\u0316" * 40 + "\u0301" * 40
    text = unicodedata.normalize("NFC", f"Zalgo{pile} likes jam, and {pile}honey.")
    article = put_article(library, read.make_article("z.md", Extracted("Zalgo", text)))
    assert library.verify() == []
    by_hand = sqlite3.connect(library.path)
    by_hand.execute("UPDATE articles SET text = replace(text, ?, '')", ("\u0301" * 40,))
    by_hand.commit()
    by_hand.close()
    assert f"{article.id} isn't what was read: its text or its details were changed" in library.verify()


def test_verify_names_passages_that_do_not_stand_in_a_row(library: SqliteLibrary) -> None:
    long = put_article(library, make_article("Bears like jam. " * 30, "a.md"))
    put_article(library, make_article(BEARS, "b.md"))
    by_hand = sqlite3.connect(library.path)
    by_hand.execute("UPDATE passages SET number = 99 WHERE number = 1")
    by_hand.commit()
    by_hand.close()
    assert f"the passages of {long.id} aren't in a row" in library.verify()


def test_verify_waits_for_a_writer_rather_than_name_a_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "BUSY_S", 0.05)
    path = tmp_path / "main.db"
    with SqliteLibrary(path, CONFIGURATION) as library, SqliteLibrary(path) as other:
        put_article(library, make_article(BEARS))
        with schema.writing(other._connection, path), pytest.raises(LibraryBusyError):
            library.verify()


def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "main.db"
    path.write_text("Bears like jam. " * 100)
    for configuration in (None, CONFIGURATION):
        with pytest.raises(LibraryDamagedError) as caught:
            SqliteLibrary(path, configuration)
        assert str(caught.value) == (
            f"{path} isn't a library, or is damaged (file is not a database). Restore a backup of "
            "it, or move it away and add the articles again."
        )
    assert path.read_text() == "Bears like jam. " * 100


def test_the_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "main.db"
    foreign = sqlite3.connect(path)
    foreign.execute("CREATE TABLE photos (name)")
    foreign.commit()
    foreign.close()
    before = path.read_bytes()
    for configuration in (None, CONFIGURATION):
        with pytest.raises(LibraryDamagedError) as caught:
            SqliteLibrary(path, configuration)
        assert str(caught.value) == f"{path} isn't a library. Move it away, or choose another name."
    assert path.read_bytes() == before


def test_the_form_of_another_version_is_left_alone(library: SqliteLibrary) -> None:
    library._connection.execute("PRAGMA user_version = 7")
    with pytest.raises(StaleLibraryError) as caught:
        SqliteLibrary(library.path)
    assert str(caught.value) == (
        f"{library.path} has format 7, but this program reads format 3. Use the version that made it."
    )


def test_passages_of_another_model_do_not_fit(library: SqliteLibrary) -> None:
    library.check_configuration(CONFIGURATION)
    with pytest.raises(StaleLibraryError) as caught:
        library.check_configuration(IndexConfiguration("bge", 160))
    assert str(caught.value) == (
        f"{library.path} was made with fake and passages of 40 tokens, but config.toml says "
        "bge and 160. Run `verbatim rebuild`, or change config.toml back."
    )


def test_a_library_that_is_not_there_is_not_made_by_looking(tmp_path: Path) -> None:
    for name, way_out in (("main", "PATH`"), ("news", "PATH --library news`")):
        with pytest.raises(LibraryMissingError) as caught:
            SqliteLibrary(tmp_path / f"{name}.db")
        assert str(caught.value) == (
            f"There's no library {name} yet. Create it with `verbatim add {way_out}."
        )
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("")
    with pytest.raises(LibraryError) as caught:
        SqliteLibrary(tmp_path / "data" / "libraries" / "main.db", CONFIGURATION)
    assert str(caught.value) == (
        f"{tmp_path}/data/libraries/main.db can't be created: Not a directory. Make room, or "
        "set data_dir in config.toml to another folder."
    )


@pytest.mark.parametrize("name", ["../x", "", "Main", "a/b", "a" * 41, "naïve", "a\n", "a.db", "..", "x y"])
def test_a_name_that_could_be_a_path_is_refused(name: str) -> None:
    with pytest.raises(LibraryNameError) as caught:
        library_path(Path("data"), name)
    assert str(caught.value) == (
        f"{name!r} can't be a library's name. Use 1 to 40 of the characters a-z, 0-9 and hyphen."
    )


def test_the_file_of_a_library() -> None:
    assert library_path(Path("data"), "news-2022") == Path("data/libraries/news-2022.db")


def test_while_another_writes_a_writer_gives_up_and_a_reader_reads(
    library: SqliteLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_article(library, make_article(BEARS))
    monkeypatch.setattr(sqlite, "BUSY_S", 0.05)
    with SqliteLibrary(library.path) as other, schema.writing(library._connection, library.path):
        library._connection.execute("UPDATE articles SET title = 'Half done'")
        with pytest.raises(LibraryBusyError) as caught:
            put_article(other, make_article("Foxes read.", "b.md"))
        assert str(caught.value) == f"Another process is writing to {library.path}. Try again."
        assert [info.title for info in other.articles()] == ["a"]
    assert [info.title for info in library.articles()] == ["Half done"]


def test_at_rest_there_is_one_file_for_its_owner_only(library: SqliteLibrary) -> None:
    put_article(library, make_article(BEARS))
    assert [path.name for path in library.path.parent.iterdir()] == ["main.db"]
    assert oct(library.path.stat().st_mode & 0o777) == "0o600"
    assert oct(library.path.parent.stat().st_mode & 0o777) == "0o700"


CRASH = """
import os, signal, sys
from pathlib import Path
from index.files import sqlite
from index.store import schema
from index.store.sqlite_library import SqliteLibrary

library = SqliteLibrary(Path(sys.argv[1]))
connection = library._connection
connection.execute("PRAGMA cache_size = 1")  # so that half of it is on disk already
with schema.writing(connection, library.path):
    connection.execute("INSERT INTO words (words) VALUES ('delete-all')")
    connection.execute("UPDATE passages SET vector = zeroblob(20000)")
    connection.execute("UPDATE articles SET text = hex(zeroblob(200000))")
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.parametrize("by", ["search", "library"])
def test_a_crash_in_the_middle_of_a_change_leaves_what_was(library: SqliteLibrary, by: str) -> None:
    article = put_article(library, make_article(BEARS))
    crashed = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", CRASH, str(library.path)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=False,
    )
    assert crashed.returncode == -signal.SIGKILL
    assert library.path.with_name("main.db-journal").stat().st_size > 0
    if by == "search":
        assert found_by(library, "jam") == [BEARS]
    with SqliteLibrary(library.path) as opened:
        assert opened.article(article.id) == article
        assert opened.verify() == []
    assert [path.name for path in library.path.parent.iterdir()] == ["main.db"]
