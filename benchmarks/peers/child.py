"""A peer as a process of its own, seen from ours: started, spoken to, ended."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

from index.errors import OperatorError

ROOT = Path(__file__).parents[2]
ENVIRONMENT = {
    "HF_HUB_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "HAYSTACK_TELEMETRY_ENABLED": "False",
    "LANGSMITH_TRACING": "false",
    "ALLOW_RESOLVE_TRANSFORM": "True",  # txtai finds our embedder by its name
}


class PeerError(OperatorError):
    """A peer is not installed, or its process ended with an error."""


@dataclass(frozen=True, slots=True)
class Peer:
    """What is measured: a program that speaks the protocol, and the model it embeds with."""

    name: str
    model: str
    command: tuple[str, ...]


class Child:
    """A running process of ``peer``. Use it in a ``with``; raises PeerError when it ends early."""

    def __init__(self, peer: Peer, doing: str, folder: Path) -> None:
        self._peer = peer
        self._errors = tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace")  # noqa: SIM115
        self._started = time.perf_counter()
        self._process = subprocess.Popen(
            [*peer.command, doing, peer.model, str(folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            cwd=ROOT,
            env=os.environ | ENVIRONMENT,
            encoding="utf-8",
        )
        self.versions: Mapping[str, str] = {}

    def __enter__(self) -> Child:
        try:
            self.versions = self._hear()["versions"]
        except BaseException:
            self._end()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()

    def say(self, value: object) -> dict[str, Any]:
        """Send one line to the process; return its reply."""
        assert self._process.stdin  # noqa: S101 - a pipe was asked for
        try:
            self._process.stdin.write(json.dumps(value) + "\n")
            self._process.stdin.flush()
        except BrokenPipeError:
            raise self._ended() from None
        return self._hear()

    def seconds_since_start(self) -> float:
        """Return the seconds since its process was started."""
        return time.perf_counter() - self._started

    def _hear(self) -> dict[str, Any]:
        assert self._process.stdout  # noqa: S101 - a pipe was asked for
        line = self._process.stdout.readline()
        if not line:
            raise self._ended()
        heard: dict[str, Any] = json.loads(line)
        return heard

    def _ended(self) -> PeerError:
        self._process.wait()
        self._errors.seek(0)
        last = [line.strip() for line in self._errors if line.strip()][-3:]
        return PeerError(
            f"{self._peer.name} ended with code {self._process.returncode}: {' / '.join(last)}. "
            "If a package is missing, run `make setup-peers`."
        )

    def _end(self) -> None:
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                with contextlib.suppress(BrokenPipeError):  # what it has not read, it never will
                    pipe.close()
        try:
            self._process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._errors.close()
