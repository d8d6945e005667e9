"""Ids of messages are known after a crash, though no commit holds them yet."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from bot.store.message_notes import MessageNotes


def test_what_is_noted_outlives_the_process_until_it_is_forgotten(tmp_path: Path) -> None:
    path = tmp_path / "bot.sent"
    first = MessageNotes(path)
    for number, message in ((7, 1001), (8, 1002), (7, 0), (7, 2**40)):
        first.add(number, message)
    again = MessageNotes(path)
    assert (again.messages(7), again.messages(8), again.messages(9)) == ((1001, 0, 2**40), (1002,), ())
    again.keep_only([8])
    assert again.messages(7) == ()
    again.forget(8)
    assert path.stat().st_size == 0
    assert MessageNotes(path).messages(7) == ()


@given(st.binary(max_size=100))
def test_a_file_that_is_damaged_says_nothing(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bot.sent"
        path.write_bytes(data)
        assert MessageNotes(path).messages(0) in {(), (0,)}


def test_an_entry_that_is_cut_off_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "bot.sent"
    noted = MessageNotes(path)
    noted.add(7, 1001)
    noted.add(7, 1002)
    path.write_bytes(path.read_bytes()[:-1])
    assert MessageNotes(path).messages(7) == (1001,)
