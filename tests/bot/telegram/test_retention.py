"""A chat that removes the bot is forgotten after a while, every byte of it; back in time, it is all there."""

from __future__ import annotations

import logging
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from bot.chat import texts
from bot.errors import StateError
from bot.store import Addition, Additions, Database, State
from bot.telegram.retention import listed
from index.config import Config
from index.search import SqliteLibraries
from index.store import SqliteLibrary
from index.store.paths import chat_library_path
from retrieval.answerer import Answerer
from retrieval.settings import RetrievalSettings
from tests.bot.fakes import FakeLibraries, article
from tests.bot.inside import Inside
from tests.bot.scenarios.watching import says_soon
from tests.crash.kills import CrashingBot
from tests.crash.points import REMOVAL
from tests.fakes import FakeEmbedder, FakeReader
from tests.standin.groups import Group
from tests.standin.persons import Person
from tests.standin.process import ROOT
from tests.standin.refusals import forbidden
from tests.standin.telegram import Telegram

DAY_S = 86_400
GONE, STAYS, ALONE = "quibzor", "vandrel", "mokpith"
"""Words that are known in one chat each: a group that is left, another group, and a private chat."""

WHERE = "Where did the {word} keeper hide the key?"
HERE = "The {word} keeper hid a key under the bridge."


@pytest.fixture
def telegram() -> Iterator[Telegram]:
    with Telegram() as server:
        yield server
        assert server.refused == []


@pytest.fixture
def started(telegram: Telegram, tmp_path: Path) -> Callable[..., Inside]:
    """Start a bot that goes on where the last one ended; its models compute."""

    def start(**settings: Any) -> Inside:
        config = Config(tmp_path, tmp_path, {"index": {"embedder": "fake", "passage_tokens": 40}})

        def load() -> Answerer:
            return Answerer(
                FakeEmbedder(), FakeReader(), RetrievalSettings.model_validate({"reader": "fake"})
            )

        return Inside(telegram, tmp_path, load, SqliteLibraries(config), **settings)

    return start


@pytest.fixture
def ann(telegram: Telegram) -> Person:
    return telegram.person("Ann")


@pytest.fixture
def group(telegram: Telegram, ann: Person) -> Group:
    return telegram.group("Keepers", ann)


def fill(person: Person, word: str, to: Group | None = None) -> None:
    """An article, a question, what is set, and a button of an answer, all about ``word``."""
    data = f"---\ntitle: Of {word}\n---\n{HERE.format(word=word)}".encode()
    file = person.sends_file(data, f"{word}.md", "text/markdown", to=to)
    told = file.answer() if to is None else person.says("/add@verbatim_bot", reply_to=file).answer()
    says_soon(told, "Added: ")
    assert HERE.format(word=word) in ask(person, word, to)
    settings = person.says("/settings@verbatim_bot", to=to).answer()
    assert person.presses(settings, "2")["text"] == texts.SAVED


def ask(person: Person, word: str, to: Group | None = None) -> str:
    return str(person.says(f"/ask@verbatim_bot {WHERE.format(word=word)}", to=to).answer()["text"])


def is_left(folder: Path, chat_id: int) -> bool:
    with closing(sqlite3.connect(folder / "bot.db")) as connection:
        query = "SELECT 1 FROM chats WHERE id = ? AND left_at IS NOT NULL"
        return connection.execute(query, (chat_id,)).fetchone() is not None


def waiting(folder: Path) -> int:
    """How many updates are not done."""
    with closing(sqlite3.connect(folder / "bot.db")) as connection:
        (count,) = connection.execute("SELECT count(*) FROM inbox").fetchone()
    return int(count)


def age(folder: Path, days: float) -> None:
    """Let all that was left have been left so many days before."""
    with closing(sqlite3.connect(folder / "bot.db")) as connection, connection:
        connection.execute("UPDATE chats SET left_at = left_at - ?", (days * DAY_S,))


def places_of(word: str, folder: Path) -> list[str]:
    """The files that hold a word, in their bytes or their names."""
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    known = word.encode()
    return [path.name for path in files if known in path.read_bytes().lower() or word in path.name]


def leave_a_message(folder: Path, word: str, chat_id: int) -> None:
    """Leave a message that was set aside, another that waits, and a reply that could not be sent."""
    with closing(sqlite3.connect(folder / "bot.db")) as connection, connection:
        body = f'{{"update_id": 7, "message": {{"chat": {{"id": {chat_id}}}, "text": "{word}"}}}}'
        connection.execute(
            "INSERT INTO set_aside (number, body, standing, at) VALUES (7, ?, '[]', 9e9)", (body,)
        )
        connection.execute("INSERT INTO inbox (number, body, at) VALUES (8, ?, 9e9)", (body,))
        reply = f'{{"parts": [{{"text": "{word}"}}]}}'
        connection.execute("INSERT INTO outbox (chat, body, at) VALUES (?, ?, 9e9)", (chat_id, reply))


def test_every_byte_of_a_chat_that_was_left_is_gone_and_of_no_other(
    telegram: Telegram, started: Callable[..., Inside], ann: Person, group: Group, tmp_path: Path
) -> None:
    ben = telegram.person("Ben")
    other = telegram.group("Others", ann)
    with started():
        fill(ann, GONE, group)
        fill(ann, STAYS, other)
        fill(ben, ALONE)
        group.sets("bot", "kicked", by=ann)
        ben.blocks_the_bot()
        telegram.wait_for(lambda: is_left(tmp_path, group.id) and is_left(tmp_path, ben.id))
        telegram.wait_for(lambda: not waiting(tmp_path))  # a refusal may have told of it before the news
    leave_a_message(tmp_path, GONE, group.id)
    library = chat_library_path(tmp_path, group.id)
    library.with_name(f".{library.name}.99999999.new").write_text(GONE)
    feeds = tmp_path / "feeds" / "chats" / str(group.id)
    feeds.mkdir(parents=True)
    (feeds / "1.json").write_text(GONE)
    own = f"{group.id}.db"
    assert sorted(places_of(GONE, tmp_path)) == sorted(["bot.db", "1.json", own, f".{own}.99999999.new"])
    assert places_of(ALONE, tmp_path) == ["bot.db", f"{ben.id}.db"]
    age(tmp_path, 31)
    with started():
        telegram.wait_for(lambda: not is_left(tmp_path, group.id) and not is_left(tmp_path, ben.id))
        assert HERE.format(word=STAYS) in ask(ann, STAYS, other)
    assert (places_of(GONE, tmp_path), places_of(ALONE, tmp_path)) == ([], [])
    assert places_of(STAYS, tmp_path) == ["bot.db", f"{other.id}.db"]
    assert not feeds.exists()
    with closing(Database(tmp_path / "bot.db")) as database:
        assert [addition.chat_id for addition in Additions(database).since(0)] == [other.id]


def test_a_chat_that_is_back_in_time_finds_everything(
    telegram: Telegram, started: Callable[..., Inside], ann: Person, group: Group, tmp_path: Path
) -> None:
    with started():
        fill(ann, GONE, group)
        group.sets("bot", "kicked", by=ann)
        telegram.wait_for(lambda: is_left(tmp_path, group.id))
    age(tmp_path, 29)
    with started():
        group.sets("bot", "member", by=ann)
        telegram.wait_for(lambda: not is_left(tmp_path, group.id))
    age(tmp_path, 31)
    with started(person_articles=1):
        assert HERE.format(word=GONE) in ask(ann, GONE, group)
        assert "✓ 2" in ann.says("/settings@verbatim_bot", to=group).answer().buttons
        file = ann.sends_file(b"Owls sleep by day.", "owls.md", "text/markdown")
        assert says_soon(file.answer(), "You've reached the limit of 1 articles")


def test_a_removal_that_was_cut_short_goes_on_at_the_next_start(
    telegram: Telegram,
    started: Callable[..., Inside],
    ann: Person,
    group: Group,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with started():
        fill(ann, GONE, group)
        group.sets("bot", "kicked", by=ann)
        telegram.wait_for(lambda: is_left(tmp_path, group.id))
    age(tmp_path, 31)
    reached = threading.Event()

    def fails(_state: State, _chat_id: int, _before: float) -> bool:
        reached.set()
        raise StateError("the disk is full")

    with monkeypatch.context() as patched:
        patched.setattr(State, "forget", fails)
        with started():
            assert reached.wait(60)
    assert places_of(GONE, tmp_path) == ["bot.db"]  # its library is gone, and the rest is not
    with started():
        telegram.wait_for(lambda: not is_left(tmp_path, group.id))
    assert places_of(GONE, tmp_path) == []


@pytest.mark.parametrize("point", REMOVAL)
def test_a_removal_that_was_killed_goes_on_at_the_next_start(
    point: str, telegram: Telegram, ann: Person, group: Group, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    with CrashingBot(tmp_path, telegram.url) as bot:
        assert ann.says("hello").answer(within_s=60)["text"].startswith("Hello!")
        fill(ann, GONE, group)
        group.sets("bot", "kicked", by=ann)
        telegram.wait_for(lambda: is_left(data, group.id))
        bot.send()
        assert bot.exit_code(within_s=60) == 0
    age(data, 31)
    with CrashingBot(tmp_path, telegram.url, f"{point}:1") as bot:
        assert bot.exit_code(within_s=60) == -9
    with CrashingBot(tmp_path, telegram.url) as bot:
        telegram.wait_for(lambda: not is_left(data, group.id))
        bot.wait_for_line("ready: ")
        bot.send()
        assert bot.exit_code(within_s=60) == 0
    assert places_of(GONE, data) == []


def test_who_removed_the_bot_while_it_was_not_running_is_found_out_when_it_writes(
    telegram: Telegram, started: Callable[..., Inside], ann: Person, tmp_path: Path
) -> None:
    with started():
        assert ann.says("hello").answer()["text"].startswith("Hello!")
        assert not is_left(tmp_path, ann.id)
        telegram.fail("sendMessage", forbidden("bot was blocked by the user"))
        ann.says("hello")
        telegram.wait_for(lambda: is_left(tmp_path, ann.id))
        assert ann.says("hello").answer()["text"].startswith("Hello!")
        telegram.wait_for(lambda: not is_left(tmp_path, ann.id))


def test_a_group_where_the_bot_may_not_write_is_not_left(
    telegram: Telegram, started: Callable[..., Inside], ann: Person, group: Group, tmp_path: Path
) -> None:
    with started():
        telegram.fail("sendMessage", forbidden("CHAT_WRITE_FORBIDDEN"))
        ann.says("/help@verbatim_bot", to=group)
        ann.says("/help@verbatim_bot", to=group).answer()
        assert not is_left(tmp_path, group.id)


def test_the_old_id_of_a_group_takes_nothing_of_the_new_one_with_it(
    telegram: Telegram, started: Callable[..., Inside], ann: Person, tmp_path: Path
) -> None:
    group = telegram.group("Small", ann, type="group")
    with started():
        fill(ann, GONE, group)
        bigger = group.upgrades(by=ann)
        assert HERE.format(word=GONE) in ask(ann, GONE, bigger)
        group.sets("bot", "left", by=ann)  # Telegram says so of the old group
        assert HERE.format(word=GONE) in ask(ann, GONE, bigger)
        assert not is_left(tmp_path, group.id)
        bigger.sets("bot", "kicked", by=ann)
        telegram.wait_for(lambda: is_left(tmp_path, bigger.id))
    with closing(SqliteLibrary(chat_library_path(tmp_path, bigger.id))) as library:
        held = library.articles()
    # What an old number may still hold, where moving it was cut short.
    chat_library_path(tmp_path, bigger.id).rename(chat_library_path(tmp_path, group.id))
    assert len(held) == 1
    age(tmp_path, 31)
    with started():
        telegram.wait_for(lambda: not is_left(tmp_path, bigger.id))
    assert places_of(GONE, tmp_path) == []


def test_it_is_said_in_one_line_how_many_were_forgotten(
    telegram: Telegram,
    started: Callable[..., Inside],
    ann: Person,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    people = [ann, telegram.person("Ben")]
    with started():
        for person in people:
            person.says("hello").answer()
            person.blocks_the_bot()
        telegram.wait_for(lambda: all(is_left(tmp_path, person.id) for person in people))
    age(tmp_path, 8)
    with caplog.at_level(logging.INFO, "bot"), started(left_days=7):
        telegram.wait_for(lambda: not any(is_left(tmp_path, person.id) for person in people))
    lines = [record.message for record in caplog.records if "removed the bot" in record.message]
    assert lines == ["2 chats that removed the bot over 7 days ago have been deleted, with their articles"]


def test_an_operator_sees_what_will_be_removed_when(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with closing(Database(data / "bot.db")) as database:
        state = State(database)
        state.leave(-1001, 0.0)
        state.leave(5, 86_400.0)
        state.come(6)
        with Additions(database).counting(Addition(5, "owls", 5, 1, 6, 0.0)):
            pass
    line = "chat -1001  left on 1970-01-01, to be deleted on 1970-01-31  no articles of its own"
    libraries = FakeLibraries()
    libraries.own[5] = [article("Owls sleep.")]
    assert listed(data, 30, libraries) == [
        line,
        "chat 5  left on 1970-01-02, to be deleted on 1970-02-01  1 article, 11 bytes",
    ]
    shown = subprocess.run(  # noqa: S603  # our own command
        [sys.executable, "-m", "bot.cli", "bot", "left", "--config", str(config_of(tmp_path))],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=True,
    )
    assert shown.stdout.split("\n")[:2] == [
        "chat -1001  left on 1970-01-01, to be deleted on 1970-01-11  no articles of its own",
        "chat 5  left on 1970-01-02, to be deleted on 1970-01-12  no articles of its own",
    ]


def config_of(folder: Path) -> Path:
    path = folder / "config.toml"
    path.write_text("[bot]\nleft_days = 10\n", encoding="utf-8")
    return path
