"""How much all chats' libraries hold together."""

from __future__ import annotations

import shutil
from pathlib import Path

from index.store import SqliteLibrary
from index.store.paths import chat_library_path, library_path
from index.store.totals import TotalsOf
from tests.fakes import CONFIGURATION, make_article, put_article


def fill(path: Path, *titles: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with SqliteLibrary(path, CONFIGURATION) as library:
        for title in titles:
            put_article(library, make_article("Owls sleep.", f"{title}.md", title=title))


def test_the_libraries_of_chats_are_counted_and_followed(tmp_path: Path) -> None:
    totals, first, second = (
        TotalsOf(tmp_path),
        chat_library_path(tmp_path, -1),
        chat_library_path(tmp_path, 5),
    )
    fill(library_path(tmp_path, "main"), "shared")
    assert (totals.measure().articles, totals.measure().bytes) == (0, 0)
    fill(first, "a", "b")
    fill(second, "a")
    found = totals.measure()
    assert (found.articles, found.bytes) == (3, first.stat().st_size + second.stat().st_size)
    fill(second, "c")
    assert totals.measure().articles == 4
    with SqliteLibrary(first) as library:
        library.remove(library.articles()[0].id)
    assert totals.measure().articles == 3
    first.unlink()
    assert (totals.measure().articles, totals.measure().bytes) == (2, second.stat().st_size)


def test_one_that_cannot_be_read_takes_room_all_the_same(tmp_path: Path) -> None:
    broken = chat_library_path(tmp_path, -1)
    fill(chat_library_path(tmp_path, 5), "a")
    broken.write_bytes(b"no library" * 1000)
    found = TotalsOf(tmp_path).measure()
    assert (found.articles, found.bytes > 10_000) == (1, True)


def test_the_disk_is_that_of_the_folder_also_before_it_is_made(tmp_path: Path) -> None:
    found = TotalsOf(tmp_path / "not" / "yet").measure()
    assert found.disk.is_mount()
    assert tmp_path.resolve().is_relative_to(found.disk)
    assert 0 < found.free_bytes <= shutil.disk_usage(tmp_path).total
