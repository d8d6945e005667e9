"""Questions about an article rather than in it are told from all others by their words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.summaries import parse_article_question

FILE = Path(__file__).parents[2] / "files" / "about_questions.jsonl"
QUESTIONS = [json.loads(line) for line in FILE.read_text("utf-8").splitlines()]


def aspects(question: str) -> list[str]:
    found = parse_article_question(question)
    return [] if found is None or found.is_titled else list(found.aspects)


def test_there_are_enough_of_both() -> None:
    about = [entry for entry in QUESTIONS if entry["about"]]
    assert len(about) >= 40
    assert len(QUESTIONS) - len(about) >= 200


@pytest.mark.parametrize("entry", QUESTIONS, ids=lambda entry: entry["question"])
def test_each_is_taken_for_what_it_is(entry: dict[str, object]) -> None:
    assert aspects(str(entry["question"])) == entry["about"]


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("What is the Blinken article about?", "Blinken"),
        ("summarise the article about China and Russia", "China and Russia"),
        ("Which articles do you have about Xi Jinping?", "Xi Jinping"),
        ("What is this about?", ""),
    ],
)
def test_what_names_it_is_kept_as_written(question: str, named: str) -> None:
    found = parse_article_question(question)
    assert found is not None
    assert found.named == named


def test_a_summary_of_something_is_one_only_of_a_title() -> None:
    found = parse_article_question("Summarise the causes of the war")
    assert found is not None
    assert (found.named, found.is_titled) == ("the causes of the war", True)


@given(st.text(max_size=400))
def test_any_text_can_be_looked_at(text: str) -> None:
    found = parse_article_question(text)
    assert found is None or len({*found.aspects}) == len(found.aspects) > 0
