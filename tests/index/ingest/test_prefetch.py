"""Work that is begun ahead: the results are those of doing one after the other, in order."""

from __future__ import annotations

import os
import threading
import time

import pytest

from index.ingest.prefetch import prefetch
from tests.patience import PATIENT_S


def test_results_and_errors_come_in_order() -> None:
    found = [(item, make) for item, make in prefetch([3, 0, 2], lambda item: 6 // item)]
    assert [item for item, _ in found] == [3, 0, 2]
    assert [found[0][1](), found[2][1]()] == [2, 3]
    with pytest.raises(ZeroDivisionError):
        found[1][1]()


def test_the_next_are_begun_meanwhile_and_not_all() -> None:
    cores = os.cpu_count() or 1
    begun: list[int] = []
    may_end = threading.Event()

    def make(item: int) -> int:
        begun.append(item)
        assert may_end.wait(PATIENT_S)
        return item

    going = prefetch(range(100), make)
    first = next(going)[1]  # of cores + 1 that were begun, as many run
    deadline = time.monotonic() + PATIENT_S
    while len(begun) < cores and time.monotonic() < deadline:
        time.sleep(0.01)
    assert sorted(begun) == list(range(cores))
    may_end.set()
    assert first() == 0
    assert next(going)[1]() == 1
    assert len(begun) <= 2 + cores


def test_of_nothing_comes_nothing() -> None:
    assert list(prefetch([], str)) == []
