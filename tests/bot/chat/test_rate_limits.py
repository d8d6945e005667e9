"""How much a person and a chat may ask, by exact counts; the clock is given with every question."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.chat import Rate, RateLimits


def taken(limits: RateLimits, *ats: float, person: int = 5, chat: int = -1) -> list[str]:
    return [limits.take(at, person=person, chat=chat) for at in ats]


def test_a_person_may_ask_in_a_burst_then_is_told_once_then_left_alone() -> None:
    limits = RateLimits(Rate(6, 2), Rate(60, 60))
    assert taken(limits, 100, 100, 100, 100, 100) == ["go", "go", "tell", "ignore", "ignore"]
    assert limits.wait_s(person=5, chat=-1) == 10.0
    assert taken(limits, 100, person=6) == ["go"]
    assert taken(limits, 110, 110) == ["go", "ignore"]


def test_who_goes_on_is_told_again_after_a_minute() -> None:
    limits = RateLimits(Rate(6, 2), Rate(60, 60))
    verdicts = [verdict for at in range(100, 230, 5) for verdict in taken(limits, at)]
    assert verdicts[:8] == ["go", "go", "go", "tell", "go", "ignore", "go", "ignore"]
    assert verdicts.count("tell") == 2
    assert verdicts.count("go") == 14  # two, and then one in ten seconds


def test_a_minute_after_the_last_word_there_is_another() -> None:
    limits = RateLimits(Rate(1, 2), Rate(60, 60))
    assert taken(limits, 0, 0, 0, 59, 60, 60) == ["go", "go", "tell", "ignore", "go", "tell"]


def test_who_waits_until_all_is_forgiven_is_told_anew() -> None:
    limits = RateLimits(Rate(6, 2), Rate(60, 60))
    assert taken(limits, 100, 100, 100, 100) == ["go", "go", "tell", "ignore"]
    assert taken(limits, 120, 120, 120, 120) == ["go", "go", "tell", "ignore"]


def test_a_chat_has_a_limit_of_its_own() -> None:
    limits = RateLimits(Rate(60, 60), Rate(30, 3))
    verdicts = [limits.take(0, person=person, chat=-1) for person in range(5)]
    assert verdicts == ["go", "go", "go", "tell", "ignore"]
    assert limits.take(0, person=9, chat=-2) == "go"
    assert limits.take(2, person=4, chat=-1) == "go"


def test_who_is_over_the_limit_of_a_chat_hears_how_long_that_lasts() -> None:
    limits = RateLimits(Rate(60, 60), Rate(6, 1))
    assert taken(limits, 0, 0) == ["go", "tell"]
    assert limits.wait_s(person=5, chat=-1) == 10.0
    assert limits.wait_s(person=5) == 0.0


def test_of_too_many_the_one_that_asked_longest_ago_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.chat.rate_limits.MAX_KEPT", 2)
    limits = RateLimits(Rate(60, 1), Rate(60, 1))
    assert [limits.take(0, person=person) for person in (1, 2, 1, 2)] == ["go", "go", "tell", "tell"]
    assert limits.take(0, person=3) == "go"
    assert [limits.take(0, person=person) for person in (2, 3, 1)] == ["ignore", "tell", "go"]


def test_who_was_told_is_over_the_limit_for_a_minute_and_nobody_else_is() -> None:
    limits = RateLimits(Rate(1, 2), Rate(60, 60))
    assert taken(limits, 100, 100) == ["go", "go"]
    assert not limits.is_over(100, person=5, chat=-1)
    assert taken(limits, 101) == ["tell"]
    assert [limits.is_over(at, person=5, chat=-1) for at in (100, 160.9, 161)] == [True, True, False]
    assert not limits.is_over(101, person=6, chat=-1)
    assert not limits.is_over(101, chat=-1)


def test_what_is_refused_is_not_counted() -> None:
    limits = RateLimits(Rate(60, 5), Rate(30, 1))
    assert taken(limits, 0) == ["go"]
    assert set(taken(limits, *[0] * 9)) == {"tell", "ignore"}
    assert taken(limits, *[0] * 5, chat=5) == ["go", "go", "go", "go", "tell"]


def test_a_bucket_does_not_run_over() -> None:
    limits = RateLimits(Rate(60, 2), Rate(60, 60))
    assert taken(limits, 0, 3600, 3600, 3600) == ["go", "go", "go", "tell"]
    assert limits.wait_s(person=7, chat=-9) == 0.0


def test_only_the_person_or_only_the_chat_can_be_counted() -> None:
    limits = RateLimits(Rate(60, 1), Rate(60, 2))
    assert limits.take(0, person=5) == "go"
    assert [limits.take(0, chat=-1) for _ in range(3)] == ["go", "go", "tell"]
    assert limits.take(0, person=5) == "tell"


@settings(deadline=None)
@given(st.lists(st.tuples(st.floats(-1e5, 1e5), st.integers(1, 3), st.integers(-2, 3)), max_size=60))
def test_no_clock_lets_anybody_ask_more_than_the_time_that_has_passed_allows(
    asked: list[tuple[float, int, int]],
) -> None:
    limits, latest = RateLimits(Rate(6, 3), Rate(12, 4)), -1e5
    first, gone = dict[tuple[str, int], float](), dict[tuple[str, int], int]()
    for at, person, chat in asked:
        latest = max(latest, at)
        for key in (("person", person), ("chat", chat)):
            first.setdefault(key, at)
        if limits.take(at, person=person, chat=chat) == "go":
            for key in {("person", person), ("chat", chat)}:
                gone[key] = gone.get(key, 0) + 1
    for (kind, number), count in gone.items():
        rate, burst = (6, 3) if kind == "person" else (12, 4)
        passed_s = latest - min(first[kind, number], latest)
        if kind == "person" or number < 0:
            assert count <= burst + passed_s * rate / 60 + 1e-6
