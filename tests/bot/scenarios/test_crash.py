"""The bot is killed in the middle of an answer: it is given once the bot is back, and once."""

from __future__ import annotations

import shutil
import signal
from pathlib import Path

from tests.standin.process import BotProcess
from tests.standin.telegram import Telegram

WHAT_PLANES = "What did China refuse to give Russian airlines?"


def test_a_question_outlives_a_crash(folder: Path, tmp_path: Path) -> None:
    shutil.copytree(folder / "data" / "libraries", tmp_path / "data" / "libraries")
    with Telegram() as telegram:
        ann = telegram.person("Ann")
        with BotProcess(tmp_path, telegram.url) as bot:
            bot.wait_for_line("ready: ")
            asked = ann.says(WHAT_PLANES)
            telegram.wait_for(lambda: any(call.method == "sendChatAction" for call in telegram.calls))
            bot.send(signal.SIGKILL)
            bot.exit_code()
        assert telegram.sent(ann.id) == []
        with BotProcess(tmp_path, telegram.url) as bot:
            assert "aeroplane parts" in asked.answer()["text"]
            assert "aeroplane parts" in ann.says(WHAT_PLANES).answer()["text"]
            bot.send()
            assert bot.exit_code() == 0
        assert len(telegram.sent(ann.id)) == 2
