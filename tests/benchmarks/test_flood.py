"""The flood: how its figures are told."""

from __future__ import annotations

from benchmarks.load.flood import Figures, to_table


def test_a_line_for_each_kind_of_flood() -> None:
    figures = Figures("400 questions, all at once", 120, 0.1, 0.2, 0.15, 0.3, 1.5, 1200, 18)
    assert to_table([figures])[2:] == [
        "| 400 questions, all at once | 120 | 0.100, 0.200 | 0.150, 0.300 | 1.50 | 18 of 1200 |"
    ]
