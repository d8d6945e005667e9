"""What a chat is told when a file of its own, or a shared one, is damaged; and what the log says."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.chat import texts
from index.store import SqliteLibrary
from index.store.paths import chat_library_path, library_path
from tests.bot.on_disk import on_disk
from tests.bot.scenarios.watching import says_soon, text_now
from tests.bot.wording import NOTHING, greeting
from tests.fakes import CONFIGURATION, make_article, put_article
from tests.standin.persons import Person
from tests.standin.telegram import Telegram

OWN = "Owls sleep by day. Owls hunt by night."
SHARED = "Bears like jam. Wolves like jam too."
CUT = b"S"


def put(path: Path, text: str) -> Path:
    with SqliteLibrary(path, CONFIGURATION) as library:
        put_article(library, make_article(text, f"{path.stem}.md", title=f"From {path.stem}"))
    return path


def shared(folder: Path) -> Path:
    return put(library_path(folder / "data", "main"), SHARED)


def own(folder: Path, ann: Person) -> Path:
    return put(chat_library_path(folder / "data", ann.id), OWN)


def change(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(statement)
        connection.commit()


def test_the_others_answer_and_what_is_missing_is_said(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with Telegram() as telegram:
        ann, ben = telegram.person("Ann"), telegram.person("Ben")
        shared(tmp_path)
        damaged = own(tmp_path, ann)
        damaged.write_bytes(CUT)
        with on_disk(telegram, tmp_path):
            assert ann.says("Who likes jam?").answer()["text"].startswith("Bears like jam.")
            assert ann.says("When do owls hunt?").answer()["text"] == texts.PART_UNREAD
            assert ben.says("When do owls hunt?").answer()["text"] == NOTHING
            assert ann.says("Hello").answer()["text"] == greeting(None)
            listed = ann.says("/articles").answer()["text"]
            assert listed == f"You can ask about:\n1. From main\n\n{texts.PART_NOT_LISTED}"
    assert [
        str(damaged) in record.getMessage() for record in caplog.records if record.levelname == "ERROR"
    ] == [True]
    assert damaged.read_bytes() == CUT


def test_where_there_is_nothing_else_it_is_not_said_that_there_are_no_articles(tmp_path: Path) -> None:
    with Telegram() as telegram:
        ann, ben = telegram.person("Ann"), telegram.person("Ben")
        own(tmp_path, ann).write_bytes(b"")
        with on_disk(telegram, tmp_path):
            for said in ("When do owls hunt?", "/articles", "/summary"):
                assert ann.says(said).answer()["text"] == texts.UNREAD
                assert ben.says(said).answer()["text"] == texts.NO_ARTICLES


def test_buttons_do_not_say_that_it_was_removed(tmp_path: Path) -> None:
    with Telegram() as telegram:
        ann = telegram.person("Ann")
        shared(tmp_path)
        damaged = own(tmp_path, ann)
        with on_disk(telegram, tmp_path):
            answer = ann.says("When do owls hunt?").answer()
            before = text_now(answer)
            assert before.startswith("Owls hunt by night.")
        whole = damaged.read_bytes()
        damaged.write_bytes(CUT)
        with on_disk(telegram, tmp_path):
            assert ann.says("Who likes jam?").answer()["text"].startswith("Bears like jam.")
            said = ann.presses(answer, "Context")
            assert (said["text"], said["show_alert"]) == (texts.UNREAD, True)
            assert text_now(answer) == before
            damaged.write_bytes(whole)
            assert ann.says("When do owls hunt?").answer()["text"].startswith("Owls hunt by night.")
            ann.presses(answer, "Context")
            says_soon(answer, "Owls sleep by day.")


def test_one_that_is_damaged_while_the_bot_runs_costs_no_answer_of_the_others(tmp_path: Path) -> None:
    with Telegram() as telegram:
        ann = telegram.person("Ann")
        shared(tmp_path)
        damaged = own(tmp_path, ann)
        with on_disk(telegram, tmp_path):
            assert ann.says("When do owls hunt?").answer()["text"].startswith("Owls hunt by night.")
            change(damaged, "UPDATE articles SET text = replace(text, 'sleep', 'sheep')")
            assert ann.says("Do wolves, owls like jam?").answer()["text"].startswith("Wolves like jam too.")
            assert ann.says("When do owls sleep?").answer()["text"] == texts.PART_UNREAD
            change(damaged, "UPDATE articles SET text = replace(text, 'sheep', 'sleep')")
            assert ann.says("When do owls hunt?").answer()["text"].startswith("Owls hunt by night.")
