"""Where what is noted cannot be written, everything goes on, and the log says so once."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.store.in_work import InWork
from bot.store.message_notes import MessageNotes
from bot.store.note_file import NoteFile


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "notes"
    file = NoteFile(path)
    file.append(b"bears ")
    file.append(b"like jam")
    file.write(b"B", 0)
    file.close()
    assert path.stat().st_mode & 0o777 == 0o600
    again = NoteFile(path)
    assert again.read() == b"Bears like jam"
    again.clear()
    assert again.read() == b""
    again.close()


def test_a_file_that_cannot_be_used_stops_nothing(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    work, notes = tmp_path / "bot.work", tmp_path / "bot.sent"
    for path in (work, notes):
        path.mkdir()
    in_work, noted = InWork(work), MessageNotes(notes)
    assert in_work.take_dead() == []
    in_work.enter(7).leave()
    in_work.clear()
    noted.add(7, 1001)
    assert noted.messages(7) == (1001,)
    noted.forget(7)
    in_work.close()
    noted.close()
    assert caplog.messages == [
        f"{path} cannot be used (Is a directory): after a crash, a message may be repeated"
        for path in (work, notes)
    ]


def test_a_disk_that_fails_later_is_said_once(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    file = NoteFile(Path("/dev/full"))
    for _ in range(2):
        file.append(b"bears")
        file.write(b"bears", 0)
    file.close()
    assert caplog.messages == [
        "/dev/full cannot be used (No space left on device): after a crash, a message may be repeated"
    ]
    NoteFile(tmp_path / "well").close()
