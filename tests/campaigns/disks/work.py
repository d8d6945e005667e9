"""What the bot and commands do with their files, step by step, on a disk that may fail: see ``calls``."""

from __future__ import annotations

import ctypes
import json
import shutil
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from bot.store import Database, Exchanges, Inbox, State
from bot.store import Exchange as Exchange
from index.documents.feeds.state import FeedState, load_state, save_state
from index.errors import AppError
from index.library_name import LibraryName, library_names
from index.search import SqliteLibraries
from index.store import SqliteLibrary
from index.store.paths import chat_library_path
from index.store.transfer import back_up, export_library
from index.types import Article
from tests.bot.on_disk import config_of
from tests.campaigns.disks.calls import Fault
from tests.campaigns.disks.damages import tried
from tests.campaigns.journal import Outcome
from tests.fakes import CONFIGURATION, make_article, put_article
from tests.standin.people import message, update

OLD_CHAT, NEW_CHAT = 5, 6
OLD, GONE, ADDED, FIRST, LATER = (
    make_article(f"{animal} like jam. They eat it in winter.", f"{animal}.md")
    for animal in ("Bears", "Wolves", "Foxes", "Owls", "Hens")
)
EXCHANGE = Exchange("a" * 16, OLD_CHAT, 10, 0, None, None, (), 1_790_000_000.0)


class Work:
    """One run in ``folder``: ``said`` holds the sentences of the steps that failed."""

    def __init__(self, folder: Path) -> None:
        self._data = folder / "data"
        self._folder = folder
        self._libraries = SqliteLibraries(config_of(folder))
        self._database: Database | None = None
        self._inbox_opened: Inbox | None = None
        self.done: list[str] = []
        self.said: list[str] = []

    def run(self) -> None:
        """Take every step, whatever became of those before."""
        steps: tuple[tuple[str, Callable[[], object]], ...] = (
            ("open", self._open),
            ("take", lambda: self._inbox.take([update(number=1, **message("Who?"))])),
            ("mark", lambda: self._inbox.begin(1).leave()),
            ("stand", lambda: self._inbox.note_placeholder(1, 5)),
            ("left", lambda: self._inbox.unfinished()),
            ("keep", lambda: Exchanges(self._opened).keep(EXCHANGE)),
            ("say", lambda: Exchanges(self._opened).say(EXCHANGE.key, OLD_CHAT, [11, 12])),
            ("set", lambda: State(self._opened).set_quotes(OLD_CHAT, 2)),
            ("first", lambda: self._put(NEW_CHAT, FIRST)),
            ("added", lambda: self._put(OLD_CHAT, ADDED)),
            ("asked", lambda: self._libraries.articles(library_names([], OLD_CHAT))),
            ("removed", lambda: self._libraries.remove(LibraryName.of_chat(OLD_CHAT), GONE.id)),
            ("backup", lambda: back_up(self._data, self._folder / "backup")),
            ("export", lambda: export_library(self._path(OLD_CHAT), self._folder / "export.db")),
            ("feed", lambda: save_state(self._feed, FeedState(etag="new"))),
            ("new state", lambda: Database(self._folder / "other" / "bot.db").close()),
        )
        for name, step in steps:
            try:
                step()
            except AppError as error:
                self.said.append(f"{name}: {error}")
            else:
                self.done.append(name)

    def go_on(self) -> None:
        """Work again with what is still open, now that the disk is well. Raises what that raises."""
        if self._database is None:
            self._open()
        self._inbox.take([update(number=2, **message("And who?"))])
        State(self._opened).set_quotes(OLD_CHAT, 4)
        self._put(OLD_CHAT, LATER)
        titles = {info.title for info in self._libraries.articles(library_names([], OLD_CHAT))}
        check(titles >= {"Bears", "Hens"}, f"asked afterwards: {titles}")

    def close(self) -> None:
        """Let go of all files."""
        self._libraries.close()
        if self._inbox_opened is not None:
            self._inbox_opened.release()
        if self._database is not None:
            self._database.close()

    def check(self) -> None:
        """Find what was done, and nothing else, in files that are whole. Raises AssertionError."""
        with closing(Database(self._data / "bot.db")) as database:
            inbox = Inbox(database)
            numbers = [update["update_id"] for update in inbox.unfinished()]
            inbox.release()
            check(("take" not in self.done or 1 in numbers) and 2 in numbers, f"updates {numbers}")
            exchange = Exchanges(database).by_key(EXCHANGE.key)
            check("keep" not in self.done or exchange is not None, "the exchange is gone")
            check(
                "say" not in self.done or exchange is None or exchange.messages == (11, 12),
                "its messages are gone",
            )
            check(State(database).settings(OLD_CHAT).quotes == 4, "the setting is lost")
        old = self._texts(OLD_CHAT)
        check({OLD.text, LATER.text} <= old, "an article is lost")
        check("added" not in self.done or ADDED.text in old, "an article that was added is lost")
        check("removed" not in self.done or GONE.text not in old, "an article that was removed is there")
        if "first" in self.done or self._path(NEW_CHAT).exists():
            check(
                "first" not in self.done or self._texts(NEW_CHAT) == {FIRST.text}, "the first article is lost"
            )
        check(
            load_state(self._feed).etag == ("new" if "feed" in self.done else load_state(self._feed).etag),
            "feed",
        )
        for name, copy in (
            ("backup", "backup/bot.db"),
            ("export", "export.db"),
            ("new state", "other/bot.db"),
        ):
            path = self._folder / copy
            check(name not in self.done or path.exists(), f"{copy} is not there")
            if path.exists():
                with closing(sqlite3.connect(path)) as connection:
                    check(
                        connection.execute("PRAGMA quick_check").fetchall() == [("ok",)], f"{copy} is broken"
                    )

    @property
    def _opened(self) -> Database:
        if self._database is None:
            raise NotOpenError("bot.db could not be opened.")
        return self._database

    @property
    def _inbox(self) -> Inbox:
        if self._inbox_opened is None:
            self._inbox_opened = Inbox(self._opened)
        return self._inbox_opened

    @property
    def _feed(self) -> Path:
        return self._data / "feeds" / "main" / "1.json"

    def _open(self) -> None:
        self._database = Database(self._data / "bot.db")

    def _path(self, chat: int) -> Path:
        return chat_library_path(self._data, chat)

    def _put(self, chat: int, article: Article) -> None:
        with self._libraries.library(LibraryName.of_chat(chat), create=True) as library:
            put_article(library, article)

    def _texts(self, chat: int) -> set[str]:
        with SqliteLibrary(self._path(chat)) as library:
            check(library.verify() == [], f"{chat}: {library.verify()}")
            return {library.article(info.id).text for info in library.articles()}


class NotOpenError(AppError):
    """A step before has failed."""


def check(is_right: bool, what: str) -> None:
    """Raise AssertionError, also under -O."""
    if not is_right:
        raise AssertionError(what)


def prepare(folder: Path) -> None:
    """What is there before the disk fails."""
    with SqliteLibrary(chat_library_path(folder / "data", OLD_CHAT), CONFIGURATION) as library:
        for article in (OLD, GONE):
            put_article(library, article)
    Database(folder / "data" / "bot.db").close()
    save_state(folder / "data" / "feeds" / "main" / "1.json", FeedState(etag="old"))


def outcome_of(disk: Any, folder: Path, fault: Fault) -> Outcome:
    """Work once on a disk with this ``fault``; then on one without."""
    work = Work(folder)
    disk.disk_fail(str(folder).encode(), fault.n, fault.number, fault.lasting, fault.writes_only)
    try:
        work.run()
    finally:
        calls = disk.disk_heal()
    work.go_on()
    work.close()
    work.check()
    kind = "named" if work.said else "recovered" if fault.n <= calls else "not reached"
    return {"is": kind, "calls": calls, "said": work.said}


def main(library: str, scratch: Path) -> None:
    """Read faults from standard input, one JSON object a line, and write an outcome for each."""
    disk = ctypes.CDLL(library)
    scratch.mkdir(parents=True)
    prepare(scratch / "before")
    for line in sys.stdin:
        folder = scratch / "now"
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(scratch / "before", folder)
        fault = Fault(**json.loads(line))
        outcome = tried(lambda: outcome_of(disk, folder, fault))  # noqa: B023 - called at once
        print(json.dumps(outcome), flush=True)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
