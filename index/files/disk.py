"""Whether a disk is full, whatever SQLite or the system calls it."""

from __future__ import annotations

import errno
import os
import sqlite3
from pathlib import Path

LEAST_BYTES = 1 << 20
"""Less room than this counts as none: SQLite writes pages into its journal first, then into the file."""

_NO_ROOM = (errno.ENOSPC, errno.EDQUOT)
_UNCLEAR = (sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN)
"""What SQLite also reports where it finds no room for its journal, or notices only at the end."""


def is_full(error: Exception, path: Path) -> bool:
    """Return whether ``error``, which came of writing to ``path`` or beside it, came of a full disk."""
    if isinstance(error, OSError):
        return error.errno in _NO_ROOM
    if not isinstance(error, sqlite3.Error):
        return False
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # the rest says where it happened
    return code == sqlite3.SQLITE_FULL or (code in _UNCLEAR and not _has_room(path.parent))


def _has_room(folder: Path) -> bool:
    """Return whether new bytes and new files would fit into ``folder``, as far as the system says."""
    try:
        found = os.statvfs(folder)
    except OSError:
        return True
    return found.f_bavail * found.f_frsize >= LEAST_BYTES and (not found.f_files or found.f_favail > 0)
