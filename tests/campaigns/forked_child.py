"""The processes that read strangers' files, forked from one that has imported what they need already.

A campaign starts thousands of them: each would spend most of its time on imports. What is forked runs the
same ``main`` as the product's own process, under the same limits, and ends with its file.
"""

from __future__ import annotations

import importlib
import os
import selectors
import signal
import socket
import struct
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from types import TracebackType

from index.documents.child_process import Ended, TooMuchSaidError
from index.documents.formats.table import FORMATS

ROOT = Path(__file__).parents[2]
PROGRAMS = ("index.documents.sandbox", "index.documents.feeds.parse")
_IMPORTED = (*(f"index.documents.formats.{name}" for name in FORMATS), *PROGRAMS)
_NUMBER = struct.Struct("<d")


class ForkedChildren:
    """Runs the programs that ``child_process.run_program`` would start, one at a time. Use ``with``."""

    def __init__(self) -> None:
        self.cpu_s = 0.0
        """The processor time that all of them took."""
        self._ours, theirs = socket.socketpair()
        with theirs:
            self._server = subprocess.Popen(  # noqa: S603 - this very interpreter
                [sys.executable, "-E", "-s", "-B", "-X", "utf8", "-m", __name__, str(theirs.fileno())],
                cwd=ROOT,
                env={},
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )

    def __enter__(self) -> ForkedChildren:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ours.close()
        self._server.wait(30)

    def run_program(self, module: str, given: bytes, *, most_bytes: int, wall_s: float) -> Ended:
        """Do what ``child_process.run_program`` does with one of PROGRAMS."""
        with os.fdopen(os.memfd_create("given"), "w+b") as file:
            file.write(given)
            file.seek(0)
            read, write = os.pipe()
            try:
                number = bytes([PROGRAMS.index(module)])
                socket.send_fds(self._ours, [number], [file.fileno(), write])
            finally:
                os.close(write)
            pid = int(self._receive())
            try:
                said = _read_all(read, most_bytes, time.monotonic() + wall_s)
            except (TimeoutError, TooMuchSaidError):
                with suppress(ProcessLookupError):  # it has said all, and ended
                    os.kill(pid, signal.SIGKILL)
                raise
            finally:
                status = int(self._receive())
                self.cpu_s += self._receive()
        return Ended(status, said)

    def _receive(self) -> float:
        (value,) = _NUMBER.unpack(self._ours.recv(_NUMBER.size, socket.MSG_WAITALL))
        return float(value)


def _read_all(read: int, most_bytes: int, end: float) -> bytes:
    """Return what is written into the pipe; raise TimeoutError where it is not closed by ``end``."""
    said = bytearray()
    with os.fdopen(read, "rb", buffering=0) as pipe, selectors.DefaultSelector() as ready:
        ready.register(pipe, selectors.EVENT_READ)
        while ready.select(max(0.0, end - time.monotonic())):
            piece = pipe.read(1 << 16)
            said += piece
            if len(said) > most_bytes:
                raise TooMuchSaidError
            if not piece:
                return bytes(said)
    raise TimeoutError


def serve(descriptor: int) -> None:
    """Fork a process for each request that comes by the socket, until it is closed."""
    for name in _IMPORTED:
        importlib.import_module(name)
    with socket.socket(fileno=descriptor) as theirs:
        while True:
            number, descriptors, _, _ = socket.recv_fds(theirs, 1, 2)
            if not number:
                return
            pid = os.fork()
            if pid == 0:
                theirs.detach()
                _become(PROGRAMS[number[0]], descriptors[0], descriptors[1], descriptor)
            theirs.sendall(_NUMBER.pack(pid))
            for opened in descriptors:
                os.close(opened)
            _, status, spent = os.wait4(pid, 0)
            theirs.sendall(_NUMBER.pack(os.waitstatus_to_exitcode(status)))
            theirs.sendall(_NUMBER.pack(spent.ru_utime + spent.ru_stime))


def _become(program: str, given: int, answer: int, server: int) -> None:
    """Run ``program`` in this process, which ends with it."""
    os.dup2(given, 0)
    os.dup2(answer, 1)
    for opened in (given, answer, server):
        os.close(opened)
    status = 1
    try:
        importlib.import_module(program).main()
        sys.stdout.flush()
        status = 0
    finally:
        os._exit(status)


if __name__ == "__main__":
    serve(int(sys.argv[1]))
