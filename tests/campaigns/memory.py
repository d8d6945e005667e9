"""What this process holds, by what the kernel says."""

from __future__ import annotations

import ctypes
import gc
import os
from pathlib import Path


def resident_mb() -> float:
    """Return the memory that this process has in use, in megabytes."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return round(pages * os.sysconf("SC_PAGE_SIZE") / 1e6, 1)


def held_mb() -> float:
    """Return the memory that is left in use, in megabytes, once all that is free has been given back.

    glibc keeps what was freed for later; other C libraries are taken as they are.
    """
    gc.collect()
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
    return resident_mb()


def open_files() -> int:
    """Count the files, sockets and pipes that this process has open."""
    return len([*Path("/proc/self/fd").iterdir()])
