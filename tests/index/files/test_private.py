"""Files and folders of the data folder are their owner's only, also those that were open to others before."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.config import load_config
from index.files import private
from index.search import SqliteLibraries, SqliteSearch
from index.store import SqliteLibrary
from tests.command import verbatim
from tests.fakes import CONFIGURATION, make_article, put_article


@pytest.fixture
def _open_to_all() -> Iterator[None]:
    """Nothing is taken from the modes that a program asks for."""
    before = os.umask(0)
    yield
    os.umask(before)


def mode(path: Path) -> str:
    return f"{path.stat().st_mode & 0o777:o}"


def modes(folder: Path) -> dict[str, str]:
    return {str(path.relative_to(folder)): mode(path) for path in [folder, *folder.rglob("*")]}


WIDE = {
    ".": "700",
    "bot.db": "600",
    ".bot.db.4711.new": "600",
    "notes": "755",
    "notes/mine.txt": "644",
    "libraries": "700",
    "libraries/main.db": "600",
    "libraries/main.db-journal": "600",
    "libraries/chats": "700",
    "libraries/chats/-5.db": "600",
    "feeds": "700",
    "feeds/main": "700",
    "feeds/main/1.json": "600",
    "evaluate": "700",
    "evaluate/set.jsonl": "600",
}


def open_to_all(data: Path) -> None:
    for name in WIDE:
        path = data / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.suffix:
            path.touch()
        else:
            path.mkdir(exist_ok=True)
    for path in [data, *data.rglob("*")]:
        path.chmod(0o755 if path.is_dir() else 0o644)


def test_what_is_ours_becomes_private_and_nothing_else(tmp_path: Path) -> None:
    data, elsewhere = tmp_path / "data", tmp_path / "elsewhere"
    open_to_all(data)
    elsewhere.mkdir()
    (elsewhere / "other").touch()
    for path in (elsewhere, elsewhere / "other"):
        path.chmod(0o755)
    (data / "libraries" / "link").symlink_to(elsewhere)
    private.tighten_all(data)
    (data / "libraries" / "link").unlink()
    assert modes(data) == WIDE
    assert set(modes(elsewhere).values()) == {"755"}


def test_libraries_on_another_disk_become_private_too(tmp_path: Path) -> None:
    data, disk = tmp_path / "data", tmp_path / "disk"
    for folder in (data, disk / "chats"):
        folder.mkdir(parents=True)
    (disk / "chats" / "-5.db").touch()
    for path in (disk, *disk.rglob("*")):
        path.chmod(0o755)
    (data / "libraries").symlink_to(disk)
    private.tighten_all(data)
    assert modes(disk) == {".": "700", "chats": "700", "chats/-5.db": "600"}


def test_a_command_makes_the_data_folder_private(tmp_path: Path) -> None:
    open_to_all(tmp_path / "data")
    for name in ("libraries/main.db", "libraries/chats/-5.db", "libraries/main.db-journal"):
        (tmp_path / "data" / name).unlink()
    assert verbatim(tmp_path, "libraries")[0] == 0
    assert mode(tmp_path / "data") == mode(tmp_path / "data" / "feeds" / "main") == "700"
    assert mode(tmp_path / "data" / "bot.db") == "600"


def test_who_asks_makes_it_private(tmp_path: Path) -> None:
    open_to_all(tmp_path / "data")
    (tmp_path / "config.toml").touch()
    SqliteLibraries(load_config(tmp_path / "config.toml")).close()
    assert modes(tmp_path / "data") == WIDE


@pytest.mark.parametrize("by", ["library", "search"])
def test_a_library_becomes_private_when_it_is_opened(tmp_path: Path, by: str) -> None:
    path = tmp_path / "main.db"
    with SqliteLibrary(path, CONFIGURATION) as library:
        put_article(library, make_article("Bears like jam."))
    path.chmod(0o666)
    opened = SqliteLibrary(path) if by == "library" else SqliteSearch(path, CONFIGURATION)
    opened.close()
    assert mode(path) == "600"


@pytest.mark.usefixtures("_open_to_all")
def test_what_is_made_is_private_and_so_is_the_journal_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "data" / "libraries" / "chats" / "-5.db"
    with SqliteLibrary(path, CONFIGURATION) as library:
        library._connection.execute("BEGIN IMMEDIATE")
        library._connection.execute("CREATE TABLE more (number)")
        assert modes(tmp_path / "data") == {
            ".": "700",
            "libraries": "700",
            "libraries/chats": "700",
            "libraries/chats/-5.db": "600",
            "libraries/chats/-5.db-journal": "600",
        }


def test_what_cannot_be_made_private_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse(_: Path, __: int) -> None:
        raise PermissionError(1, "Operation not permitted")

    tmp_path.chmod(0o755)
    monkeypatch.setattr(Path, "chmod", refuse)
    private.tighten(tmp_path)
    private.tighten(tmp_path / "nothing")
    assert caplog.messages == [
        f"{tmp_path} is open to other users of this machine, and that can't be changed: Operation not "
        "permitted. Run chmod go= on it as its owner"
    ]
