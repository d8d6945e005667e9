"""Programs in processes of their own, forked from one that has imported the large libraries already.

Importing them takes five seconds of processor time; what a command then does takes less than one. A test
that looks at the start itself (what is imported, options of the interpreter, how long it takes) starts an
interpreter instead, and so does a test of each command.
"""

from __future__ import annotations

import atexit
import os
import runpy
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from functools import cache
from multiprocessing import forkserver, get_context
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext
from multiprocessing.process import BaseProcess
from pathlib import Path

ROOT = Path(__file__).parents[1]
IMPORTED = (
    "tests.entered_in_forks",
    "index.models.onnx",
    "index.vectors",
    "spacy.lang.en",
    "bot.telegram.application",
    "retrieval.answerer",
    "typer.main",
)
"""With all that they import. ``bot.cli.app`` looks at how it was started: each process imports it itself."""


def start(
    arguments: Sequence[str],
    folder: Path,
    environment: Mapping[str, str],
    streams: Sequence[int],
    *,
    anew: bool = False,
) -> BaseProcess:
    """Start ``python -m`` with these arguments in ``folder``; ``anew``, by an interpreter of its own.

    ``streams`` are the descriptors that become its stdin, stdout and stderr.
    """
    sent = [Connection(os.dup(stream)) for stream in streams]
    os.umask(umask := os.umask(0))
    process = _context().Process(
        target=_begin, args=(list(arguments), str(folder), dict(environment), umask, sent, anew), daemon=True
    )
    process.start()
    for connection in sent:
        connection.close()
    return process


def run(
    arguments: Sequence[str],
    folder: Path,
    environment: Mapping[str, str],
    typed: str = "",
    *,
    timeout_s: float,
    anew: bool = False,
) -> subprocess.CompletedProcess[str]:
    """Start it, and wait for its end. Raises TimeoutExpired."""
    with (
        tempfile.TemporaryFile() as stdin,
        tempfile.TemporaryFile() as stdout,
        tempfile.TemporaryFile() as stderr,
    ):
        stdin.write(typed.encode())
        stdin.seek(0)
        streams = [file.fileno() for file in (stdin, stdout, stderr)]
        process = start(arguments, folder, environment, streams, anew=anew)
        try:
            code = wait(process, timeout_s)
        finally:
            process.kill()
        for file in (stdout, stderr):
            file.seek(0)
        return subprocess.CompletedProcess(
            list(arguments), code, stdout.read().decode(), stderr.read().decode()
        )


def wait(process: BaseProcess, timeout_s: float) -> int:
    """Return the exit code of a process once it has ended. Raises TimeoutExpired."""
    process.join(timeout_s)
    if process.exitcode is None:
        raise subprocess.TimeoutExpired(process.name, timeout_s)
    return process.exitcode


@cache
def _context() -> ForkServerContext:
    """Start the process that imports; the modules of this project are found there by PYTHONPATH."""
    context = get_context("forkserver")
    context.set_forkserver_preload(list(IMPORTED))
    before = os.environ.get("PYTHONPATH")
    os.environ["PYTHONPATH"] = str(ROOT)
    try:
        forkserver.ensure_running()
    finally:
        del os.environ["PYTHONPATH"]
        if before is not None:
            os.environ["PYTHONPATH"] = before
    return context


def _begin(
    arguments: list[str],
    folder: str,
    environment: dict[str, str],
    umask: int,
    streams: list[Connection],
    anew: bool,
) -> None:
    """Make this process, which was just forked, that of the program."""
    for number, stream in enumerate(streams):
        os.dup2(stream.fileno(), number)
        stream.close()
    os.umask(umask)
    os.chdir(folder)
    if anew:
        os.execve(sys.executable, [sys.executable, "-m", *arguments], environment)  # noqa: S606  # no shell
    os.environ.clear()
    os.environ.update(environment)
    _run(arguments, folder)


def _run(arguments: list[str], folder: str) -> None:
    """Run the program as the interpreter would."""
    from tests.entered_in_forks import entered

    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115  # until the process ends
    sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stderr = open(2, "w", 1, encoding="utf-8", errors="backslashreplace", closefd=False)  # noqa: SIM115
    sys.path.insert(0, folder)
    sys.orig_argv = [sys.executable, "-m", *arguments]
    sys.argv = list(arguments)
    try:
        runpy.run_module(arguments[0], run_name="__main__", alter_sys=True)
    finally:
        atexit._run_exitfuncs()
        if entered is not None:
            entered.write()
