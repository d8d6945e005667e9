"""Files and folders that are written atomically: completely, or not at all."""

from __future__ import annotations

import errno
import os
import re
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from index.errors import LibraryError
from index.files import private

_LEFTOVER = re.compile(r"\..+\.(\d+)\.new(?:-journal)?")


@contextmanager
def create_atomically(target: Path) -> Iterator[Path]:
    """Yield a path to write to, which becomes ``target`` after the block, or vanishes where it fails."""
    if target.exists():
        raise LibraryError(f"{target} already exists. Choose another name.")
    with temporary_path(target) as new:
        yield new
        try:
            _put_in_place(new, target)
        except FileExistsError:
            raise LibraryError(f"{target} already exists. Choose another name.") from None


@contextmanager
def create_if_absent(target: Path) -> Iterator[Path]:
    """Yield a path to write to, which becomes ``target`` after the block, unless there is one by then.

    Raises OSError.
    """
    with _new(target) as new:
        yield new
        with suppress(FileExistsError):
            _put_in_place(new, target)


@contextmanager
def temporary_path(target: Path) -> Iterator[Path]:
    """Yield a temporary path next to ``target``, for this thread only; delete it after the block."""
    try:
        with _new(target) as new:
            yield new
    except OSError as error:
        raise LibraryError(
            f"{target} can't be written: {error.strerror}. Make room, or choose another name."
        ) from None


@contextmanager
def _new(target: Path) -> Iterator[Path]:
    new = target.with_name(f".{target.name}.{threading.get_ident()}.{os.getpid()}.new")
    private.make_folder(new.parent)
    drop_leftovers(new.parent)
    try:
        yield new
    finally:
        _remove(new)


def drop_leftovers(folder: Path) -> None:
    """Delete what processes that were killed have left in ``folder``, half written."""
    for path in folder.glob(".*.new*"):
        found = _LEFTOVER.fullmatch(path.name)
        if found and not is_running(int(found[1])):
            _remove(path)


def is_running(process: int) -> bool:
    """Say whether there is a process of this id, also one of another user."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True


def _put_in_place(new: Path, target: Path) -> None:
    """Give ``new`` its name, for its owner only, once it is on the disk; never in the place of another."""
    for path in [new, *new.rglob("*")] if new.is_dir() else [new]:
        with _descriptor(path) as opened:
            os.fsync(opened)
    if new.is_dir():
        new.rename(target)
    else:
        _link(new, target)
    with _descriptor(target.parent) as opened:
        os.fsync(opened)


def _link(new: Path, target: Path) -> None:
    try:
        target.hardlink_to(new)
    except OSError as error:
        if error.errno not in (errno.EPERM, errno.ENOTSUP, errno.ENOSYS):
            raise
        target.touch(exist_ok=False)  # of a memory stick, which knows no links
        new.replace(target)


@contextmanager
def _descriptor(path: Path) -> Iterator[int]:
    opened = os.open(path, os.O_RDONLY)
    try:
        yield opened
    finally:
        os.close(opened)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
