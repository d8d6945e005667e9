"""What can be asked at all."""

from __future__ import annotations

from retrieval.types import QuestionError

MAX_QUESTION_CHARS = 1_000


def check_question(question: str) -> None:
    """Return if ``question`` can be asked; raise QuestionError with the way out if not."""
    if not question.strip():
        raise QuestionError("There is no question; ask about something the articles say.")
    if len(question) > MAX_QUESTION_CHARS:
        raise QuestionError(
            f"The question has {len(question):,} characters; ask it in {MAX_QUESTION_CHARS:,} at most."
        )
    if not any(char.isalnum() for char in question):
        raise QuestionError("There is no word in the question; ask in words.")
