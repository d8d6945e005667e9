"""The load test: what it counts, by exact values."""

from __future__ import annotations

import math

from benchmarks.load.figures import (
    Pace,
    Waits,
    Write,
    busiest,
    fair_share_s,
    overtakings,
    pace_of,
    quantile,
    smallest_gap,
    waits_of,
)


def test_a_window_does_not_hold_what_is_its_whole_length_later() -> None:
    assert busiest([0.0, 0.5, 0.75, 1.0, 1.5], 1.0) == 3
    assert busiest([1.5, 0.0, 1.0, 0.5, 0.75], 1.0) == 3  # in whatever order they come
    assert busiest([0.5, 0.5, 0.5], 1.0) == 3
    assert busiest([], 1.0) == 0


def test_the_smallest_gap_is_between_neighbours() -> None:
    assert smallest_gap([3.0, 0.0, 1.25]) == 1.25
    assert smallest_gap([2.0]) is None


def test_the_pace_is_counted_overall_by_chat_and_by_group() -> None:
    group = [Write(-1, float(at)) for at in (0, 3, 59, 60)]
    other = [Write(-2, 0.25)]
    private = [Write(7, 0.5), Write(7, 2.0)]
    # Within a second: 0, 0.25 and 0.5. The gap: 59 to 60. The minute: 0, 3 and 59; then 3, 59 and 60.
    assert pace_of([*private, *group, *other]) == Pace(overall_second=3, chat_gap_s=1.0, group_minute=3)


def test_a_private_chat_is_no_group() -> None:
    assert pace_of([Write(7, 0.0), Write(7, 1.5)]) == Pace(1, 1.5, 0)
    assert pace_of([]) == Pace(0, None, 0)


def test_waits_are_of_those_who_were_answered() -> None:
    waits = waits_of([0.0, 0.0, 0.5, 0.5], [1.0, 3.0, 2.0, None])
    # One of three pairs is the wrong way round: the third was answered before the second.
    assert waits == Waits(
        asked=4, answered=3, median_s=1.5, p95_s=3.0, max_s=3.0, in_order=1 - 1 / 3, overtaken_by=1
    )


def test_nobody_answered_is_no_time_at_all() -> None:
    waits = waits_of([0.0], [None])
    assert (waits.asked, waits.answered, waits.in_order, waits.overtaken_by) == (1, 0, 1.0, 0)
    assert all(math.isnan(seconds) for seconds in (waits.median_s, waits.p95_s, waits.max_s))


def test_who_is_overtaken_counts_all_who_came_later() -> None:
    assert overtakings([4.0, 1.0, 3.0, 2.0]) == [3, 0, 1, 0]


def test_a_quantile_is_one_of_the_values() -> None:
    assert [quantile([1.0, 2.0, 3.0, 4.0], share) for share in (0.0, 0.25, 0.5, 0.95, 1.0)] == [1, 1, 2, 4, 4]


def test_the_fair_share_is_of_the_mean() -> None:
    assert fair_share_s(200, [0.1, 0.3]) == 200 * 0.2
