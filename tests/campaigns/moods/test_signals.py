"""The real process is asked to stop while twenty answers are in work or on their way."""

from __future__ import annotations

import signal
from pathlib import Path
from random import Random

import pytest

from tests.crash.kills import CrashingBot
from tests.crash.town import Town
from tests.standin.methods import Delay
from tests.standin.telegram import Telegram


def drained(town: Town) -> dict[str, int]:
    """Start the bot again, wait until everything has its answer, and count what became of it."""
    with CrashingBot(town.folder, town.telegram.url) as bot:
        bot.wait_for_line("ready: ")  # before, it may have to be told twice, or by force
        town.telegram.wait_for(town.is_answered)
        bot.send(signal.SIGTERM)
        assert bot.exit_code() == 0
        assert "Traceback" not in bot.output
    wrong = {"lost", "repeats", "placeholders left", "set aside", "saved and not found"}
    return {name: count for name, count in town.figures().items() if name in wrong and count}


@pytest.mark.parametrize("seed", [1, 2])
def test_a_stop_loses_nothing_and_repeats_nothing(seed: int, tmp_path: Path) -> None:
    with Telegram() as telegram:
        town = Town(telegram, tmp_path, Random(seed))
        with CrashingBot(tmp_path, telegram.url) as bot:
            bot.wait_for_line("ready: ")
            telegram.fail("sendMessage", *[Delay(0.5)] * 30)  # so that some are on their way
            town.is_busy(20)
            telegram.wait_for(lambda: len(telegram.methods.faults["sendMessage"]) < 28)
            bot.send(signal.SIGTERM)
            assert bot.exit_code() == 0
            assert "Traceback" not in bot.output
        telegram.do(telegram.methods.faults["sendMessage"].clear)
        assert drained(town) == {}


def test_a_second_signal_and_one_while_it_starts_lose_nothing(tmp_path: Path) -> None:
    with Telegram() as telegram:
        town = Town(telegram, tmp_path, Random(3))
        with CrashingBot(tmp_path, telegram.url) as bot:
            telegram.wait_for(lambda: any(call.method == "getMe" for call in telegram.calls))
            bot.send(signal.SIGTERM)
            assert bot.exit_code() == 0
        telegram.fail("sendMessage", *[Delay(600)] * 3)
        with CrashingBot(tmp_path, telegram.url) as bot:
            bot.wait_for_line("ready: ")
            town.is_busy(20)
            telegram.wait_for(lambda: not telegram.methods.faults["sendMessage"])
            bot.send(signal.SIGTERM)
            bot.wait_for_line("stopping")
            bot.send(signal.SIGTERM)
            assert bot.exit_code() == 128 + signal.SIGTERM
        assert drained(town) == {}
