"""What really fails: libraries, locks, disks, bot.db, servers and strangers' files. Every message is read."""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

import pytest

from bot.chat import article_texts, texts
from index.documents import child_process
from index.files import sqlite
from index.store import SqliteLibrary
from index.store.paths import library_path
from index.types import IndexConfiguration
from tests.bot.faults.leaks import OTHER_EMBEDDER, check_what_was_sent
from tests.bot.faults.stage import Stage
from tests.bot.faults.surfaces import (
    IN_LIBRARIES,
    IN_STATE,
    JAM,
    OWLS,
    WHAT,
    Cast,
    Surface,
    begin,
    cast_of,
    end_of,
    sends,
)
from tests.index.web import Web
from tests.small_disk import SmallDisk, small_disk

NEUTRAL = {texts.FAILED, texts.UNREAD, texts.PART_UNREAD}
WRITING = ("a question in private", "the button that removes", "a file", "words that are kept")
PAGE = "<html><head><title>Bears</title></head><body><p>Bears like jam.</p></body></html>"


@pytest.fixture
def stage(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> Iterator[Stage]:
    """A bot that does not wait long for a lock."""
    caplog.set_level("INFO")
    monkeypatch.setattr(sqlite, "BUSY_S", 0.1)
    with Stage(tmp_path) as opened:
        yield opened


def read_all(stage: Stage, cast: Cast, surfaces: Mapping[str, Surface], fail: Callable[[], None]) -> set[str]:
    """Return what the surfaces are told once something fails; check that nobody reads too much."""
    play = begin(cast)
    before = len(stage.telegram.calls)
    fail()
    sentences = {surface(play) for surface in surfaces.values()}
    check_what_was_sent(stage.telegram.calls[before:], stage.folder)
    return sentences


def in_place(path: Path, data: bytes) -> None:
    """Write over the file, which is open."""
    with path.open("r+b") as file:
        file.write(data)


def as_another_file(path: Path, data: bytes) -> None:
    """Put another file in its place."""
    new = path.with_suffix(".new")
    new.write_bytes(data)
    new.replace(path)


def made_with_another_model(path: Path) -> None:
    """Put a library of another model in its place."""
    new = path.with_suffix(".new")
    SqliteLibrary(new, IndexConfiguration(OTHER_EMBEDDER, 40)).close()
    new.replace(path)


def of_a_later_version(path: Path) -> None:
    """Put the same library in its place, as a later version may write it."""
    new = path.with_suffix(".new")
    shutil.copy(path, new)
    with closing(sqlite3.connect(new)) as connection:
        connection.execute("PRAGMA user_version = 9")
    new.replace(path)


@pytest.mark.parametrize(
    ("fail", "logged"),
    [
        (made_with_another_model, "{path} was made with other-embedder and passages of 40 tokens"),
        (
            of_a_later_version,
            "{path} has format 9, but this program reads format 3. Use the version that made it.",
        ),
        (lambda path: as_another_file(path, b"No articles. " * 999), "{path} isn't a library, or is damaged"),
        (lambda path: as_another_file(path, b""), "{path} isn't a library, or is damaged (it is empty)"),
        (lambda path: in_place(path, b"\xff" * path.stat().st_size), "{path} isn't a library, or is damaged"),
        (
            lambda path: as_another_file(path, path.read_bytes()[:4096] + b"\xff" * 40_000),
            "{path} isn't a library, or is damaged",
        ),
    ],
    ids=["other model", "later version", "no library", "empty", "overwritten", "broken pages"],
)
def test_libraries_that_cannot_be_read(
    fail: Callable[[Path], None], logged: str, stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    cast = cast_of(stage)
    paths = (library_path(stage.folder, "main"), stage.own_library(cast.ann.id))

    def fail_all() -> None:
        for path in paths:
            fail(path)

    sentences = read_all(stage, cast, IN_LIBRARIES, fail_all)
    assert sentences <= {*NEUTRAL, article_texts.ARTICLE_GONE}
    assert sentences & NEUTRAL
    for path in paths:
        assert logged.format(path=path) in caplog.text


def test_libraries_that_another_process_keeps_locked(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    cast = cast_of(stage)
    path = stage.own_library(cast.ann.id)
    with closing(sqlite3.connect(path, isolation_level=None, check_same_thread=False)) as other:

        def lock() -> None:
            other.execute("BEGIN EXCLUSIVE")

        sentences = read_all(stage, cast, IN_LIBRARIES, lock)
    assert sentences & NEUTRAL
    assert f"Another process is writing to {path}. Try again." in caplog.text


def test_a_library_of_another_model_is_noticed_before_a_page_is_fetched_and_embedded(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with Web() as web, Stage(tmp_path, fetch_hosts=[web.host]) as stage:
        web.texts["/owls.txt"] = "Owls sleep by day."
        ann = cast_of(stage).ann
        made_with_another_model(stage.own_library(ann.id))
        for said in (sends(ann, OWLS), ann.says(f"{web.url}/owls.txt").answer()):
            assert end_of(said) == texts.FAILED
        check_what_was_sent(stage.telegram.calls, stage.folder)
        assert web.asked["/owls.txt"] == 0
        assert stage.embedder.embedded == 0
    rebuild = f"Run `verbatim rebuild --chat {ann.id}`, or change config.toml back."
    assert caplog.text.count(rebuild) == 2


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[SmallDisk]:
    (tmp_path / "disk").mkdir()
    with small_disk(tmp_path / "disk", 4 << 20) as mounted:
        yield mounted


def test_no_room_for_articles(disk: SmallDisk, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with Stage(disk.folder, state=tmp_path) as stage:
        cast = cast_of(stage)
        sentences = read_all(stage, cast, {name: IN_LIBRARIES[name] for name in WRITING}, disk.fill)
        assert texts.FAILED in sentences
        assert f"The disk mounted at {disk.folder} has 0.0 MB free" in caplog.text  # nothing is begun
        assert "rollback" not in caplog.text.lower()
        disk.empty()
        assert end_of(sends(cast.ann, f"{OWLS} So do bats.", "bats.md")).startswith("Added: Owls")


def test_no_room_for_anything(disk: SmallDisk, caplog: pytest.LogCaptureFixture) -> None:
    """Nothing can be taken in, so Telegram keeps what is asked until there is room."""
    with Stage(disk.folder) as stage:
        cast = cast_of(stage)
        assert cast.ann.says(WHAT).answer()["text"] == JAM
        disk.fill()
        asked = [cast.ann.says(WHAT) for _ in range(3)]
        full = f"The disk is full, so {disk.folder}/bot.db can't be written. Make room on it."
        stage.telegram.wait_for(lambda: full in caplog.text)
        disk.empty()
        assert {said.answer()["text"] for said in asked} <= {JAM, texts.FAILED}
        assert cast.ann.says(WHAT).answer()["text"] == JAM
        check_what_was_sent(stage.telegram.calls, stage.folder)
    assert "rollback" not in caplog.text.lower()


def test_a_state_that_cannot_be_used(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    def fail() -> None:
        with closing(sqlite3.connect(stage.folder / "bot.db")) as connection:
            connection.executescript(
                "PRAGMA foreign_keys = OFF; DROP TABLE exchanges; DROP TABLE chats; DROP TABLE free_topics;"
            )

    assert read_all(stage, cast_of(stage), IN_STATE, fail) == {texts.FAILED}
    assert re.search(r"failed: .*bot\.db is damaged: no such table: (exchanges|chats)", caplog.text)


@pytest.mark.parametrize(
    ("program", "sentence", "logged"),
    [
        (
            "kill -SEGV $$",
            "page.html is damaged, or takes more than 1024 MB of memory to read. Please save it "
            "again with another program, or save just its text.",
            "SourceError The process that read it ended with exit code -11.",
        ),
        (
            "echo 'ModuleNotFoundError: /secret' >&2; exit 1",
            "page.html is damaged, or takes more than 1024 MB of memory to read. Please save it "
            "again with another program, or save just its text.",
            "SourceError The process that read it ended with exit code 1.",
        ),
        (
            """echo '{"broke": "KeyError"}'""",
            "page.html looks like a web page, but it's damaged. Please save it again with another "
            "program, or save just its text.",
            "SourceError Reading it failed with KeyError.",
        ),
        ("echo '[]'", texts.FAILED, "TypeError\n"),
        (
            None,
            texts.FAILED,
            "{program} can't be started to read a file: No such file or directory. Install this "
            "program again.\n",
        ),
    ],
    ids=["killed", "cannot start", "breaks", "answers nonsense", "is not there"],
)
def test_the_process_that_reads_a_file(
    program: str | None,
    sentence: str,
    logged: str,
    stage: Stage,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    path = stage.folder / "program"
    if program is not None:
        path.write_text(f"#!/bin/sh\n{program}\n")
        path.chmod(0o700)
    monkeypatch.setattr(child_process, "sys", SimpleNamespace(executable=str(path)))
    assert end_of(sends(cast_of(stage).ann, PAGE, "page.html")) == sentence
    check_what_was_sent(stage.telegram.calls, stage.folder)
    assert f"an article was not added: {logged.format(program=path)}" in caplog.text


ADDRESSES = {
    "/status/401?Server=secret": "closed to programs (401)",
    "/status/404?Server=secret": "There's nothing at",
    "/status/418?Server=secret": "answered 418",
    "/status/429?Server=secret": "asks for fewer requests (429)",
    "/status/500?Server=secret": "is having trouble (500)",
    "/to?url=http://10.9.8.7/secret": "redirects to something I don't fetch",
    "/to?url=http://127.0.0.1:1/secret": "redirects to something I don't fetch",
    "/to?url=ftp://secret/": "redirects to something that isn't a web address",
    "/hop/9": "redirects more than 5 times",
    "/type/video/mp4": "is a video, not an article",
    "/packed/1/br": "is compressed in an unexpected way",
    "/long/20000001": "is over 20 MB",
    "raw/nothing": "broke off in the middle",
    "raw/no-http": "broke off in the middle",
    "raw/cut-body": "broke off in the middle",
    "raw/many-headers": "broke off in the middle",
    "raw/upgrade": "broke off in the middle",
    "http://127.0.0.1:1/": "I don't fetch from port 1 of 127.0.0.1",
    "http://10.9.8.7/": "10.9.8.7 isn't on the public internet",
    "https://ann:secret@example.org/a": "The address at example.org contains a name or a password",
    "ftp://ann:secret@example.org/a": "…@example.org/a isn't a web address",
    "https://ann:sec/ret@example.org/a": "…@example.org/a isn't a web address",
}
"""Addresses, and words of what is said of them; a path is one at the tests' own servers."""


def test_addresses_that_cannot_be_fetched(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")
    with Web() as web:
        raw = f"127.0.0.1:{web.raw_port}"
        with Stage(tmp_path, fetch_hosts=[web.host, raw]) as stage:
            ann = cast_of(stage).ann
            for address, words in ADDRESSES.items():
                before = len(stage.telegram.calls)
                url = address.replace("raw/", f"http://{raw}/") if address.startswith("raw/") else address
                url = f"{web.url}{url}" if url.startswith("/") else url
                sentence = end_of(ann.says(f"/add {url}").answer())
                assert words in sentence
                assert "secret" not in sentence.replace(f"{web.url}{address}", address.partition("?")[0])
                assert "ann" not in sentence.partition("/")[0]
                check_what_was_sent(stage.telegram.calls[before:], stage.folder)
    assert caplog.text.count("an article was not added: ") == len(ADDRESSES)
