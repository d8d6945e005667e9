from __future__ import annotations

from bot.limits import Limits, Rate


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_a_person_may_ask_in_a_burst_then_is_told_once_then_left_alone() -> None:
    clock = Clock()
    limits = Limits(Rate(6, 2), Rate(60, 60), clock)
    assert [limits.take(5, -1) for _ in range(5)] == ["go", "go", "tell", "ignore", "ignore"]
    assert limits.wait_s(5, -1) == 10.0
    assert limits.take(6, -1) == "go"
    clock.now += 10
    assert [limits.take(5, -1) for _ in range(3)] == ["go", "tell", "ignore"]


def test_a_chat_has_a_limit_of_its_own() -> None:
    clock = Clock()
    limits = Limits(Rate(60, 60), Rate(30, 3), clock)
    assert [limits.take(person, -1) for person in range(5)] == ["go", "go", "go", "tell", "ignore"]
    assert limits.take(9, -2) == "go"
    clock.now += 2
    assert limits.take(4, -1) == "go"


def test_what_is_refused_is_not_counted() -> None:
    clock = Clock()
    limits = Limits(Rate(60, 5), Rate(30, 1), clock)
    assert limits.take(5, -1) == "go"
    assert {limits.take(5, -1) for _ in range(9)} == {"tell", "ignore"}
    assert [limits.take(5, 5) for _ in range(5)] == ["go", "go", "go", "go", "tell"]


def test_a_bucket_does_not_run_over() -> None:
    clock = Clock()
    limits = Limits(Rate(60, 2), Rate(60, 60), clock)
    clock.now += 3600
    assert [limits.take(5, -1) for _ in range(3)] == ["go", "go", "tell"]
    assert limits.wait_s(7, -9) == 0.0
