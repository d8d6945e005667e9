"""A fault that every question meets costs a line in a while."""

from __future__ import annotations

import logging

import pytest

from bot.chat.failures import public_message
from bot.repeats import MOST_FAULTS, RepeatFilter
from index.errors import StaleLibraryError


class Log:
    """What is written, by a clock that the test sets."""

    def __init__(self) -> None:
        self.now = 0.0
        self.lines: list[str] = []
        self._filter = RepeatFilter(600.0, lambda: self.now)

    def handle(self, level: int, message: str, *values: object, **extra: object) -> None:
        record = logging.LogRecord("bot", level, "", 0, message, values, None)
        record.__dict__.update(extra)
        if self._filter.filter(record):
            self.lines.append(record.getMessage())


def test_the_same_fault_is_written_once_in_ten_minutes_and_then_with_its_count() -> None:
    log = Log()
    for now in (0, 1, 2, 599.9):
        log.now = now
        log.handle(logging.ERROR, "update %s failed: %s", now, "100% full", fault="100% full")
    assert log.lines == ["update 0 failed: 100% full"]
    log.now = 600
    log.handle(logging.ERROR, "update %s failed: %s", 600, "100% full", fault="100% full")
    assert log.lines[1:] == ["update 600 failed: 100% full (3 more of these since the last line)"]
    log.now = 1200
    log.handle(logging.ERROR, "update %s failed: %s", 1200, "100% full", fault="100% full")
    assert log.lines[2:] == ["update 1200 failed: 100% full"]


def test_another_fault_and_what_is_no_error_are_always_written() -> None:
    log = Log()
    for _ in range(2):
        log.handle(logging.ERROR, "the disk is full")
        log.handle(logging.ERROR, "the library is damaged")
        log.handle(logging.WARNING, "Telegram cannot be reached")
    assert log.lines == [
        "the disk is full",
        "the library is damaged",
        "Telegram cannot be reached",
        "Telegram cannot be reached",
    ]


def test_no_more_faults_are_remembered_than_so_many() -> None:
    log = Log()
    for number in range(MOST_FAULTS + 1):
        log.handle(logging.ERROR, f"fault {number}")
    log.handle(logging.ERROR, "fault 1")
    assert len(log.lines) == MOST_FAULTS + 1
    log.handle(logging.ERROR, "fault 0")
    assert log.lines[-1] == "fault 0"


def test_two_updates_that_meet_one_fault_are_the_same(caplog: pytest.LogCaptureFixture) -> None:
    for number in (7, 8):
        public_message(StaleLibraryError("main.db was made with e5."), f"update {number} failed")
    repeats = RepeatFilter()
    assert [repeats.filter(record) for record in caplog.records] == [True, False]
