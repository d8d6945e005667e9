"""One bot for one data folder: a second would answer half of the questions twice.

The kernel holds the lock and drops it with the process, however that ends, so nothing has to be cleared away.
Commands that write to libraries do not take it: they work beside the bot.
"""

from __future__ import annotations

import fcntl
import os
import time
from contextlib import suppress
from pathlib import Path

from bot.errors import InUseError, StateError
from index.files import private
from index.files.atomic_files import is_running

NAME = "bot.lock"
_TRIES, _PAUSE_S = 20, 0.05


def lock(data_dir: Path) -> int:
    """Lock ``data_dir`` and write our process id into its lock file.

    The descriptor that comes back holds the lock until it is closed or the process ends. Raises InUseError
    where another process holds it, and StateError where the folder cannot be locked.
    """
    path = data_dir / NAME
    try:
        private.make_folder(data_dir)
        descriptor = private.opener(str(path), os.O_RDWR | os.O_CREAT)
    except OSError as error:
        raise _cannot(path, error) from None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        raise InUseError(
            f"{data_dir} is in use by the bot with process id {_holder_of(path)}. Stop that one "
            "first, or set data_dir in config.toml to another folder."
        ) from None
    except OSError as error:
        os.close(descriptor)
        raise _cannot(path, error) from None
    with suppress(OSError):  # on a full disk the lock holds all the same, without a name
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
    return descriptor


def _cannot(path: Path, error: OSError) -> StateError:
    return StateError(
        f"{path} can't be locked: {error.strerror}. Set data_dir in config.toml to a folder on a "
        "local disk that this user can write to."
    )


def _holder_of(path: Path) -> str:
    """Read the process id in a lock file; wait a moment where its holder has not written its own yet."""
    written = ""
    for _ in range(_TRIES):
        written = path.read_text(encoding="ascii", errors="replace").strip()
        if written.isdecimal() and is_running(int(written)):
            break
        time.sleep(_PAUSE_S)
    return written or "unknown"
