"""python -m supply.torch_download torch==2.13.0: warn where pip would take the build for the GPU.

Asks pip itself, since where it looks depends on its configuration, and ends it once it has named the file.
The builds are told apart by size: of 2.13.0 those for the GPU have 427 and 527 MB, all others at most 192 MB.
This runs before anything is installed, so it imports only what comes with Python.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version

GPU_MB = 300
"""A wheel of torch that is larger is a build for the GPU."""
TO_READ_S = 15
CPU_INDEX = "https://download.pytorch.org/whl/cpu"

_ANNOUNCED = re.compile(r"\s*Downloading \S+\.whl \((\d+(?:\.\d+)?) MB\)")
"""What pip prints before it downloads a large wheel; a local or cached one it announces otherwise."""


def megabytes_announced(pip: Sequence[str], requirement: str) -> float:
    """Return the size of the wheel that pip would download now; 0 where there is none, or it does not say."""
    with tempfile.TemporaryDirectory() as folder:
        command = [*pip, "download", "--no-deps", "--only-binary=:all:", "--progress-bar=off"]
        with subprocess.Popen(  # noqa: S603 - the pip of this Python
            [*command, "--dest", folder, requirement],
            env={**os.environ, "TMPDIR": folder},  # of a program that is killed, nothing stays either
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        ) as process:
            assert process.stdout is not None  # noqa: S101 - it is a pipe
            found = next(filter(None, map(_ANNOUNCED.match, process.stdout)), None)
            process.kill()
    return float(found[1]) if found else 0.0


def warning(megabytes: float, requirement: str) -> str:
    """Return what to say before ``requirement`` is installed; nothing where it is a build for the CPU."""
    if megabytes <= GPU_MB:
        return ""
    return (
        f"Here pip takes the build of {requirement} for the GPU: {megabytes:.0f} MB, and with it several GB\n"
        "of NVIDIA's libraries. Verbatim uses none of them. For the build for the CPU, press Ctrl-C, then:\n"
        f"  PIP_EXTRA_INDEX_URL={CPU_INDEX} make run"
    )


def is_installed(requirement: str) -> bool:
    """Return whether a build of exactly this version is here already."""
    name, _, pinned = requirement.partition("==")
    try:
        return version(name).partition("+")[0] == pinned
    except PackageNotFoundError:
        return False


def main() -> None:
    """Print the warning, if there is one; in a terminal, leave time to read it."""
    requirement = sys.argv[1]
    if is_installed(requirement):
        return
    said = warning(megabytes_announced([sys.executable, "-m", "pip"], requirement), requirement)
    if said:
        print(said, flush=True)
        if sys.stdout.isatty():
            print(f"Going on in {TO_READ_S} seconds.", flush=True)
            time.sleep(TO_READ_S)


if __name__ == "__main__":
    main()
