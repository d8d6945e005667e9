"""The command itself: what it says before anything long is imported."""

import asyncio
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from bot.cli.commands import bot as command
from bot.store import Database, Inbox
from tests.patience import PATIENT_S
from tests.standin.people import message, update
from tests.standin.process import ROOT

HELP = """
import runpy, sys

sys.argv = ["verbatim", "bot", "--help"]
try:
    runpy.run_module("bot.cli", run_name="__main__")
except SystemExit as end:
    print(end.code, sorted({"telegram", "torch", "sentence_transformers", "faiss"} & set(sys.modules)))
"""


def test_help_needs_neither_telegram_nor_a_model() -> None:
    done = subprocess.run(  # noqa: S603  # our own command
        [sys.executable, "-c", HELP],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        timeout=PATIENT_S,
        check=True,
    )
    assert "--config" in done.stdout
    assert done.stdout.splitlines()[-1] == "0 []"


async def test_whoever_stops_it_twice_says_nothing_against_what_is_in_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    codes: list[int] = []
    monkeypatch.setattr(command, "_end_now", codes.append)
    arriving = update(number=7, **message("Who?"))
    for _ in range(5):
        database = Database(tmp_path / "bot.db")
        inbox = Inbox(database)
        inbox.take([arriving])
        assert inbox.unfinished() == [arriving]
        inbox.begin(7)
        stop = asyncio.Event()
        stop.set()
        command._stop(stop, signal.SIGTERM, inbox.release)
        database.close()
    assert codes == [143] * 5
