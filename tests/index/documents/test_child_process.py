"""What programs that never stop, never start or never listen do to the process that runs them."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

from index.documents import child_process
from index.documents.child_process import Ended, TooMuchSaidError, run_program
from index.errors import ReaderStartError

MB = 1_000_000


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file that is run in place of Python; ``write`` says what it does."""
    path = tmp_path / "program"
    monkeypatch.setattr(child_process, "sys", SimpleNamespace(executable=str(path)))
    return path


def write(program: Path, script: str) -> None:
    program.write_text(f"#!/bin/sh\nPATH=/usr/bin:/bin\necho $$ >{program}.pid\n{script}\n")
    program.chmod(0o700)


def is_running(program: Path) -> bool:
    return Path(f"/proc/{int(program.with_suffix('.pid').read_text())}").exists()


def test_what_is_said_while_it_is_given(program: Path) -> None:
    write(program, "cat; exit 3")
    given = os.urandom(5 * MB)
    assert run_program("any", given, most_bytes=5 * MB, wall_s=60) == Ended(3, given)
    with pytest.raises(TooMuchSaidError):
        run_program("any", given, most_bytes=5 * MB - 1, wall_s=60)
    assert not is_running(program)


def test_a_program_that_never_stops_talking_is_ended(program: Path) -> None:
    write(program, "exec cat /dev/zero")
    with pytest.raises(TooMuchSaidError):
        run_program("any", b"", most_bytes=MB, wall_s=60)
    assert not is_running(program)


def test_a_program_that_does_not_listen(program: Path) -> None:
    write(program, "echo no")
    assert run_program("any", bytes(5 * MB), most_bytes=MB, wall_s=60) == Ended(0, b"no\n")


@pytest.mark.parametrize(
    "script",
    ["exec sleep 60", "exec sleep 60 >&- <&-", "while echo a; do :; done", "sleep 5"],
    ids=["says nothing", "closes its pipes", "talks on", "has another program wait"],
)
def test_a_program_that_takes_too_long_is_ended(program: Path, script: str) -> None:
    write(program, script)
    begun = time.monotonic()
    with pytest.raises(TimeoutError):
        run_program("any", bytes(5 * MB), most_bytes=1000 * MB, wall_s=0.5)
    assert not is_running(program)
    assert time.monotonic() - begun < 30


def test_to_wait_costs_nothing(program: Path) -> None:
    write(program, "sleep 2; echo a")
    begun = time.process_time()
    assert run_program("any", bytes(5 * MB), most_bytes=MB, wall_s=60).said == b"a\n"
    assert time.process_time() - begun < 1


def test_a_program_that_breaks(program: Path) -> None:
    write(program, "kill -SEGV $$")
    assert run_program("any", b"", most_bytes=MB, wall_s=60) == Ended(-11, b"")


def test_a_program_that_is_not_there(program: Path) -> None:
    with pytest.raises(ReaderStartError) as caught:
        run_program("any", b"", most_bytes=MB, wall_s=60)
    assert str(caught.value) == (
        f"{program} can't be started to read a file: No such file or directory. Install this program again."
    )


def test_a_machine_that_has_no_room_for_another_process(tmp_path: Path) -> None:
    """No file descriptor is free."""
    (tmp_path / "page.html").write_text(
        "<html><head><title>Bears</title></head><body><p>Jam.</p></body></html>"
    )
    read = (
        "import resource, sys; from pathlib import Path; from index.errors import AppError\n"
        "from index.documents.article import read_article; import index.documents.extract\n"
        "resource.setrlimit(resource.RLIMIT_NOFILE, (5, 5))\n"
        "try: read_article(Path('page.html'), Path())\n"
        "except AppError as error: print(type(error).__name__, error)\n"
    )
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", read],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout, done.stderr) == (
        f"ReaderStartError {sys.executable} can't be started to read a file: Too many open "
        "files. Free some memory, or allow more processes and open files (`ulimit -u`, "
        "`ulimit -n`), then try again.\n",
        "",
    )
