"""What cannot be asked is told so, with the way out."""

from __future__ import annotations

import pytest

from retrieval.conversation import check_question
from retrieval.types import QuestionError

NO_QUESTION = "Please ask a question about the articles."
NO_WORD = "Please write your question in words."
TOO_LONG = "That's too long for a question (1,001 characters; 1,000 at most). Please shorten it."


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("", NO_QUESTION),
        (" \n\t\u00a0", NO_QUESTION),
        ("🦔🦔", NO_WORD),
        ("👨‍👩‍👧 ❤️!", NO_WORD),
        ("???", NO_WORD),
        ("x" * 1001, TOO_LONG),
        ("🦔" * 1001, TOO_LONG),
    ],
)
def test_what_cannot_be_asked(question: str, reason: str) -> None:
    with pytest.raises(QuestionError) as raised:
        check_question(question)
    assert str(raised.value) == reason


@pytest.mark.parametrize("question", ["x" * 1000, "習近平是誰？", "🦔 who?", 'jam? "AND (', "7"])
def test_what_can(question: str) -> None:
    check_question(question)
