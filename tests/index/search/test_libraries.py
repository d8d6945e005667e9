"""The libraries of a data folder, kept open while others change them."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from index.config import Config
from index.errors import (
    ArticleMissingError,
    LibraryDamagedError,
    LibraryError,
    LibraryMissingError,
    LibraryNameError,
)
from index.ingest.ingest import embed_article
from index.library_name import LibraryName
from index.library_name import library_names as names
from index.protocols import Search
from index.search import SqliteLibraries, opened_libraries
from index.store import SqliteLibrary
from index.store.paths import chat_library_path, library_path
from tests.fakes import CONFIGURATION, FakeEmbedder, make_article, put_article

OWN = LibraryName.of_chat(5)


@pytest.fixture
def libraries(tmp_path: Path) -> Iterator[SqliteLibraries]:
    opened = SqliteLibraries(
        Config(tmp_path, tmp_path, {"index": {"embedder": "fake", "passage_tokens": 40}})
    )
    yield opened
    opened.close()


def add(tmp_path: Path, name: str, text: str) -> None:
    with SqliteLibrary(library_path(tmp_path, name), CONFIGURATION) as library:
        put_article(library, make_article(text, title=text, source=text))


def test_those_that_there_are_come_in_order_of_the_names(tmp_path: Path, libraries: SqliteLibraries) -> None:
    add(tmp_path, "a", "Bears like jam.")
    add(tmp_path, "b", "Foxes read.")
    assert [search.name for search in libraries.searches(names(["b", "none", "a", "b"]))] == [
        "b",
        "a",
    ]
    assert [info.title for info in libraries.articles(names(["a", "b"]))] == [
        "Bears like jam.",
        "Foxes read.",
    ]
    assert libraries.searches(names(["a"]))[0] is libraries.searches(names(["a"]))[0]


def test_none_of_them_is_said_and_one_made_later_is_found(tmp_path: Path, libraries: SqliteLibraries) -> None:
    with pytest.raises(LibraryMissingError) as caught:
        libraries.searches(names(["a", "b"]))
    assert str(caught.value) == ("There's no library a yet. Create it with `verbatim add PATH --library a`.")
    with pytest.raises(LibraryNameError):
        libraries.searches(names(["../x"]))
    add(tmp_path, "b", "Foxes read.")
    assert [search.name for search in libraries.searches(names(["a", "b"]))] == ["b"]


def test_a_library_put_in_the_place_of_one_is_the_one_asked(
    tmp_path: Path, libraries: SqliteLibraries
) -> None:
    add(tmp_path, "a", "Bears like jam.")
    assert [info.title for info in libraries.articles(names(["a"]))] == ["Bears like jam."]
    add(tmp_path, "b", "Foxes read.")
    library_path(tmp_path, "b").replace(library_path(tmp_path, "a"))
    assert [info.title for info in libraries.articles(names(["a"]))] == ["Foxes read."]
    library_path(tmp_path, "a").unlink()
    with pytest.raises(LibraryMissingError):
        libraries.searches(names(["a"]))


def add_own(tmp_path: Path, chat_id: int, *texts: str) -> None:
    with SqliteLibrary(chat_library_path(tmp_path, chat_id), CONFIGURATION) as library:
        for text in texts:
            put_article(library, make_article(text, title=text, source=text))


def titles(libraries: SqliteLibraries, chat_id: int | None) -> list[str]:
    return [info.title for info in libraries.articles(names(["main"], chat_id))]


def test_near_copies_are_told_of_the_chats_own_and_the_shared_and_nobody_elses(
    tmp_path: Path, libraries: SqliteLibraries
) -> None:
    add(tmp_path, "main", "Owls sleep by day.")
    add(tmp_path, "5", "OWLS SLEEP, BY DAY")
    add_own(tmp_path, -100, "Owls sleep... by day!")
    add_own(tmp_path, 7, "Owls – sleep by day", "Owls sleep by day.", "Foxes read.")
    mine = next(info for info in libraries.articles(names([], 7)) if info.source == "Owls – sleep by day")
    own = libraries.searches(names([], 7))[0].article(mine.id)
    assert own is not None
    found = libraries.near_duplicates(names(["main", "5"], 7), own)
    assert [info.title for info in found] == ["Owls sleep by day.", "OWLS SLEEP, BY DAY"]
    same = make_article("Owls sleep by day. Mostly.", source="Owls sleep by day.")
    add_own(tmp_path, 8, "Owls sleep by day.")
    assert [info.source for info in libraries.near_duplicates(names(["main"], 8), same)] == [
        "Owls sleep by day."
    ]


def test_a_chat_asks_its_own_library_first_and_nobody_elses(
    tmp_path: Path, libraries: SqliteLibraries
) -> None:
    add(tmp_path, "main", "Bears like jam.")
    add(tmp_path, "5", "Foxes read.")
    add_own(tmp_path, 5, "Owls sleep.", "Bears like jam.")
    add_own(tmp_path, -100, "Hens lay.")
    assert [search.name for search in libraries.searches(names(["main", "5"], 5))] == [
        "chats/5",
        "main",
        "5",
    ]
    assert titles(libraries, 5) == ["Bears like jam.", "Owls sleep."]
    assert titles(libraries, -100) == ["Hens lay.", "Bears like jam."]
    assert titles(libraries, 6) == titles(libraries, None) == ["Bears like jam."]


def test_a_chat_with_a_library_of_its_own_needs_no_shared_one(
    tmp_path: Path, libraries: SqliteLibraries
) -> None:
    add_own(tmp_path, 5, "Owls sleep.")
    assert titles(libraries, 5) == ["Owls sleep."]
    with pytest.raises(LibraryMissingError):
        titles(libraries, 6)


def test_a_library_moves_with_its_chat(tmp_path: Path, libraries: SqliteLibraries) -> None:
    add(tmp_path, "main", "Bears like jam.")
    add_own(tmp_path, -5, "Owls sleep.")
    assert titles(libraries, -5) == ["Owls sleep.", "Bears like jam."]
    for _ in range(2):
        libraries.move(LibraryName.of_chat(-5), LibraryName.of_chat(-1005))
        assert titles(libraries, -1005) == ["Owls sleep.", "Bears like jam."]
        assert titles(libraries, -5) == ["Bears like jam."]


def test_what_the_new_chat_has_already_stays(tmp_path: Path, libraries: SqliteLibraries) -> None:
    add_own(tmp_path, -5, "Owls sleep.", "Hens lay.")
    add_own(tmp_path, -1005, "Hens lay.", "Foxes read.")
    libraries.move(LibraryName.of_chat(-5), LibraryName.of_chat(-1005))
    assert titles(libraries, -1005) == ["Foxes read.", "Hens lay.", "Owls sleep."]
    assert not chat_library_path(tmp_path, -5).exists()
    search = libraries.searches(names(["main"], -1005))[0]
    assert [hit.passage.text for hit in search.matching("owls", 3)] == ["Owls sleep."]


def test_every_version_moves_with_its_file(tmp_path: Path, libraries: SqliteLibraries) -> None:
    before, after = chat_library_path(tmp_path, -5), chat_library_path(tmp_path, -1005)
    with SqliteLibrary(before, CONFIGURATION) as library:
        versions = [
            put_article(library, make_article(text, "a.pdf", original=text.encode()))
            for text in ("Bears like jam.", "Bears like honey.")
        ]
    with SqliteLibrary(after, CONFIGURATION) as library:
        newest = put_article(library, make_article("Bears like salmon.", "a.pdf"))
    libraries.move(LibraryName.of_chat(-5), LibraryName.of_chat(-1005))
    with SqliteLibrary(after) as library:
        assert [library.article(version.id) for version in versions] == versions
        assert [library.original(version.id) for version in versions] == [
            b"Bears like jam.",
            b"Bears like honey.",
        ]
        assert [info.id for info in library.articles()] == [newest.id]
        assert library.verify() == []


def test_what_is_put_into_a_chats_library_is_found_and_removed(libraries: SqliteLibraries) -> None:
    owls = make_article("Owls sleep.", title="Owls")
    passages, vectors = embed_article(owls, 40, FakeEmbedder())
    assert not libraries.holds(OWN)
    with libraries.library(OWN, create=True) as library:
        assert library.configuration == libraries.configuration
        assert not library.replace(owls, passages, vectors)
    assert libraries.holds(OWN)
    assert titles(libraries, 5) == ["Owls"]
    with libraries.library(OWN) as library:
        assert library.replace(replace(owls, id="newer"), passages, vectors)
    search = libraries.searches(names(["main"], 5))[0]
    assert [hit.passage.text for hit in search.nearest(vectors[0], 1)] == ["Owls sleep."]
    assert libraries.remove(OWN, "newer").title == "Owls"
    assert search.nearest(vectors[0], 1) == []
    assert titles(libraries, 5) == []
    with pytest.raises(ArticleMissingError):
        libraries.remove(OWN, "newer")
    with pytest.raises(LibraryMissingError):
        libraries.remove(LibraryName.of_chat(6), owls.id)


def test_one_that_is_damaged_does_not_keep_the_others_from_being_asked(
    tmp_path: Path, libraries: SqliteLibraries, caplog: pytest.LogCaptureFixture
) -> None:
    add(tmp_path, "main", "Bears like jam.")
    add_own(tmp_path, 5, "Owls sleep.")
    own = chat_library_path(tmp_path, 5)
    whole = own.read_bytes()
    own.write_bytes(b"")
    assert titles(libraries, 5) == titles(libraries, 5) == ["Bears like jam."]
    assert (
        libraries.near_duplicates(names(["main"], 5), make_article("Bears like jam.", "new.md"))[0].title
        == "Bears like jam."
    )
    assert libraries.unread(names(["main"], 5)) == [OWN]
    assert libraries.unread(names(["main"], 6)) == libraries.unread(names(["main"])) == []
    assert caplog.messages == [
        f"{own} isn't a library, or is damaged (it is empty). Restore a backup of it, or move "
        "it away and add the articles again. The other libraries are asked without it."
    ]
    own.write_bytes(whole)
    assert titles(libraries, 5) == ["Owls sleep.", "Bears like jam."]
    assert libraries.unread(names(["main"], 5)) == []
    own.unlink()
    assert titles(libraries, 5) == ["Bears like jam."]


def test_where_none_can_be_read_that_is_said_and_not_that_there_is_none(
    tmp_path: Path, libraries: SqliteLibraries
) -> None:
    add_own(tmp_path, 5, "Owls sleep.")
    chat_library_path(tmp_path, 5).write_bytes(b"S")
    for ask in (libraries.articles, libraries.searches):
        with pytest.raises(LibraryDamagedError):
            ask(names(["main"], 5))


def test_one_that_is_damaged_while_it_is_asked_is_left_out_until_it_changes(
    tmp_path: Path, libraries: SqliteLibraries, caplog: pytest.LogCaptureFixture
) -> None:
    add(tmp_path, "main", "Bears like jam.")
    add_own(tmp_path, 5, "Owls sleep.")
    own = chat_library_path(tmp_path, 5)

    def texts(searches: Sequence[Search]) -> list[str]:
        found = [(search, info) for search in searches for info in search.articles()]
        return [article.text for search, info in found if (article := search.article(info.id))]

    own.write_bytes(own.read_bytes().replace(b"Owls sleep.", b"Owls sheep."))
    for _ in range(3):
        assert libraries.asked(names(["main"], 5), texts) == ["Bears like jam."]
    assert len(caplog.messages) == 1
    assert libraries.unread(names(["main"], 5)) == [OWN]
    with SqliteLibrary(own) as library:
        library.remove(library.articles()[0].id)
    assert libraries.asked(names(["main"], 5), texts) == ["Bears like jam."]
    assert libraries.unread(names(["main"], 5)) == []


def test_what_goes_wrong_otherwise_is_raised(tmp_path: Path, libraries: SqliteLibraries) -> None:
    add(tmp_path, "main", "Bears like jam.")

    def fail(_: Sequence[Search]) -> None:
        raise LibraryDamagedError("of another file")

    with pytest.raises(LibraryDamagedError, match="of another file"):
        libraries.asked(names(["main"], None), fail)


def test_a_check_finds_what_nobody_has_asked_yet(
    tmp_path: Path, libraries: SqliteLibraries, caplog: pytest.LogCaptureFixture
) -> None:
    add(tmp_path, "main", "Bears like jam.")
    add_own(tmp_path, 5, "Owls sleep.")
    add_own(tmp_path, 6, "Hens lay.")
    own = chat_library_path(tmp_path, 5)
    data = own.read_bytes()
    own.write_bytes(data[:4096] + bytes(4096) + data[8192:])
    assert libraries.check(within_s=60) == 0
    assert [libraries.unread(names(["main"], chat_id)) for chat_id in (5, 6)] == [
        [OWN],
        [],
    ]
    assert [str(own) in message for message in caplog.messages] == [True]
    assert titles(libraries, 5) == ["Bears like jam."]
    assert libraries.check(within_s=0) == 3


def test_a_damaged_library_goes_along_to_the_supergroup(tmp_path: Path, libraries: SqliteLibraries) -> None:
    add_own(tmp_path, -5, "Owls sleep.")
    before, after = (chat_library_path(tmp_path, chat_id) for chat_id in (-5, -1005))
    before.write_bytes(b"S")
    before.with_name("-5.db-journal").write_bytes(b"J")
    libraries.move(LibraryName.of_chat(-5), LibraryName.of_chat(-1005))
    assert {path.name: path.read_bytes() for path in after.parent.iterdir()} == {
        "-1005.db": b"S",
        "-1005.db-journal": b"J",
    }


def test_a_disk_that_erred_once_costs_a_library_for_a_minute_at_most(
    tmp_path: Path,
    libraries: SqliteLibraries,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    add(tmp_path, "main", "Bears like jam.")
    path = library_path(tmp_path, "main")
    state, data = path.stat(), path.read_bytes()
    path.write_bytes(bytes(len(data)))
    os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns))
    for _ in range(2):
        with pytest.raises(LibraryDamagedError):
            libraries.articles(names(["main"]))
    path.write_bytes(data)
    os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns))
    with pytest.raises(LibraryDamagedError):
        libraries.articles(names(["main"]))
    monkeypatch.setattr(opened_libraries, "AGAIN_S", 0.0)
    assert titles(libraries, None) == ["Bears like jam."]
    assert caplog.messages == []  # what is raised is logged by who catches it


def files_open_in(folder: Path) -> list[str]:
    """Name the files below ``folder`` that this process has open."""
    opened = [link.readlink() for link in Path("/proc/self/fd").iterdir() if link.is_symlink()]
    return [path.name for path in opened if path.is_relative_to(folder)]


def test_of_many_libraries_those_asked_last_are_open(
    tmp_path: Path, libraries: SqliteLibraries, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.search.opened_libraries.MOST_OPEN", 4)
    chat_library_path(tmp_path, 0).parent.mkdir(parents=True)
    add(tmp_path, "main", "Bears like jam.")
    first = libraries.searches(names(["main"]))[0]
    for chat_id in [*range(12), *range(12)]:
        if not chat_library_path(tmp_path, chat_id).exists():
            shutil.copy(library_path(tmp_path, "main"), chat_library_path(tmp_path, chat_id))
        own, shared = libraries.searches(names(["main"], chat_id))
        assert own.name == f"chats/{chat_id}"
        assert len(own.articles()) == 1
        assert shared is first
        del own
    assert sorted(files_open_in(tmp_path)) == ["10.db", "11.db", "9.db", "main.db"]


@pytest.mark.parametrize("has_own", [False, True])
def test_a_library_that_was_moved_is_not_kept_open(
    tmp_path: Path, libraries: SqliteLibraries, *, has_own: bool
) -> None:
    add_own(tmp_path, -5, "Owls sleep.")
    if has_own:
        add_own(tmp_path, -1005, "Hens lay.")
    titles(libraries, -5)
    libraries.move(LibraryName.of_chat(-5), LibraryName.of_chat(-1005))
    assert files_open_in(tmp_path) == []


@pytest.mark.parametrize("gone", range(5))
def test_a_library_is_forgotten_with_all_that_lies_beside_it_however_much_is_gone_already(
    tmp_path: Path, libraries: SqliteLibraries, gone: int
) -> None:
    path, other = (chat_library_path(tmp_path, chat_id) for chat_id in (-1001, -1002))
    for own in (path, other):
        with SqliteLibrary(own, CONFIGURATION) as library:
            put_article(library, make_article("Owls sleep by day.", "owls.md"))
    files = [
        path,
        path.with_name(f"{path.name}-journal"),
        path.with_name(f".{path.name}.99999999.new"),
        tmp_path / "feeds" / "chats" / "-1001" / "a.json",
    ]
    assert len(libraries.articles(names([], -1001))) == 1
    for file in files[1:]:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(b"")
    for file in files[:gone]:
        file.unlink()
    for _ in range(2):
        libraries.forget(LibraryName.of_chat(-1001))
    assert [file for file in files if file.exists()] == []
    with pytest.raises(LibraryMissingError):
        libraries.articles(names([], -1001))
    assert len(libraries.articles(names([], -1002))) == 1


def is_open(search: Search) -> bool:
    """Tell whether a search can still be asked."""
    try:
        search.articles()
    except LibraryError:
        return False
    return True


def test_one_that_goes_is_closed_at_once_where_nobody_uses_it(
    tmp_path: Path, libraries: SqliteLibraries
) -> None:
    put_article_of_chat(tmp_path, 5)
    (search,) = libraries.searches([OWN])
    libraries.move(OWN, LibraryName.of_chat(-1005))
    assert not is_open(search)
    (search,) = libraries.searches([LibraryName.of_chat(-1005)])
    libraries.forget(LibraryName.of_chat(-1005))
    assert not is_open(search)


def test_one_that_goes_while_it_is_used_is_closed_with_its_last_user(
    tmp_path: Path, libraries: SqliteLibraries
) -> None:
    put_article_of_chat(tmp_path, 5)
    with libraries.using([OWN]) as (search,):
        with libraries.using([OWN]) as (again,):
            assert again is search
            libraries.forget(OWN)
        assert is_open(search)
    assert not is_open(search)


def test_one_that_stays_is_open_when_nobody_uses_it(tmp_path: Path, libraries: SqliteLibraries) -> None:
    add(tmp_path, "a", "Bears like jam.")
    with libraries.using(names(["a"])) as (search,):
        pass
    assert is_open(search)
    assert libraries.searches(names(["a"])) == [search]


def put_article_of_chat(tmp_path: Path, chat_id: int) -> None:
    with SqliteLibrary(chat_library_path(tmp_path, chat_id), CONFIGURATION) as library:
        put_article(library, make_article("Bears like jam."))
