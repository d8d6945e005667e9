"""Greetings and thanks are no questions; a question that begins with one is."""

from __future__ import annotations

import pytest

from retrieval.conversation import talk_of


@pytest.mark.parametrize(
    "text",
    ["hi", "Hello!", "HEY", "  good   morning ", "Hi there :)", "hello 👋", "Привет!", "hi all", "Hi, bot"],
)
def test_a_greeting(text: str) -> None:
    assert talk_of(text) == "greeting"


@pytest.mark.parametrize(
    "text", ["thanks", "Thank you!", "Thx :-)", "ok, thanks", "спасибо", "Many thanks 🙏"]
)
def test_thanks(text: str) -> None:
    assert talk_of(text) == "thanks"


@pytest.mark.parametrize(
    "text",
    [
        "hi, who called whom?",
        "thanks, and who is Biden?",
        "who says hello?",
        "hi hi",
        "",
        "🦔",
        "thank",
        "China",
    ],
)
def test_all_else_is_a_question(text: str) -> None:
    assert talk_of(text) is None
