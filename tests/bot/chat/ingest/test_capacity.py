"""What one person may add, what all chats together may hold, and a disk that is nearly full."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from bot.chat import article_texts
from bot.chat.ingest.quotas import MEGABYTE
from bot.store import Database
from index.types import Totals
from tests.bot.fakes import FakeAnswerer, FakeLibraries, article
from tests.bot.inside import Inside
from tests.bot.scenarios.watching import text_now
from tests.standin.groups import Group
from tests.standin.persons import Person
from tests.standin.said import Said
from tests.standin.telegram import Telegram

ENOUGH = (
    "You've reached the limit of 2 articles that one person can add across all chats. "
    "Please remove some that you've added."
)
FREE = 10**12


@pytest.fixture
def telegram() -> Iterator[Telegram]:
    with Telegram() as server:
        yield server
        assert server.refused == []


@pytest.fixture
def libraries() -> FakeLibraries:
    return FakeLibraries(article())


@pytest.fixture
def started(telegram: Telegram, tmp_path: Path, libraries: FakeLibraries) -> Callable[..., Inside]:
    """Start a bot with these settings; it goes on where the last one ended."""

    def start(**settings: Any) -> Inside:
        return Inside(telegram, tmp_path, FakeAnswerer, libraries, **settings)

    return start


@pytest.fixture
def ann(telegram: Telegram) -> Person:
    return telegram.person("Ann")


@pytest.fixture
def groups(telegram: Telegram, ann: Person) -> list[Group]:
    return [telegram.group(title, ann, type="group") for title in ("Readers", "Writers")]


def becomes(said: Said, beginning: str) -> str:
    def now() -> str | None:
        text = text_now(said)
        return text if text is not None and text.startswith(beginning) else None

    return said.telegram.wait_for(now)


def adds(person: Person, name: str, to: Group | None = None, text: str = "Owls sleep by day.") -> Said:
    """The bot's answer to a file: in a group one that /add replies to."""
    data = f"---\ntitle: {name}\n---\n{text}".encode()
    file = person.sends_file(data, f"{name}.md", "text/markdown", to=to)
    return file.answer() if to is None else person.says("/add@verbatim_bot", reply_to=file).answer()


def downloads(telegram: Telegram) -> int:
    return sum(call.method == "getFile" for call in telegram.calls)


def removes(person: Person, name: str, to: Group | None = None) -> None:
    listing = person.says("/articles@verbatim_bot", to=to).answer()
    rows = listing["reply_markup"]["inline_keyboard"]
    number = next(line for line in listing["text"].split("\n") if name in line).partition(".")[0]
    data = next(button["callback_data"] for row in rows for button in row if button["text"] == number)
    for what in ("r", "R"):
        person.presses(listing, data=what + data[1:])
    becomes(listing, f"Removed: {name}")


def test_one_person_adds_so_much_to_all_chats_together_and_no_more_is_fetched(
    telegram: Telegram, started: Callable[..., Inside], ann: Person, groups: list[Group]
) -> None:
    ben = telegram.person("Ben")
    with started(person_articles=2):
        becomes(adds(ann, "One"), "Added: One")
        becomes(adds(ann, "Two", groups[0]), "Added: Two")
        before = downloads(telegram)
        becomes(adds(ann, "Three", groups[1]), ENOUGH)
        assert downloads(telegram) == before
        becomes(adds(ann, "Two", groups[0], "Owls sleep in barns."), "Updated: Two")
        becomes(adds(ben, "Three"), "Added: Three")
    with started(person_articles=2):  # a restart gives nobody anything
        becomes(adds(ann, "Three", groups[1]), ENOUGH)
        moved = groups[0].upgrades(by=ann)  # nor does another number
        becomes(adds(ann, "Three", groups[1]), ENOUGH)
        removes(ann, "Two", moved)
        becomes(adds(ann, "Three", groups[1]), "Added: Three")


def test_what_was_removed_without_the_bot_gives_its_room_back_too(
    started: Callable[..., Inside], libraries: FakeLibraries, ann: Person, groups: list[Group]
) -> None:
    with started(person_articles=2):
        becomes(adds(ann, "One"), "Added: One")
        becomes(adds(ann, "Two", groups[0]), "Added: Two")
        libraries.own[groups[0].id].clear()  # as `verbatim remove --chat` does
        becomes(adds(ann, "Three", groups[1]), "Added: Three")
        becomes(adds(ann, "Four", groups[1]), ENOUGH)


def test_what_takes_a_person_too_far_is_refused_once_it_is_read(
    telegram: Telegram, started: Callable[..., Inside], ann: Person, groups: list[Group]
) -> None:
    with started(person_characters=100):
        becomes(adds(ann, "One", text="Owls sleep by day. " * 3), "Added: One")
        text = becomes(adds(ann, "Two", groups[0], "Owls sleep by day. " * 3), "This article has ")
        assert text == (
            "This article has 56 characters. With it, you'd go over the 100 characters that one "
            "person can add across all chats. Please remove some articles that you've added, or "
            "add only part of this one."
        )
        assert downloads(telegram) == 2


def test_a_new_hour_does_not_begin_with_a_restart(started: Callable[..., Inside], ann: Person) -> None:
    with started(person_additions_an_hour=2):
        for name in ("One", "Two"):
            becomes(adds(ann, name), f"Added: {name}")
    with started(person_additions_an_hour=2):
        assert adds(ann, "Three")["text"].startswith("That's the hourly limit for new articles. Please wait ")


@contextmanager
def logged(caplog: pytest.LogCaptureFixture, why: str) -> Iterator[None]:
    """Only the log says ``why``."""
    with caplog.at_level(logging.INFO, "bot"):
        yield
    assert [why in record.message for record in caplog.records if record.levelno == logging.ERROR] == [True]


def test_nothing_is_fetched_for_a_disk_that_is_nearly_full(
    telegram: Telegram,
    started: Callable[..., Inside],
    libraries: FakeLibraries,
    ann: Person,
    caplog: pytest.LogCaptureFixture,
) -> None:
    with started(free_megabytes=500):
        libraries.free_bytes = 500 * MEGABYTE
        with logged(caplog, "The disk mounted at /disk has 500.0 MB free"):
            becomes(adds(ann, "One"), article_texts.NO_ROOM)
        assert downloads(telegram) == 0
        assert ann.says("Who likes jam?").answer()["text"].startswith("Bears like jam.")
        libraries.free_bytes = FREE
        becomes(adds(ann, "One"), "Added: One")


def test_nothing_is_written_to_a_disk_that_has_filled_meanwhile(
    started: Callable[..., Inside],
    libraries: FakeLibraries,
    ann: Person,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    looks: list[int] = []

    def totals() -> Totals:
        looks.append(len(looks))
        return Totals(0, 0, FREE if len(looks) < 3 else 0, Path("/disk"))

    monkeypatch.setattr(libraries, "totals", totals)
    with started():
        becomes(adds(ann, "One"), article_texts.NO_ROOM)
    assert len(looks) == 3  # before it was fetched, once it was read, and when it was to be written
    assert libraries.own == {}
    database = Database(tmp_path / "bot.db")
    assert database.all("SELECT * FROM additions") == []
    database.close()


def test_all_chats_together_hold_so_much(
    started: Callable[..., Inside], ann: Person, groups: list[Group], caplog: pytest.LogCaptureFixture
) -> None:
    with started(installation_articles=2):
        becomes(adds(ann, "One"), "Added: One")
        becomes(adds(ann, "Two", groups[0]), "Added: Two")
        with logged(
            caplog, "The chats' own libraries hold 2 articles, the most that [bot] installation_articles"
        ):
            becomes(adds(ann, "Three", groups[1]), article_texts.NO_ROOM)
        removes(ann, "Two", groups[0])
        becomes(adds(ann, "Three", groups[1]), "Added: Three")
