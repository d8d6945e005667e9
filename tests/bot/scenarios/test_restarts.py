"""When the bot is stopped or killed and started again, conversations, buttons and settings still work."""

from __future__ import annotations

import shutil
import signal
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bot.chat import texts
from tests.bot.fakes import FakeAnswerer, FakeLibraries, article
from tests.bot.inside import Inside
from tests.bot.scenarios.osterwick import BOOKS, COST, ODA_LIND, OLD_MILL, WHAT_COST, WHERE_TO, WHO_WON
from tests.bot.scenarios.watching import is_all_that_was_said, says_soon, text_now
from tests.standin.groups import Group
from tests.standin.persons import Person
from tests.standin.process import BotProcess
from tests.standin.telegram import Telegram

WHO_JAM = "Who likes jam?"
MANY = "Bears like jam. Wolves like jam. Foxes like jam. Owls like jam. Hens like jam."


@pytest.fixture
def telegram() -> Iterator[Telegram]:
    """A server of this scenario's own."""
    with Telegram() as server:
        yield server
        assert server.refused == []


@pytest.fixture
def ann(telegram: Telegram) -> Person:
    """She is there before the bot."""
    return telegram.person("Ann")


def bot(telegram: Telegram, folder: Path) -> Inside:
    """The bot, started anew, with what it has kept."""
    return Inside(telegram, folder, FakeAnswerer, FakeLibraries(article(MANY)))


def nothing_is_unsent(folder: Path) -> bool:
    with closing(sqlite3.connect(folder / "data" / "bot.db")) as database:
        return database.execute("SELECT 1 FROM outbox").fetchone() is None


def test_a_killed_bot_goes_on_where_it_was(
    telegram: Telegram, folder: Path, tmp_path: Path, ann: Person, ben: Person
) -> None:
    shutil.copytree(folder / "data", tmp_path / "data", ignore=shutil.ignore_patterns("bot.*"))
    with BotProcess(tmp_path, telegram.url) as process:
        asked = ann.says(WHAT_COST)
        old = asked.answer()
        assert old["text"] == COST
        ann.presses(ann.says("/settings").answer(), "1")
        assert ann.says(WHERE_TO).answer()["text"] == OLD_MILL
        telegram.wait_for(
            lambda: nothing_is_unsent(tmp_path)
        )  # else the bot may not know yet that it said so
        process.send(signal.SIGKILL)
        process.exit_code()
    follow_up = ann.says("How many books will it have room for?")
    ben_asks = ben.says(WHO_WON)
    with BotProcess(tmp_path, telegram.url) as process:
        assert follow_up.answer()["text"].endswith(BOOKS)
        assert ben_asks.answer()["text"] == ODA_LIND
        ann.presses(old, "More quotes")
        assert says_soon(old, "2.4 million").startswith(COST)
        ann.edits(asked, WHO_WON)
        says_soon(old, "Oda Lind")
        assert ann.says("/settings").answer().buttons == ["✓ 1", "2", "3", "4", "5"]
        assert len(telegram.sent(ben.id)) == 1
        assert len(telegram.sent(ann.id)) == 5


def test_a_button_works_after_a_restart(telegram: Telegram, tmp_path: Path, ann: Person) -> None:
    with bot(telegram, tmp_path):
        answer = ann.says(WHO_JAM).answer()
        assert answer.buttons == ["More quotes", "Context"]
    with bot(telegram, tmp_path):
        ann.presses(answer, "More quotes")
        says_soon(answer, "Bears", "Owls", "Hens")


def test_a_question_is_edited_after_a_restart(telegram: Telegram, tmp_path: Path, ann: Person) -> None:
    with bot(telegram, tmp_path):
        asked = ann.says("Do hens sing?")
        answer = asked.answer()
        before = text_now(answer)
    ann.edits(asked, WHO_JAM)  # while the bot is down
    with bot(telegram, tmp_path):
        assert says_soon(answer, "Bears like jam.") != before
        assert is_all_that_was_said(answer)


def test_settings_last(telegram: Telegram, tmp_path: Path, ann: Person, forum: Group) -> None:
    forum.sets("bot", "administrator", by=ann)
    news = forum.opens_topic("News", by=ann)
    with bot(telegram, tmp_path):
        settings = ann.says("/settings", to=forum, topic=news).answer()
        ann.presses(settings, "1")
        ann.presses(settings, texts.FREE_TOPIC)
    with bot(telegram, tmp_path):
        answer = ann.says(WHO_JAM, to=forum, topic=news).answer()
        assert answer["text"].count("\n— ") == 1


def test_what_is_asked_while_it_is_down_is_answered_once(
    telegram: Telegram, tmp_path: Path, ann: Person, ben: Person, readers: Group
) -> None:
    with bot(telegram, tmp_path):
        first = ann.says(f"/ask@verbatim_bot {WHO_JAM}", to=readers).answer()
    asked = [person.says(f"/ask@verbatim_bot {WHO_JAM}", to=readers) for person in (ann, ben)]
    with bot(telegram, tmp_path):
        second, third = (question.answer() for question in asked)
    with bot(telegram, tmp_path):
        assert ben.says(WHO_JAM).answer()["text"].startswith("Bears like jam.")
        assert is_all_that_was_said(first, second, third)


def test_a_button_that_was_pressed_while_it_was_down_works_when_it_is_back(
    telegram: Telegram, tmp_path: Path, ann: Person, ben: Person
) -> None:
    with bot(telegram, tmp_path):
        answer = ann.says(WHO_JAM).answer()
    data = answer["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    telegram.do(lambda: telegram.methods.queries.press(ann.user, answer.chat, answer.id, data))
    with bot(telegram, tmp_path):
        assert ben.says(WHO_JAM).answer()["text"].startswith("Bears like jam.")
        says_soon(answer, "Hens like jam.")
