"""Runs the child on folders of files, and watches its memory and that of the processes it starts."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from index.errors import OperatorError

LOOK_S = 0.02
ROOT = Path(__file__).parents[2]


class IngestError(OperatorError):
    """What was to be measured did not work."""


@dataclass(frozen=True, slots=True)
class Added:
    """How fast a folder was added, from bytes until it was found, and the most memory it took."""

    articles: int
    passages: int
    characters: int
    seconds: float  # without loading the model
    peak_mb: float  # of the process
    reading_mb: float  # of the largest process that read a file, 0 where none was needed
    together_mb: float  # of all at once


def add(folder: Path, data: Path) -> Added:
    """Add the files in ``folder`` to a new library in ``data``. Raises IngestError where it fails."""
    command = [sys.executable, "-m", "benchmarks.ingest.child", str(folder), str(data)]
    child = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8"
    )
    own = reading = together = 0.0
    while child.poll() is None:
        readers = [memory_mb(pid) for pid in _children(child.pid)]
        own = max(own, memory_mb(child.pid))
        reading = max([reading, *readers])
        together = max(together, memory_mb(child.pid, "VmRSS") + sum(readers))
        time.sleep(LOOK_S)
    written, said = child.communicate()
    if child.returncode:
        raise IngestError(f"{folder} was not added: {said.strip().splitlines()[-1]}")
    return Added(
        **json.loads(written.splitlines()[-1]), peak_mb=own, reading_mb=reading, together_mb=together
    )


def memory_mb(pid: int, what: str = "VmHWM") -> float:
    """Return the most memory that a process had, or has now ("VmRSS"), in MB; 0 when it is gone."""
    try:
        found = re.search(rf"{what}:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text())
    except OSError:
        return 0.0
    return int(found[1]) / 1024 if found else 0.0


def _children(pid: int) -> list[int]:
    """Return the processes that ``pid`` has started, without those that still share its memory."""
    found: list[int] = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            found += map(int, task.read_text().split())
        except OSError:
            continue
    own = _command(pid)
    return [child for child in found if _command(child) != own]


def _command(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""
