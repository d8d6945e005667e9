"""One of our own programs, run on strangers' bytes in a process that may break, hang, or never stop talking.

It gets the bytes by a pipe and nothing else of this process: no environment, no open files. What it says is
taken up to a length, for as long as it may take.
"""

from __future__ import annotations

import os
import selectors
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from index.errors import ReaderStartError

_ROOT = Path(__file__).parents[2]
_PIECE = 1 << 16  # bytes that are written or read at once: as many as a pipe holds


@dataclass(frozen=True, slots=True)
class Ended:
    """The exit code of a program that has ended, the signal below 0 that ended it; and what it said."""

    exit_code: int
    said: bytes


class TooMuchSaidError(Exception):
    """A program said more than it may, and was ended."""


def run_program(module: str, given: bytes, *, most_bytes: int, wall_s: float) -> Ended:
    """Run ``python -m module`` with ``given`` on stdin; return how it ended and what it said on stdout.

    It is ended after ``wall_s`` seconds, which raises TimeoutError, and when it says more than
    ``most_bytes``, which raises TooMuchSaidError. Raises ReaderStartError where it cannot be started.
    """
    end = time.monotonic() + wall_s
    # Not -I, which would hide this project; -E: nothing of the environment, -s: no packages of the user.
    command = [sys.executable, "-E", "-s", "-B", "-X", "utf8", "-m", module]
    try:
        process = subprocess.Popen(  # noqa: S603 - this very interpreter
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
            cwd=_ROOT,
            env={},
        )
    except OSError as error:
        raise ReaderStartError(_why_not_started(error)) from None
    with process:
        try:
            said = _exchange(process, given, most_bytes, end)
            return Ended(process.wait(max(0.0, end - time.monotonic())), said)
        except subprocess.TimeoutExpired:
            raise TimeoutError from None
        finally:
            process.kill()  # nothing, where it has ended


def _why_not_started(error: OSError) -> str:
    if isinstance(error, FileNotFoundError | PermissionError):
        remedy = "Install this program again."
    else:
        remedy = (
            "Free some memory, or allow more processes and open files (`ulimit -u`, `ulimit -n`), "
            "then try again."
        )
    return f"{sys.executable} can't be started to read a file: {error.strerror}. {remedy}"


def _exchange(process: subprocess.Popen[bytes], given: bytes, most_bytes: int, end: float) -> bytes:
    """Write ``given`` while what is said is read: neither side waits for the other."""
    assert process.stdin is not None  # noqa: S101 - it is a pipe
    assert process.stdout is not None  # noqa: S101 - so is this
    left = memoryview(given)
    said = bytearray()
    os.set_blocking(process.stdin.fileno(), False)
    with selectors.PollSelector() as ready:  # which needs no file of its own
        ready.register(process.stdin, selectors.EVENT_WRITE)
        ready.register(process.stdout, selectors.EVENT_READ)
        while ready.get_map():
            found = ready.select(max(0.0, end - time.monotonic()))
            if not found or time.monotonic() > end:
                raise TimeoutError
            for key, _ in found:
                if key.fileobj is process.stdin:
                    pipe, left = process.stdin, left[_write(key.fd, left) :]
                    is_done = not left
                else:
                    pipe, piece = process.stdout, os.read(key.fd, _PIECE)
                    said += piece
                    is_done = not piece
                if len(said) > most_bytes:
                    raise TooMuchSaidError
                if is_done:
                    ready.unregister(pipe)
                    pipe.close()
    return bytes(said)


def _write(descriptor: int, left: memoryview) -> int:
    """Write some of ``left``; return how much is done with: all, where nobody reads it any more."""
    try:
        return os.write(descriptor, left[:_PIECE])
    except BrokenPipeError:
        return len(left)
