"""The n-th call to the disk fails, for n = 1, 2, 3, … until a run passes: a sentence, then all is as before.

    with FailingDisk(scratch) as disk:
        outcome = disk.run(Fault("EIO", n=3))

The work is done in a process of its own, which has ``failing_disk.c`` before the C library.
"""

from __future__ import annotations

import errno
import json
import os
import shutil
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Self

from tests.campaigns.journal import Outcome
from tests.standin.process import ROOT

SOURCE = Path(__file__).with_name("failing_disk.c")


@dataclass(frozen=True)
class Fault:
    """The ``n``-th call fails with ``error``; with ``lasting`` all behind it do, too.

    Of all calls, or of those that write.
    """

    error: str
    n: int
    lasting: bool = False
    writes_only: bool = False

    @property
    def number(self) -> int:
        """What the system calls the error."""
        return int(getattr(errno, self.error))


SWEEPS = (
    Fault("EIO", 0),
    Fault("EIO", 0, lasting=True, writes_only=True),
    Fault("ENOSPC", 0, lasting=True, writes_only=True),
)
"""The faults that are tried at every call."""


def why_not() -> str | None:
    """Why there can be no failing disk here; None where there can."""
    if sys.platform != "linux":
        return "only Linux loads a library before another"
    return None if shutil.which("gcc") else "there is no gcc to build the failing disk with"


class FailingDisk:
    """A process that works on a disk that fails as it is told."""

    def __init__(self, scratch: Path) -> None:
        library = scratch / "failing_disk.so"
        build = ["gcc", "-shared", "-fPIC", "-O1", "-o", str(library), str(SOURCE), "-ldl"]
        subprocess.run(build, check=True)  # noqa: S603 - fixed words
        self._process = subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, "-m", "tests.campaigns.disks.work", str(library), str(scratch / "work")],
            cwd=ROOT,
            env={**os.environ, "LD_PRELOAD": str(library)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate()

    def run(self, fault: Fault) -> Outcome:
        """Return what became of the work, and how many calls there were in ``calls``."""
        if self._process.stdin is None or self._process.stdout is None:
            raise RuntimeError("the process has no pipes")
        self._process.stdin.write(json.dumps(asdict(fault)) + "\n")
        self._process.stdin.flush()
        outcome: Outcome = json.loads(self._process.stdout.readline())
        return outcome
