"""The arithmetic of figures, on values worked out by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.evaluation import auroc, first_rank, holds_answer, normal_form, recall_at, refused_at, share
from retrieval.evaluation.metrics import mean_reciprocal_rank, phrases

SCORES = st.lists(
    st.one_of(st.integers(-3, 3).map(float), st.floats(allow_nan=False)), min_size=1, max_size=9
)


def test_the_rank_of_the_first_that_is_right() -> None:
    assert first_rank([False, True, True]) == 2
    assert first_rank([False]) is None


def test_recall_counts_what_was_not_found() -> None:
    ranks = [1, 2, None, 6]
    assert [recall_at(k, ranks) for k in (1, 2, 5, 6)] == [0.25, 0.5, 0.5, 0.75]
    assert mean_reciprocal_rank(ranks) == pytest.approx((1 + 1 / 2 + 1 / 6) / 4)


def test_of_nothing_there_is_no_share() -> None:
    assert recall_at(1, []) is mean_reciprocal_rank([]) is share([]) is None
    assert auroc([], [1.0]) is auroc([1.0], []) is None


def test_one_score_that_tells_apart_and_one_that_does_not() -> None:
    assert auroc([2.0, 3.0], [1.0, float("-inf")]) == 1.0
    assert auroc([1.0], [2.0]) == 0.0
    assert auroc([1.0, 2.0], [1.0, 2.0]) == 0.5
    assert auroc([1.0, 3.0], [2.0]) == 0.5


def test_what_a_threshold_refuses_that_keeps_enough() -> None:
    positive = [float(score) for score in range(1, 11)]
    assert refused_at(1.0, positive, [0.0, 0.5, 1.0, 9.0]) == 0.5
    assert refused_at(0.9, positive, [0.0, 0.5, 1.0, 9.0]) == 0.75
    assert refused_at(0.85, positive, [1.5, 2.0]) == 0.5
    assert refused_at(0.9, [1.0], [0.0]) == 1.0
    assert refused_at(0.9, [], [0.0]) is refused_at(0.9, [1.0], []) is None


@given(SCORES, SCORES)
def test_auroc_is_the_share_of_pairs_in_the_right_order(positive: list[float], negative: list[float]) -> None:
    won = [
        1.0 if score > other else 0.5 if score == other else 0.0 for score in positive for other in negative
    ]
    assert auroc(positive, negative) == pytest.approx(sum(won) / len(won))


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("The U.S. “Army”", "us army"),
        ("A well-known\n fact", "wellknown fact"),
        ("another theme", "another theme"),
        ("$12!", "12"),
        ("the", ""),
        ("Ärzte, ½", "ärzte ½"),
    ],
)
def test_answers_are_compared_as_squad_does(text: str, normal: str) -> None:
    assert normal_form(text) == normal


def test_a_quote_that_holds_one_of_the_answers() -> None:
    assert holds_answer("It cost the U.S. nearly $12.", False, ["ten", "US nearly 12"])
    assert not holds_answer("It cost nearly $12.", True, ["thirteen"])  # the span does not count


def test_an_answer_that_is_not_compared_by_its_words_counts_by_its_span() -> None:
    long = "x" * 101
    for answers in (None, [long], ["The"], [long, "jam"]):
        assert holds_answer("Bears like honey.", True, answers)
        assert not holds_answer("Bears like honey.", False, answers)
    assert holds_answer("Bears like jam.", False, [long, "jam"])
    assert phrases([long, "the jam", "x" * 100, "?"]) == ["jam", "x" * 100]
