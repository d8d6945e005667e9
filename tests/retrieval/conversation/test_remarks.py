"""Remarks among people and questions are told apart, as far as words alone can tell them."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.conversation import asks_something
from tests.command import ROOT

FILE = ROOT / "tests" / "files" / "chatter.jsonl"
WRITTEN = [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]


def told_apart(half: str) -> tuple[int, int, int]:
    """How many of a half there are, how many are told right, and how many questions are taken for remarks."""
    some = [row for row in WRITTEN if row["half"] == half]
    wrong = [row for row in some if asks_something(row["text"]) != row["asks"]]
    return len(some), len(some) - len(wrong), sum(row["asks"] for row in wrong)


def test_the_half_by_which_the_rules_were_written() -> None:
    assert told_apart("rules") == (200, 195, 0)


def test_the_half_that_was_not_looked_at() -> None:
    assert told_apart("held out") == (200, 196, 0)


@pytest.mark.parametrize("text", ["haha 😂", "Cem, I agree", "really?", "🙏", "how nice", "are you there?"])
def test_remarks(text: str) -> None:
    assert not asks_something(text)


@pytest.mark.parametrize(
    "text", ["and Russia?", "why?", "when was that", "Ben, do you know who won?", "tell me more about it"]
)
def test_questions(text: str) -> None:
    assert asks_something(text)


@given(st.text(max_size=400))
def test_any_text_is_one_or_the_other_and_what_is_long_is_judged_by_its_mark(text: str) -> None:
    assert asks_something(text) in {True, False}
    long = f"{text} {'word ' * 80}"
    assert asks_something(f"{long}?")
