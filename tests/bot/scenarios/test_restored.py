"""A backup is taken while the bot answers, and restored on another machine: all goes on there as it was."""

from __future__ import annotations

import shutil
import signal
import sqlite3
from contextlib import closing
from pathlib import Path

from tests.bot.scenarios.osterwick import BOOKS, COST, OLD_MILL, WHAT_COST, WHERE_TO, WHO_WON
from tests.bot.scenarios.watching import says_soon, text_now
from tests.standin.process import BotProcess, run
from tests.standin.telegram import Telegram

HIVES = b"# Hives on the school\n\nThe school of Osterwick keeps four hives on its roof since May.\n"
WHOSE_HIVES = "How many hives does the school keep?"


def test_a_restored_bot_goes_on_where_the_backup_was_taken(folder: Path, tmp_path: Path) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    shutil.copytree(folder / "data" / "libraries", here / "data" / "libraries")
    with Telegram() as telegram:
        ann = telegram.person("Ann")
        with BotProcess(here, telegram.url) as bot:
            asked = ann.says(WHAT_COST)
            cost = asked.answer()
            assert cost["text"] == COST
            ann.presses(ann.says("/settings").answer(), "1")
            added = ann.sends_file(HIVES, "hives.md", "text/markdown").answers()[0]
            telegram.wait_for(lambda: "Added" in text_now(added))
            assert (
                ann.says(WHOSE_HIVES).answer()["text"].startswith("The school of Osterwick keeps four hives")
            )
            moved = ann.says(WHERE_TO).answer()
            assert moved["text"] == OLD_MILL
            backup = run("backup", str(tmp_path / "backup"), folder=here)
            assert (backup.returncode, backup.stderr) == (0, "")
            ann.says(WHO_WON).answer()  # after the backup: the restored bot knows nothing of it
            bot.send(signal.SIGKILL)
            bot.exit_code()
        for copy in sorted((tmp_path / "backup").rglob("*.db")):
            with closing(sqlite3.connect(copy)) as connection:
                assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        there.mkdir()
        (tmp_path / "backup").rename(there / "data")
        with BotProcess(there, telegram.url) as bot:
            follow_up = ann.says("How many books will it have room for?", reply_to=moved)
            assert follow_up.answer()["text"].endswith(BOOKS)
            ann.presses(cost, "More quotes")
            assert says_soon(cost, "2.4 million").startswith(COST)
            ann.edits(asked, WHO_WON)
            says_soon(cost, "Oda Lind")
            assert (
                ann.says(WHOSE_HIVES).answer()["text"].startswith("The school of Osterwick keeps four hives")
            )
            assert ann.says("/settings").answer().buttons == ["✓ 1", "2", "3", "4", "5"]
            bot.send()
            assert bot.exit_code() == 0
            assert "Traceback" not in bot.output
