"""Several rankings become one."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from retrieval.retrieve.fusion import fuse

RANKINGS = st.lists(st.lists(st.integers(0, 12), unique=True, max_size=12), max_size=5)


def ranks_of(item: int, rankings: Sequence[Sequence[int]]) -> list[int]:
    return sorted(ranking.index(item) for ranking in rankings if item in ranking)


def test_two_rankings_by_hand() -> None:
    # b: 1/12 + 1/11, a: 1/11, c: 1/12
    assert fuse([["a", "b"], ["b", "c"]]) == ["b", "a", "c"]


@pytest.mark.parametrize(("place", "first"), [(11, "both"), (13, "one")])
def test_the_top_of_one_ranking_is_worth_twelfth_place_in_two(place: int, first: str) -> None:
    # 1/11 in one ranking is 2/22 in two.
    below = [[f"{name}{rank}" for rank in range(1, place)] + ["both"] for name in "xy"]
    fused = fuse([["one"], *below])
    assert min(fused.index("both"), fused.index("one")) == fused.index(first)


def test_of_equal_ones_the_first_seen_leads() -> None:
    assert fuse([["a", "b"], ["b", "a"]]) == ["a", "b"]
    assert fuse([["a"], ["b"], ["c"]]) == ["a", "b", "c"]


def test_an_item_named_twice_in_a_ranking_counts_once_at_its_better_place() -> None:
    # a: 1/11; b: 1/12 + 1/11. Counted twice, a would have 1/11 + 1/12, and lead.
    assert fuse([["a", "b", "a"], ["b"]]) == ["b", "a"]
    assert fuse([["a", "a", "b"], ["c", "b"]]) == ["b", "a", "c"]


def test_nothing_found_is_nothing_fused() -> None:
    assert fuse([]) == []
    assert fuse([[], []]) == []


SCORES = st.floats(-100, 100, width=16, allow_subnormal=False)
"""Scaled, they stay apart: half of the smallest float would be 0."""


@given(RANKINGS)
def test_every_item_once(rankings: list[list[int]]) -> None:
    fused = fuse(rankings)
    assert sorted(fused) == sorted(set(chain.from_iterable(rankings)))


@given(st.lists(st.integers(), unique=True, max_size=12))
def test_one_ranking_stays_as_it_is(ranking: list[int]) -> None:
    assert fuse([ranking]) == ranking


@given(st.integers(0, 12), st.integers(0, 2))
def test_found_by_two_beats_found_by_one_at_the_same_rank(rank: int, place: int) -> None:
    both = [[f"{name}{i}" for i in range(rank)] + ["both"] for name in "xy"]
    single = [f"z{i}" for i in range(rank)] + ["one"]
    fused = fuse([*both[:place], single, *both[place:]])
    assert fused.index("both") < fused.index("one")


@given(RANKINGS)
def test_a_better_place_everywhere_is_a_better_place(rankings: list[list[int]]) -> None:
    fused = fuse(rankings)
    for worse in fused:
        for better in fused[fused.index(worse) + 1 :]:
            places = list(zip(ranks_of(better, rankings), ranks_of(worse, rankings), strict=False))
            more = len(ranks_of(better, rankings)) >= len(ranks_of(worse, rankings))
            assert not (more and all(rank < other for rank, other in places))


@given(RANKINGS)
def test_items_with_the_same_places_keep_the_order_in_which_they_were_seen(rankings: list[list[int]]) -> None:
    fused, seen = fuse(rankings), list(dict.fromkeys(chain.from_iterable(rankings)))
    for place, item in enumerate(fused):
        for other in fused[place + 1 :]:
            if ranks_of(item, rankings) == ranks_of(other, rankings):
                assert seen.index(item) < seen.index(other)


@given(RANKINGS, st.sampled_from([1, 2, 4]))
@example([[0, 12], [12, 0]], 2)
def test_only_ranks_count_so_counting_each_ranking_as_often_changes_nothing(
    rankings: list[list[int]], times: int
) -> None:
    assert fuse(rankings * times) == fuse(rankings)


@given(
    st.dictionaries(st.integers(), SCORES, max_size=9),
    st.dictionaries(st.integers(), SCORES, max_size=9),
    st.sampled_from([0.5, 2.0, 1024.0]),
)
def test_the_scale_of_a_score_does_not_matter(
    scores: dict[int, float], other: dict[int, float], scale: float
) -> None:
    def ranked(scores: dict[int, float]) -> list[int]:
        return sorted(scores, key=lambda item: -scores[item])

    scaled = {item: scale * score for item, score in other.items()}
    assert fuse([ranked(scores), ranked(scaled)]) == fuse([ranked(scores), ranked(other)])
