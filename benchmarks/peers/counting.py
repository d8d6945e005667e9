"""What peers gave -> figures. Pure.

Shares are of questions that the articles answer, 0 to 1; who shows nothing has missed. The first text shown
is right when its article is one that answers, by qrels. Whether a text holds an answer is judged as
``verbatim evaluate`` does; one of over 100 characters counts where eight words of its span stand in a row.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from benchmarks.peers.protocol import Shown
from retrieval.evaluation import Asked, QuestionSet, holds_answer, normal_form, share

READ_CHARS = 350
"""What is read at a glance: five or six lines of a message."""

ROW_WORDS = 8


@dataclass(frozen=True, slots=True)
class Reply:
    """What a peer showed to a question, best first, and how long it took."""

    shown: tuple[Shown, ...]
    seconds: float

    @property
    def text(self) -> str:
        """All that is shown, in order."""
        return "\n\n".join(shown.text for shown in self.shown)


@dataclass(frozen=True, slots=True)
class Found:
    """How well a peer answers what the articles answer; None where nothing was asked."""

    right_first: float | None
    answer_in_first_chars: float | None  # in the first READ_CHARS of what is shown
    answer_shown: float | None  # anywhere in it
    something_shown: float | None
    shown_chars: float | None  # median, of the questions to which anything was


def count_found(question_set: QuestionSet, asked: Sequence[Asked], replies: Sequence[Reply]) -> Found:
    """Return the figures for questions that the set answers, given the reply to each."""
    pairs = [*zip(asked, replies, strict=True)]
    chars = [len(reply.text) for reply in replies if reply.shown]
    return Found(
        right_first=share(
            bool(reply.shown) and reply.shown[0].article in question.gold for question, reply in pairs
        ),
        answer_in_first_chars=share(
            is_answered(question_set, question, reply.text[:READ_CHARS]) for question, reply in pairs
        ),
        answer_shown=share(is_answered(question_set, question, reply.text) for question, reply in pairs),
        something_shown=share(bool(reply.shown) for reply in replies),
        shown_chars=median(chars) if chars else None,
    )


def count_refused(replies: Sequence[Reply]) -> float | None:
    """Return the share of questions to which nothing was shown."""
    return share(not reply.shown for reply in replies)


def is_answered(question_set: QuestionSet, asked: Asked, text: str) -> bool:
    """Return whether ``text`` holds an answer. Peers say no span, so a span is known by its words."""
    spans = [question_set.texts[span.text_id].text[span.start : span.end] for span in asked.spans]
    return holds_answer(text, any(_shares_a_row(text, span) for span in spans), asked.answers)


def _shares_a_row(text: str, span: str) -> bool:
    """Return whether ROW_WORDS words of ``span``, or all if there are fewer, stand in ``text`` in a row."""
    words = normal_form(span).split()
    if not words:
        return False
    rows = [words[at : at + ROW_WORDS] for at in range(max(1, len(words) - ROW_WORDS + 1))]
    padded = f" {normal_form(text)} "
    return any(f" {' '.join(row)} " in padded for row in rows)
