"""Which thresholds are chosen: worked out by hand, and never worse than any other."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.evaluation.thresholds import (
    HIGHEST,
    LOWEST,
    Outcome,
    Thresholds,
    choose_floor,
    choose_thresholds,
    gaps,
    middle_of,
    tally,
    wilson,
)


def right(answers: float, relevance: float = 5.0) -> Outcome:
    return Outcome(True, True, relevance, answers)


def wrong(answers: float, relevance: float = 5.0) -> Outcome:
    return Outcome(True, False, relevance, answers)


def silent(answers: float, relevance: float = 5.0) -> Outcome:
    return Outcome(False, False, relevance, answers)


SOME = [right(4.0), right(3.0), right(1.0), wrong(2.0), silent(0.0), silent(-3.0, -8.0)]


def test_what_is_counted() -> None:
    counts = tally(SOME, Thresholds(-1.0, 1.5))
    assert (counts.count, counts.answerable, counts.shown, counts.right_shown) == (6, 4, 3, 2)
    assert (counts.unanswerable_refused, counts.wrong_refused) == (2, 2)
    assert counts.goal == pytest.approx(4 / 6)
    assert tally(SOME, Thresholds(-1.0, 1.0)).goal == pytest.approx(5 / 6)  # what equals it is shown
    assert tally(SOME, Thresholds(-9.0, -9.0)).goal == pytest.approx(3 / 6)


def test_the_best_lies_in_the_middle_of_a_gap() -> None:
    # Between 0 and 1 five of six are well; so are between 2 and 3 four of six.
    assert choose_thresholds(SOME) == Thresholds(4.0, 0.5)


def test_of_equally_good_gaps_the_widest() -> None:
    # From 1 to 2 and from 3 to 9 one is wrong, from 2 to 3 two are.
    assert choose_thresholds([right(9.0), silent(3.0), right(2.0), silent(1.0)]).min_answers == 6.0


def test_where_all_is_right_over_the_floor_nothing_is_refused() -> None:
    assert choose_thresholds([right(2.0), right(3.0), silent(9.0, -8.0)]) == Thresholds(4.0, 1.0)


def test_the_floor_lies_under_practically_all_right_quotes() -> None:
    assert choose_floor([right(0.0, 3.0), right(0.0, 1.0), silent(0.0, 0.0), silent(0.0, 2.0)]) == 0.5
    assert choose_floor([right(0.0, 3.0), silent(0.0, -8.0)]) == 2.0  # never further than that under them
    assert choose_floor([right(0.0, -4.0), *(right(0.0, 3.0) for _ in range(98))]) == -5.0
    assert choose_floor([right(0.0, -4.0), *(right(0.0, 3.0) for _ in range(99))]) == 2.0
    with pytest.raises(ValueError, match="no quote is right"):
        choose_floor([wrong(0.0), silent(0.0)])


def test_gaps_and_their_middles() -> None:
    assert gaps([1.0, 3.0, 1.0, -math.inf]) == [(-1.0, 1.0), (1.0, 3.0), (3.0, 5.0)]
    assert gaps([19.5]) == [(17.5, 19.5), (19.5, 20.0)]
    assert gaps([]) == [(LOWEST, HIGHEST)]
    assert [middle_of(gap) for gap in [(1.0, 2.0), (1.0, 1.5), (1.0, 1.01), (0.0, 1e-300)]] == [
        1.5,
        1.2,
        1.005,
        1e-300,
    ]


def test_how_sure_a_share_is() -> None:
    assert wilson(0, 0) == (0.0, 1.0)
    assert wilson(9, 10) == pytest.approx((0.5958, 0.9821), abs=1e-4)
    assert wilson(10, 10) == pytest.approx((0.7225, 1.0), abs=1e-4)


SCORES = st.one_of(st.floats(-25.0, 25.0), st.integers(-3, 3).map(float), st.just(-math.inf))
OUTCOMES = st.lists(
    st.builds(
        lambda kind, relevance, answers: Outcome(kind > 0, kind > 1 and answers > -20, relevance, answers),
        st.integers(0, 2),
        SCORES,
        SCORES,
    ),
    min_size=1,
    max_size=30,
).filter(lambda outcomes: any(outcome.is_right and outcome.relevance > -20 for outcome in outcomes))


@given(OUTCOMES, SCORES)
def test_no_other_threshold_over_the_floor_does_better(outcomes: list[Outcome], other: float) -> None:
    chosen = choose_thresholds(outcomes)
    assert LOWEST <= chosen.min_relevance <= HIGHEST
    assert LOWEST <= chosen.min_answers <= HIGHEST
    best = tally(outcomes, chosen).goal
    tried = [other, *(outcome.answers for outcome in outcomes)]
    for answers in (min(HIGHEST, max(LOWEST, score)) for score in tried):
        assert tally(outcomes, Thresholds(chosen.min_relevance, answers)).goal <= best


@given(OUTCOMES)
def test_the_floor_keeps_99_of_100_right_quotes(outcomes: list[Outcome]) -> None:
    floor = choose_floor(outcomes)
    within = [outcome for outcome in outcomes if outcome.is_right and LOWEST <= outcome.relevance <= HIGHEST]
    assert sum(outcome.relevance < floor for outcome in within) <= 0.01 * sum(o.is_right for o in outcomes)


@given(SCORES.filter(math.isfinite), SCORES.filter(math.isfinite))
def test_the_middle_is_in_the_gap(score: float, other: float) -> None:
    start, end = sorted((max(LOWEST, min(HIGHEST, score)), max(LOWEST, min(HIGHEST, other))))
    if start < end:
        assert start < middle_of((start, end)) <= end
