"""What was in work when the process died is known afterwards, and nothing that only waited."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from bot.store.in_work import InWork


def test_what_is_in_work_outlives_the_process_and_is_counted_once(tmp_path: Path) -> None:
    first = InWork(tmp_path / "bot.work")
    marks = [first.enter(number) for number in (2**62, 11, 12, 13)]
    marks[1].leave()
    marks[2].pause()
    marks[3].pause()
    marks[3].resume()
    again = InWork(tmp_path / "bot.work")
    assert again.take_dead() == [13, 2**62]
    assert InWork(tmp_path / "bot.work").take_dead() == []


def test_a_slot_is_used_again_and_a_mark_that_is_gone_writes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "bot.work"
    work = InWork(path)
    for number in range(1, 1000):
        work.enter(number).leave()
    gone = work.enter(5)
    gone.leave()
    work.enter(6)
    gone.resume()
    assert path.stat().st_size == 8
    assert work.take_dead() == [6]


@given(st.binary(max_size=40))
def test_a_file_that_is_damaged_counts_something_or_nothing(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bot.work"
        path.write_bytes(data)
        assert len(InWork(path).take_dead()) <= len(data) // 8


def test_in_memory_nothing_outlives_anything() -> None:
    work = InWork(None)
    work.enter(3)
    assert work.take_dead() == []
    work.clear()
