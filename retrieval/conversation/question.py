"""What can be asked at all."""

from __future__ import annotations

import re

from retrieval.conversation.followups import is_bare_question
from retrieval.types import QuestionError

MAX_QUESTION_CHARS = 1_000
MOST_AT_ONCE = 3
"""The most questions in one text that are answered one by one."""

_ONE = re.compile(r"(?<![^?？])[^?？]++[?？]++")
_WORDS = 3


def check_question(question: str) -> None:
    """Return if ``question`` can be asked; raise QuestionError with the way out if not."""
    if not question.strip():
        raise QuestionError("Please ask a question about the articles.")
    if len(question) > MAX_QUESTION_CHARS:
        raise QuestionError(
            f"That's too long for a question ({len(question):,} characters; {MAX_QUESTION_CHARS:,} at "
            "most). Please shorten it."
        )
    if not any(char.isalnum() for char in question):
        raise QuestionError("Please write your question in words.")


def check_first_question(question: str) -> None:
    """Return if ``question`` can be the first of a conversation; raise QuestionError for a bare "why?"."""
    if is_bare_question(question):
        asked = question.strip().rstrip("?!. ").capitalize()
        raise QuestionError(f"I can't tell what “{asked}?” refers to. Please ask a full question.")


def questions_in(text: str) -> tuple[str, ...]:
    """Return the questions that are asked at once in ``text``, in order; ``text`` alone where it asks one.

    Each ends with its mark and has at least three words; more than three are taken as one text.
    """
    found = [question.strip() for question in _ONE.findall(text)]
    is_all = sum(map(len, _ONE.findall(text))) == len(text.rstrip())
    is_each = all(len(question.split()) >= _WORDS for question in found)
    return tuple(found) if is_all and is_each and 2 <= len(found) <= MOST_AT_ONCE else (text,)
