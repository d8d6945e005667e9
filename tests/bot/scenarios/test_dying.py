"""The bot is killed or stopped where it hurts: what stood there becomes the answer, nothing comes twice."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.chat import texts
from index.store import SqliteLibrary
from index.store.paths import library_path
from tests.bot.scenarios.watching import is_all_that_was_said, text_now
from tests.crash.bot import READING_S
from tests.crash.kills import CrashingBot
from tests.crash.town import question_about, sentence_of
from tests.fakes import CONFIGURATION, make_article, put_article
from tests.standin.persons import Person
from tests.standin.refusals import Refusal
from tests.standin.telegram import Telegram

IS_SHOWN = False  # its models compute: docs/conversations.md shows the real ones

CANARY = "Zor1x"
ASKED, ANSWER = question_about(CANARY), sentence_of(CANARY)


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


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data folder with one article."""
    path = library_path(tmp_path / "data", "main")
    path.parent.mkdir(parents=True, mode=0o700)
    with SqliteLibrary(path, CONFIGURATION) as library:
        put_article(library, make_article(f"{ANSWER} Nobody saw it.", "lantern.md"))
    return tmp_path


class SlowBot(CrashingBot):
    """Reads so long that a message says so."""

    def environment(self) -> dict[str, str]:
        """What makes it slow."""
        return {**super().environment(), "READING_S": str(100 * READING_S)}


def stopped(bot: CrashingBot) -> bool:
    """Whether it ends in good order when it is asked to."""
    bot.send(signal.SIGTERM)
    return bot.exit_code() == 0


def test_what_was_planned_and_not_sent_is_said_after_a_restart(
    telegram: Telegram, folder: Path, ann: Person
) -> None:
    telegram.fail("sendMessage", *[Refusal(502, "Bad Gateway")] * 100)
    with CrashingBot(folder, telegram.url) as bot:
        asked = ann.says(ASKED)
        telegram.wait_for(lambda: len(telegram.methods.faults["sendMessage"]) < 99)
        assert stopped(bot)
    telegram.do(telegram.methods.faults["sendMessage"].clear)
    assert telegram.sent(ann.id) == []
    with CrashingBot(folder, telegram.url) as bot:
        answer = asked.answer()
        assert ANSWER in answer["text"]
        assert is_all_that_was_said(answer)
        assert stopped(bot)


def test_in_a_group_the_progress_message_becomes_the_answer_after_a_kill(
    telegram: Telegram, folder: Path, ann: Person
) -> None:
    readers = telegram.group("Readers", ann)
    with SlowBot(folder, telegram.url, "placeholder noted:1") as bot:
        asked = ann.says(f"/ask@verbatim_bot {ASKED}", to=readers)
        assert bot.exit_code() == -signal.SIGKILL
    (placeholder,) = asked.answers()
    assert placeholder["text"] in {texts.READING, texts.STARTING}
    with CrashingBot(folder, telegram.url) as bot:
        telegram.wait_for(lambda: text_now(placeholder).startswith(ANSWER))
        assert stopped(bot)
    assert is_all_that_was_said(placeholder)


def test_the_progress_of_an_article_becomes_the_note_that_it_is_added_after_a_kill(
    telegram: Telegram, folder: Path, ann: Person
) -> None:
    with CrashingBot(folder, telegram.url, "placeholder noted:1") as bot:
        sent = ann.sends_file(b"Owls sleep by day. They hunt at night.", "owls.txt", "text/plain")
        assert bot.exit_code() == -signal.SIGKILL
    (progress,) = sent.answers()
    assert progress["text"].startswith("Reading …")
    with CrashingBot(folder, telegram.url) as bot:
        telegram.wait_for(lambda: text_now(progress).startswith("Added: "))
        assert stopped(bot)
    assert is_all_that_was_said(progress)


def test_a_message_that_killed_it_three_times_is_set_aside_with_a_word(
    telegram: Telegram, folder: Path, ann: Person
) -> None:
    asked = ann.says(ASKED)
    for _ in range(3):
        with CrashingBot(folder, telegram.url, "reading:1") as bot:
            assert bot.exit_code() == -signal.SIGKILL
    assert telegram.sent(ann.id) == []
    with CrashingBot(folder, telegram.url) as bot:
        word = asked.answer()
        assert word["text"] == texts.SET_ASIDE
        assert is_all_that_was_said(word)
        again = ann.says(f"{ASKED} Please.")
        assert ANSWER in again.answer()["text"]
        assert stopped(bot)
