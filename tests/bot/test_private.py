"""After real use by the bot and by commands, nobody but its owner can open anything in the data folder."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bot.cli.app import app
from bot.store import Database
from bot.store.data_lock import lock
from index.config import load_config
from index.types import Embedder
from retrieval.evaluation.evaluate import measure
from retrieval.types import Reader
from tests.bot.on_disk import on_disk
from tests.bot.scenarios.watching import text_now
from tests.fakes import FakeEmbedder, FakeReader
from tests.index.feeds import rss
from tests.index.web import Web
from tests.retrieval.sets import question, text, write_set
from tests.standin.telegram import Telegram

JAM = b"# Jam\n\nBears like jam. Wolves like jam too. Bears eat jam in winter.\n"


@pytest.fixture(params=[0o000, 0o022], ids=["umask 000", "umask 022"])
def _umask(request: pytest.FixtureRequest) -> Iterator[None]:
    before = os.umask(request.param)
    yield
    os.umask(before)


def open_to_others(folder: Path) -> list[str]:
    """Each file and folder that somebody else may do something with, and what."""
    found = {path: path.stat().st_mode & 0o777 for path in [folder, *folder.rglob("*")]}
    wanted = {path: 0o700 if path.is_dir() else 0o600 for path in found}
    return [f"{path} {mode:o}" for path, mode in found.items() if mode != wanted[path]]


@pytest.mark.usefixtures("_umask")
def test_what_the_bot_keeps(tmp_path: Path) -> None:
    data = tmp_path / "data"
    held = lock(data)
    with Telegram() as telegram:
        ann = telegram.person("Ann")
        with on_disk(telegram, tmp_path):
            added = ann.sends_file(JAM, "jam.md", "text/markdown").answers()[0]
            telegram.wait_for(lambda: "Added" in text_now(added))
            assert "Bears like jam." in ann.says("Who likes jam?").answer()["text"]
            ann.presses(ann.says("/settings").answer(), "1")
            assert open_to_others(data) == []
    os.close(held)
    kept = {str(path.relative_to(data)) for path in data.rglob("*") if path.is_file()}
    assert kept == {
        "bot.db",
        "bot.lock",
        "bot.sent",
        "bot.standing",
        "bot.work",
        f"libraries/chats/{ann.id}.db",
    }
    assert open_to_others(data) == []


@pytest.mark.usefixtures("_umask")
def test_what_is_half_written(tmp_path: Path) -> None:
    with closing(Database(tmp_path / "data" / "bot.db")) as database, database.writing() as connection:
        connection.execute("INSERT INTO chats (id) VALUES (5)")
        assert (tmp_path / "data" / "bot.db-journal").exists()
        assert open_to_others(tmp_path / "data") == []


def test_what_was_open_to_others_is_closed_to_them(tmp_path: Path) -> None:
    path = tmp_path / "bot.db"
    Database(path).close()
    path.chmod(0o644)
    Database(path).close()
    assert open_to_others(path) == []


@pytest.mark.usefixtures("_umask")
def test_what_commands_keep(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.models.embedder.load_embedder", lambda _: FakeEmbedder())
    for name in ("one", "two"):
        (tmp_path / f"{name}.md").write_text(f"# {name}\n\nBears like jam number {name}.\n")
    with Web() as web:
        web.texts["/feed.xml"] = rss(("Foxes", f"{web.url}/foxes.txt", 1_700_000_000))
        web.texts["/foxes.txt"] = "Foxes read books in the forest, and nobody knows why they do."
        (tmp_path / "config.toml").write_text(f'[index]\nfetch_hosts = ["{web.host}"]\n')
        for command in (
            ("add", str(tmp_path / "one.md")),
            ("add", str(tmp_path / "two.md"), "--chat", "-5"),
            ("watch", f"{web.url}/feed.xml", "--once"),
            ("export", str(tmp_path / "out" / "main.db")),
            ("import", str(tmp_path / "out" / "main.db"), "--library", "copy"),
            ("backup", str(tmp_path / "backups" / "today")),
        ):
            config = ("--config", str(tmp_path / "config.toml"))
            assert app([*command, *config], standalone_mode=False) in (None, 0), command
    _measure(tmp_path)
    kept = {str(path.relative_to(tmp_path / "data").parent) for path in (tmp_path / "data").rglob("*.*")}
    assert kept == {"libraries", "libraries/chats", "feeds/main", "evaluate"}
    assert [open_to_others(tmp_path / name) for name in ("data", "out", "backups")] == [[], [], []]


def _measure(folder: Path) -> None:
    asked = question("q1", "What do bears like?", ["jam"], True, article_id="bears")
    ten = write_set(folder / "set", [text("bears", "Bears like jam.", "Bears")], [asked], [("q1", "bears")])

    def models() -> tuple[Embedder, Reader]:
        return FakeEmbedder(), FakeReader()

    measure(ten, load_config(folder / "config.toml"), models, limit=None, within_article=False)
