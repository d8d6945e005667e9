"""Questions with known answers, as JSON lines, by which the owner of a library measures it.

{"question": "What did China refuse to give?", "words": "aeroplane parts"}   a right quote holds the words
{"question": "Who is the king of France?", "words": null}                    the articles do not say
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from index.errors import OperatorError
from retrieval.conversation import check_question
from retrieval.evaluation.metrics import normal_form
from retrieval.types import QuestionError

FORM = '{"question": "…", "words": "…"}, or "words": null where the articles do not answer'


class KnownQuestionsError(OperatorError):
    """The file is not there, or a line of it does not have the form."""


@dataclass(frozen=True, slots=True)
class KnownQuestion:
    """A question, and the words that a right quote holds; None where the articles do not answer."""

    question: str
    words: str | None


class _Line(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid")
    question: str
    words: str | None


def read_known_questions(path: Path) -> list[KnownQuestion]:
    """Return the questions of ``path``, some with words and some without.

    Raises KnownQuestionsError with file, line and the way out.
    """
    try:
        lines = path.read_bytes().split(b"\n")  # not splitlines: a string may hold a separator of Unicode
    except OSError as error:
        raise KnownQuestionsError(f"{path} can't be read: {error.strerror}. Name a readable file.") from None
    known = [_read(path, number, line) for number, line in enumerate(lines, start=1) if line.strip()]
    if not known:
        raise KnownQuestionsError(f"{path} is empty. Write one question per line: {FORM}.")
    answerable = sum(question.words is not None for question in known)
    if answerable in {0, len(known)}:
        missing = "that they don't answer (null)" if answerable else "that the articles answer"
        raise KnownQuestionsError(f"{path} has no question {missing}. It needs both kinds: add some.")
    return known


def _read(path: Path, number: int, line: bytes) -> KnownQuestion:
    try:
        parsed = _Line.model_validate_json(line)
    except ValidationError as error:
        raise _wrong(path, number, _mistake(error)) from None
    try:
        check_question(parsed.question)
    except QuestionError as error:
        raise _wrong(path, number, str(error).rstrip(".")) from None
    if parsed.words is not None and not normal_form(parsed.words):
        raise _wrong(path, number, "words contains no word to find in a quote; write some, or null")
    return KnownQuestion(parsed.question, parsed.words)


def _mistake(error: ValidationError) -> str:
    mistake = error.errors(include_url=False)[0]
    field = ".".join(str(part) for part in mistake["loc"])
    match mistake["type"]:
        case "json_invalid":
            return f"this isn't JSON; write {FORM}"
        case "missing":
            return f"{field} is missing; write {FORM}"
        case "extra_forbidden":
            return f"{field} isn't a known field; write {FORM}"
    return f"{field or 'the line'} is {mistake['input']!r:.60}; write {FORM}"


def _wrong(path: Path, number: int, mistake: str) -> KnownQuestionsError:
    return KnownQuestionsError(f"{path}:{number}: {mistake}.")
