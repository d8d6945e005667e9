"""Libraries leave and come as files that are whole, whoever made them and whoever writes meanwhile."""

from __future__ import annotations

import errno
import os
import sqlite3
import subprocess
import sys
import threading
import zlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from index.errors import AppError, LibraryDamagedError, LibraryError, StaleLibraryError
from index.search import SqliteSearch
from index.store import SqliteLibrary
from index.store.transfer import back_up, export_library, import_library, merge_library
from index.types import Article, IndexConfiguration
from tests.fakes import CONFIGURATION, make_article, put_article


def fill(library: SqliteLibrary) -> list[Article]:
    """Two versions of one article, which has a file, and another article."""
    return [
        put_article(library, make_article("Bears like jam.", "a.pdf", original=b"%PDF jam")),
        put_article(library, make_article("Bears like honey.", "a.pdf", original=b"%PDF honey")),
        put_article(library, make_article("Foxes read newspapers.", "b.md", author="A. Fox")),
    ]


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def change(path: Path, *statements: str) -> None:
    by_hand = sqlite3.connect(path)
    for statement in statements:
        by_hand.execute(statement)
    by_hand.commit()
    by_hand.close()


def test_what_is_exported_is_imported_as_it_was(library: SqliteLibrary, tmp_path: Path) -> None:
    articles = fill(library)
    file, path = tmp_path / "out.db", tmp_path / "elsewhere" / "libraries" / "news.db"
    export_library(library.path, file)
    assert import_library(file, path, CONFIGURATION) is False
    before, after = SqliteSearch(library.path, CONFIGURATION), SqliteSearch(path, CONFIGURATION)
    for article in articles:
        passages, vectors = after.passages(article)
        assert passages == before.passages(article)[0]
        assert np.array_equal(vectors, before.passages(article)[1])
    assert [hit.passage.text for hit in after.matching("honey", 9)] == ["Bears like honey."]
    before.close()
    after.close()
    with SqliteLibrary(path) as moved:
        assert [moved.article(article.id) for article in articles] == articles
        assert [moved.original(article.id) for article in articles] == [b"%PDF jam", b"%PDF honey", None]
        assert [moved.is_current(article.id) for article in articles] == [False, True, True]
        assert moved.stats().articles == 2
    assert files(path.parent) == ["news.db"]
    assert [oct(file.stat().st_mode & 0o777) for file in (file, path)] == ["0o600", "0o600"]


def test_what_was_removed_is_not_exported(library: SqliteLibrary, tmp_path: Path) -> None:
    fill(library)
    long = put_article(library, make_article("Zbcanary sings. " * 5000, "c.md"))
    library.remove(long.id)
    export_library(library.path, tmp_path / "out.db")
    assert (tmp_path / "out.db").stat().st_size < library.path.stat().st_size - 80_000


def test_a_library_made_otherwise_is_imported_and_has_to_be_rebuilt(
    library: SqliteLibrary, tmp_path: Path
) -> None:
    fill(library)
    export_library(library.path, tmp_path / "out.db")
    path = tmp_path / "libraries" / "news.db"
    assert import_library(tmp_path / "out.db", path, IndexConfiguration("bge", 160)) is True
    with pytest.raises(StaleLibraryError):
        SqliteSearch(path, IndexConfiguration("bge", 160))


def test_nothing_is_written_over(library: SqliteLibrary, tmp_path: Path) -> None:
    fill(library)
    file, folder = tmp_path / "out.db", tmp_path / "backup"
    file.write_text("mine")
    folder.mkdir()
    for write, there in (
        (lambda: export_library(library.path, file), file),
        (lambda: back_up(library.path.parent, folder), folder),
    ):
        with pytest.raises(LibraryError) as caught:
            write()
        assert str(caught.value) == f"{there} already exists. Choose another name."
    assert file.read_text() == "mine"
    with pytest.raises(LibraryError) as caught:
        import_library(file, library.path, CONFIGURATION)
    assert str(caught.value) == (
        "There's already a library main. Choose another name with --library, or add the "
        "articles to it with --merge."
    )
    assert library.verify() == []


def garbage(path: Path) -> None:
    path.write_bytes(b"Bears like jam. " * 1000)


def foreign(path: Path) -> None:
    path.unlink()
    change(path, "CREATE TABLE photos (name)")


def with_trigger(path: Path) -> None:
    change(path, "CREATE TRIGGER t AFTER INSERT ON articles BEGIN DELETE FROM articles; END")


def with_table(path: Path) -> None:
    change(path, "CREATE TABLE photos (name)")


def other_view(path: Path) -> None:
    change(path, "DROP VIEW passage_texts", "CREATE VIEW passage_texts AS SELECT 1 AS number, 2 AS context")


def other_words(path: Path) -> None:
    change(path, "UPDATE articles SET text = replace(text, 'newspapers', 'magazines')")


def made_with_nothing(path: Path) -> None:
    change(path, "DELETE FROM made_with")


def packed_bomb(path: Path) -> None:
    packer = zlib.compressobj(9)
    bomb = b"".join(packer.compress(bytes(1 << 20)) for _ in range(200)) + packer.flush()
    connection = sqlite3.connect(path)
    connection.execute("UPDATE originals SET packed = ?", (bomb,))
    connection.commit()
    connection.close()


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


NO_LIBRARY = "isn't a library, or not a whole one. Give a file that `verbatim export` has written."


@pytest.mark.parametrize(
    ("harm", "message"),
    [
        (garbage, NO_LIBRARY),
        (foreign, NO_LIBRARY),
        (with_trigger, NO_LIBRARY),
        (cut, NO_LIBRARY),
        (with_table, NO_LIBRARY),
        (other_view, NO_LIBRARY),
        (other_words, "is damaged ("),
        (made_with_nothing, "is damaged (it doesn't say what its passages were made with)"),
        (packed_bomb, "is damaged (the file of "),
    ],
)
def test_a_file_that_is_no_whole_library_is_refused_and_leaves_nothing(
    library: SqliteLibrary, tmp_path: Path, harm: Callable[[Path], None], message: str
) -> None:
    fill(library)
    file = tmp_path / "out.db"
    export_library(library.path, file)
    harm(file)
    before = file.read_bytes()
    path = tmp_path / "libraries" / "news.db"
    with pytest.raises(LibraryDamagedError) as imported:
        import_library(file, path, CONFIGURATION)
    with pytest.raises(LibraryDamagedError) as merged:
        merge_library(file, library.path)
    assert str(imported.value) == str(merged.value)
    assert str(merged.value).startswith(f"{file} {message}")
    assert files(path.parent) == ["main.db"]
    assert file.read_bytes() == before
    assert library.verify() == []


def test_the_form_of_a_later_version_is_told_as_that(library: SqliteLibrary, tmp_path: Path) -> None:
    export_library(library.path, tmp_path / "out.db")
    change(tmp_path / "out.db", "PRAGMA user_version = 9")
    with pytest.raises(
        StaleLibraryError, match=r"out\.db has format 9, but this program reads format 3\. Use"
    ):
        import_library(tmp_path / "out.db", tmp_path / "libraries" / "news.db", CONFIGURATION)


def test_merging_puts_in_what_is_not_there(library: SqliteLibrary, tmp_path: Path) -> None:
    articles = fill(library)
    path = tmp_path / "libraries" / "news.db"
    with SqliteLibrary(path, CONFIGURATION) as news:
        newest = put_article(news, make_article("Bears like salmon.", "a.pdf"))
    export_library(library.path, tmp_path / "out.db")
    assert [merge_library(tmp_path / "out.db", path) for _ in range(2)] == [(1, 2), (0, 0)]
    with SqliteLibrary(path) as news:
        assert [info.id for info in news.articles()] == [newest.id, articles[2].id]
        assert news.article(articles[0].id) == articles[0]
        assert news.verify() == []


def test_what_is_made_otherwise_is_not_merged(library: SqliteLibrary, tmp_path: Path) -> None:
    fill(library)
    export_library(library.path, tmp_path / "out.db")
    path = tmp_path / "libraries" / "news.db"
    SqliteLibrary(path, IndexConfiguration("bge", 160)).close()
    with pytest.raises(StaleLibraryError) as caught:
        merge_library(tmp_path / "out.db", path)
    assert str(caught.value) == (
        f"{tmp_path / 'out.db'} was made with fake and passages of 40 tokens, but news with "
        "bge and 160. Import the file under a name of its own, rebuild and export that, then "
        "merge the exported file."
    )
    assert files(path.parent) == ["main.db", "news.db"]


def test_a_backup_is_whole_while_others_write(tmp_path: Path) -> None:
    data, over = tmp_path / "data", threading.Event()
    path = data / "libraries" / "main.db"
    with SqliteLibrary(path, CONFIGURATION) as library:
        put_article(library, make_article("Bears like jam.", "0.md"))

    def write() -> None:
        with SqliteLibrary(path) as library:
            number = 0
            while not over.wait(0.002):  # who embeds between two writes leaves others more than that
                number += 1
                put_article(library, make_article(f"Bears like jam {number}.", f"{number % 7}.md"))

    (data / "feeds" / "main").mkdir(parents=True)
    (data / "feeds" / "main" / "1.json").write_text("{}")
    (data / "evaluate").mkdir()
    change(data / "bot.db", "CREATE TABLE chats (id)", "INSERT INTO chats VALUES (5)")
    change(data / "evaluate" / "set.db", "CREATE TABLE articles (id)")
    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(5):
            with SqliteLibrary(path) as library:
                assert library.verify() == []
            copied = [str(name) for name in back_up(data, tmp_path / f"backup-{number}")]
            assert copied == ["bot.db", "feeds/main/1.json", "libraries/main.db"]
    finally:
        over.set()
        writer.join()
    for number in range(5):
        with SqliteLibrary(tmp_path / f"backup-{number}" / "libraries" / "main.db") as copy:
            assert copy.verify() == []
            assert copy.stats().articles >= 1
    assert sqlite3.connect(tmp_path / "backup-0" / "bot.db").execute("SELECT id FROM chats").fetchall() == [
        (5,)
    ]


def test_what_a_killed_process_has_left_goes_with_the_next(library: SqliteLibrary, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, check=True
    )
    gone, alive = int(done.stdout), os.getppid()
    for folder in (library.path.parent, tmp_path):
        for process in (gone, alive):
            (folder / f".x.db.{process}.new").touch()
        (folder / f".x.db.{gone}.new-journal").touch()
        (folder / ".mine.new").touch()
    article = fill(library)[0]
    export_library(library.path, tmp_path / "out.db")
    assert files(tmp_path) == [".mine.new", f".x.db.{alive}.new", "libraries", "out.db"]
    library.remove(article.id)
    assert files(library.path.parent) == [".mine.new", f".x.db.{alive}.new", "main.db"]


def test_a_folder_that_is_a_link_is_backed_up(library: SqliteLibrary, tmp_path: Path) -> None:
    fill(library)
    data = tmp_path / "data"
    data.mkdir()
    (data / "libraries").symlink_to(library.path.parent)
    assert [str(name) for name in back_up(data, tmp_path / "backup")] == ["libraries/main.db"]
    (tmp_path / "link").symlink_to(data)
    with pytest.raises(LibraryError, match="Choose a folder elsewhere"):
        back_up(data, tmp_path / "link" / "backup")


def test_what_cannot_be_read_or_written_is_said(library: SqliteLibrary, tmp_path: Path) -> None:
    with pytest.raises(LibraryError) as caught:
        import_library(tmp_path / "nothing", tmp_path / "libraries" / "news.db", CONFIGURATION)
    assert str(caught.value) == (
        f"{tmp_path / 'nothing'} can't be read: No such file or directory. Give a file that "
        "`verbatim export` has written."
    )
    with pytest.raises(LibraryError, match=r"isn't a file. Give one that"):
        import_library(Path("/dev/zero"), tmp_path / "libraries" / "news.db", CONFIGURATION)
    (tmp_path / "file").touch()
    with pytest.raises(LibraryError) as caught:
        export_library(library.path, tmp_path / "file" / "out.db")
    assert str(caught.value) == (
        f"{tmp_path / 'file' / 'out.db'} can't be written: File exists. Make room, or choose another name."
    )


def test_a_stick_that_knows_no_links_takes_an_export(
    library: SqliteLibrary, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: Path, __: Path) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    fill(library)
    export_library(library.path, tmp_path / "out.db")
    with pytest.raises(LibraryError, match="already exists"):
        export_library(library.path, tmp_path / "out.db")
    assert import_library(tmp_path / "out.db", tmp_path / "libraries" / "news.db", CONFIGURATION) is False


def test_where_nothing_can_be_kept_nothing_is_left(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    with pytest.raises(AppError, match=r"There's nothing to back up in .*data yet"):
        back_up(tmp_path / "data", tmp_path / "backup")
    with SqliteLibrary(tmp_path / "data" / "libraries" / "main.db", CONFIGURATION):
        pass
    garbage(tmp_path / "data" / "bot.db")
    inside = tmp_path / "data" / "backup"
    with pytest.raises(LibraryError, match=r"is inside .*, which is being copied. Choose a folder elsewhere"):
        back_up(tmp_path / "data", inside)
    with pytest.raises(LibraryDamagedError, match=r"bot\.db"):
        back_up(tmp_path / "data", tmp_path / "backup")
    assert files(tmp_path) == ["data"]
