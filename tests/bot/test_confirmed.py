"""What Telegram has confirmed outlives the process before it is committed."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from bot.confirmed import Confirmed


def test_confirmed_messages_outlive_the_process_until_their_reply_is_done(tmp_path: Path) -> None:
    path = tmp_path / "bot.sent"
    first = Confirmed(path)
    for number, message in ((7, 1001), (8, 1002), (7, 0), (7, 2**40)):
        first.add(number, message)
    again = Confirmed(path)
    assert (again.messages(7), again.messages(8), again.messages(9)) == ((1001, 0, 2**40), (1002,), ())
    again.forget(7)
    again.forget(8)
    assert path.stat().st_size == 0
    assert Confirmed(path).messages(7) == ()


@given(st.binary(max_size=100))
def test_a_file_that_is_damaged_says_nothing(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bot.sent"
        path.write_bytes(data)
        assert Confirmed(path).messages(0) in {(), (0,)}


def test_an_entry_that_is_cut_off_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "bot.sent"
    noted = Confirmed(path)
    noted.add(7, 1001)
    noted.add(7, 1002)
    path.write_bytes(path.read_bytes()[:-1])
    assert Confirmed(path).messages(7) == (1001,)
