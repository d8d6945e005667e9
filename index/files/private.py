"""Files and folders for their owner only: what people store and ask concerns nobody else on the machine.

What is made here is made so from the beginning, whatever the umask lets through.
"""

from __future__ import annotations

import logging
import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

log = logging.getLogger(__name__)

FOLDER, FILE = 0o700, 0o600
_OTHERS = 0o077
_TREES = ("libraries", "libraries/chats", "feeds", "evaluate")  # also where one is a link to another disk


def make_folder(folder: Path) -> None:
    """Make ``folder`` and those above it that are missing. Raises OSError."""
    missing = [path for path in folder.parents if not path.exists()]
    for path in (*reversed(missing), folder):
        path.mkdir(FOLDER, exist_ok=True)


def opener(path: str, flags: int) -> int:
    """Open ``path`` for ``open(…, opener=opener)``: a file that is made now is for its owner only."""
    return os.open(path, flags, FILE)


def tighten(path: Path) -> None:
    """Take away what others than its owner may do with the file or folder at ``path``; log where we may not.

    Nothing happens where there is none.
    """
    with suppress(FileNotFoundError):
        mode = path.stat().st_mode
        if not mode & _OTHERS:
            return
        try:
            path.chmod(mode & (FOLDER if stat.S_ISDIR(mode) else FILE))
        except OSError as error:
            log.warning(
                "%s is open to other users of this machine, and that can't be changed: %s. Run chmod go= "
                "on it as its owner",
                path,
                error.strerror,
            )


def tighten_all(data_dir: Path) -> None:
    """Tighten ``data_dir`` and what this program keeps in it; leave alone what else lies there."""
    if data_dir.is_dir():
        for path in (data_dir, *data_dir.glob("bot.*"), *data_dir.glob(".bot.*"), *_kept_in(data_dir)):
            tighten(path)


def _kept_in(data_dir: Path) -> Iterator[Path]:
    for tree in (data_dir / name for name in _TREES):
        if tree.is_dir():
            yield tree
        for folder, folders, names in os.walk(tree):
            yield from (path for name in (*folders, *names) if not (path := Path(folder, name)).is_symlink())
