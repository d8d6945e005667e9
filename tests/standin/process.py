"""The project's commands as people run them; the bot is a process that a signal stops."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
import time
from pathlib import Path
from typing import Self

from tests import forked
from tests.command import as_installed
from tests.patience import PATIENT_S
from tests.standin.loopback import TOKEN

AT_EASE = (
    "".join(f"{who}_{what}at_once = 10000\n" for who in ("person", "chat") for what in ("", "commands_"))
    + "free_megabytes = 0\n"
)
ROOT = Path(__file__).parents[2]


class BotProcess:
    """``verbatim bot`` against the server at ``api_url``; everything it writes is kept in ``output``.

    ``settings`` are further lines of its table [bot]. Without any, people may ask as much as they like.
    ``anew`` it has an interpreter of its own, and imports all that it needs.
    """

    def __init__(
        self,
        folder: Path,
        api_url: str,
        *options: str,
        token: str = TOKEN,
        settings: str = AT_EASE,
        anew: bool = False,
    ) -> None:
        config = folder / "config.toml"
        config.write_text(f'[bot]\napi_url = "{api_url}"\n{settings}', encoding="utf-8")
        self.lines: list[str] = []
        self._written = threading.Condition()
        read, write = os.pipe()
        self._output = os.fdopen(read, encoding="utf-8")
        with Path(os.devnull).open() as nothing, os.fdopen(write, "w") as writing:
            self._process = forked.start(
                [*self.command(), "--config", str(config), *options],
                ROOT,
                {**os.environ, "TELEGRAM_BOT_TOKEN": token, **self.environment()},
                [nothing.fileno(), writing.fileno(), writing.fileno()],
                anew=anew,
            )
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def command(self) -> list[str]:
        """What ``python -m`` starts."""
        return ["bot.cli", "bot"]

    def environment(self) -> dict[str, str]:
        """Further variables of its environment."""
        return {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.is_running:
            self._process.kill()
        self._process.join(PATIENT_S)
        self._reader.join(PATIENT_S)
        self._output.close()

    @property
    def pid(self) -> int:
        """Its number."""
        assert self._process.pid is not None
        return self._process.pid

    @property
    def output(self) -> str:
        """All it wrote so far."""
        return "".join(self.lines)

    @property
    def is_running(self) -> bool:
        """Whether it has not ended."""
        return self._process.exitcode is None

    def wait_for_line(self, words: str, within_s: float = PATIENT_S) -> None:
        """Until it writes a line with ``words``; raises TimeoutError with what it wrote instead."""
        until = time.monotonic() + within_s
        with self._written:
            while words not in self.output:
                left = until - time.monotonic()
                if left <= 0 or (not self.is_running and not self._reader.is_alive()):
                    raise TimeoutError(f"no {words!r} in:\n{self.output}")
                self._written.wait(min(left, 0.2))

    def send(self, number: signal.Signals = signal.SIGTERM) -> None:
        """Send it a signal."""
        if self.is_running:
            os.kill(self.pid, number)

    def exit_code(self, within_s: float = PATIENT_S) -> int:
        """Its exit code; raises subprocess.TimeoutExpired when it runs longer."""
        code = forked.wait(self._process, within_s)
        self._reader.join(PATIENT_S)
        return code

    def _read(self) -> None:
        for line in self._output:
            with self._written:
                self.lines.append(line)
                self._written.notify_all()


class UnpacedBot(BotProcess):
    """No message of a chat waits for its turn there; tests/bot/test_process.py has one whose messages do."""

    def command(self) -> list[str]:
        """What ``python -m`` starts."""
        return ["tests.standin.unpaced", "bot"]


def run(*command: str, folder: Path, **more: str) -> subprocess.CompletedProcess[str]:
    """Run a command to its end; nothing is typed unless ``typed`` says what. It is called as if installed."""
    config = folder / "config.toml"
    config.touch()  # without one that is named, a command ends
    env = {k: v for k, v in os.environ.items() if k != "TELEGRAM_BOT_TOKEN"}
    typed = more.pop("typed", "")
    arguments = ["bot.cli", *command, "--config", str(config)]
    done = forked.run(arguments, ROOT, {**env, **more}, typed, timeout_s=PATIENT_S)
    named = f" --config {config}"  # which the hints repeat
    done.stdout, done.stderr = (as_installed(text).replace(named, "") for text in (done.stdout, done.stderr))
    return done
