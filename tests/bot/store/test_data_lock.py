"""One bot for one data folder: a second says whose it is and ends, and a killed one leaves it free."""

from __future__ import annotations

import os
import resource
import signal
from pathlib import Path

import pytest

from bot.errors import InUseError, StateError
from bot.store.data_lock import lock
from tests.command import start
from tests.standin.loopback import TOKEN, free_port
from tests.standin.process import BotProcess, run

SECOND_S = 1.5
"""Of processor time: an interpreter and config.toml, no model and no library for Telegram."""


def in_use(folder: Path, process: int) -> str:
    return (
        f"{folder / 'data'} is in use by the bot with process id {process}. Stop that one "
        "first, or set data_dir in config.toml to another folder."
    )


def test_a_second_bot_names_the_first_and_a_killed_one_leaves_the_folder_free(tmp_path: Path) -> None:
    nowhere = f"http://127.0.0.1:{free_port()}"
    with BotProcess(tmp_path, nowhere) as first:
        first.wait_for_line("Telegram cannot be reached")
        with BotProcess(tmp_path, nowhere) as second:
            assert second.exit_code() == 3
            assert second.output == f"{in_use(tmp_path, first.pid)}\n"
        assert first.is_running
        listed = run("libraries", folder=tmp_path)
        assert (listed.returncode, listed.stderr) == (0, "")
        first.send(signal.SIGKILL)
        first.exit_code()
    with BotProcess(tmp_path, nowhere) as third:
        third.wait_for_line("Telegram cannot be reached")


def test_a_second_bot_ends_before_it_loads_anything(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "config.toml").touch()
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", TOKEN)
    lock_file = lock(tmp_path / "data")
    try:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        done = start(tmp_path, "-m", "bot.cli", "bot")
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    finally:
        os.close(lock_file)
    assert (done.returncode, done.stdout, done.stderr) == (3, "", f"{in_use(tmp_path, os.getpid())}\n")
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < SECOND_S
    assert [path.name for path in (tmp_path / "data").iterdir()] == ["bot.lock"]


def test_the_number_of_an_earlier_bot_is_not_taken_for_the_holders(tmp_path: Path) -> None:
    (tmp_path / "bot.lock").write_text("4194304999\n")
    lock_file = lock(tmp_path)
    try:
        with pytest.raises(InUseError, match=f"process id {os.getpid()}\\. "):
            lock(tmp_path)
    finally:
        os.close(lock_file)
    os.close(lock(tmp_path))


def test_a_folder_that_cannot_be_locked_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StateError) as caught:
        lock(tmp_path / "file" / "data")
    assert str(caught.value) == (
        f"{tmp_path / 'file' / 'data' / 'bot.lock'} can't be locked: Not a directory. Set "
        "data_dir in config.toml to a folder on a local disk that this user can write to."
    )
