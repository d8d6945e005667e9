"""Kills the bot while it is busy, starts it again, and looks what became of everything in the end."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import time
from contextlib import suppress
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

from tests.crash.points import POINTS, VARIABLE
from tests.crash.town import Town
from tests.standin.process import AT_EASE, BotProcess
from tests.standin.telegram import Telegram

BUSY = 14
"""Messages that arrive in each life: more than are answered before it ends."""

AT_RANDOM_S = 1.5
"""A kill at random comes so long after the bot is ready, at most."""

LONGEST_LIFE_S = 20.0
"""After so long a bot that did not come to its point is killed where it is."""

DRAIN_S = 300.0

SETTINGS = f'{AT_EASE}chat_additions_an_hour = 10000\n[index]\nembedder = "fake"\npassage_tokens = 40\n'


logging.getLogger("aiohttp.server").setLevel(logging.CRITICAL)  # it minds that its client dies


class CrashingBot(BotProcess):
    """``python -m tests.crash.bot``; it dies at ``point``, if one is given."""

    def __init__(self, folder: Path, api_url: str, point: str | None = None) -> None:
        self._point = point
        super().__init__(folder, api_url, settings=SETTINGS)

    def command(self) -> list[str]:
        """The bot with its models taken out."""
        return ["tests.crash.bot", "bot"]

    def environment(self) -> dict[str, str]:
        """What tells it where to die."""
        return {} if self._point is None else {VARIABLE: self._point}


def kill_in_part(seed: str, kills: int) -> dict[str, Any]:
    """Kill the bot ``kills`` times in one town, then let it drain what is left; return the figures."""
    random = Random(seed)
    with TemporaryDirectory(prefix="kills-") as place, Telegram() as telegram:
        town = Town(telegram, Path(place), random)
        reached = sum(_live_and_die(town, random) for _ in range(kills))
        with CrashingBot(town.folder, telegram.url) as bot:
            telegram.wait_for(town.is_answered, DRAIN_S)
            town.ask_for_all_that_was_saved()
            with suppress(TimeoutError):  # then the figures say what is lost
                telegram.wait_for(town.is_answered, DRAIN_S)
            bot.send(signal.SIGTERM)
            bot.exit_code(within_s=20)
            tracebacks = bot.output.count("Traceback")
        figures = dict(town.figures())
        refused = len(telegram.refused)
    return {"kills": kills, "at points": reached, **figures, "refused": refused, "tracebacks": tracebacks}


def _live_and_die(town: Town, random: Random) -> bool:
    """Start the bot, let the town be busy, and kill it; whether it died at a named point."""
    named = random.random() < 0.6
    point = f"{random.choice(sorted(POINTS))}:{random.randint(1, 6)}" if named else None
    with CrashingBot(town.folder, town.telegram.url, point) as bot:
        if random.random() < 0.8:  # else it dies while it starts
            with suppress(TimeoutError):  # it came to its point before it was ready
                bot.wait_for_line("ready: ", within_s=60)
        town.is_busy(BUSY)
        if named:
            with suppress(subprocess.TimeoutExpired):
                return bot.exit_code(within_s=LONGEST_LIFE_S) == -signal.SIGKILL
        time.sleep(random.uniform(0.0, AT_RANDOM_S))  # the moment of the kill, by chance
        with suppress(ProcessLookupError):
            os.kill(bot.pid, signal.SIGKILL)
        bot.exit_code(within_s=20)
    return False
