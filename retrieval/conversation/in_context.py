"""What is meant by a question, which may be read twice: as it stands, and behind the one before it.

Two half-right readings of a follow-up are right more often than either: the passage that answers it is liked
by both (docs/quality.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.types import Embedder
from retrieval.conversation.conversation import Conversation
from retrieval.conversation.followups import Understood, understand
from retrieval.parser import Parser
from retrieval.types import Reading

SAME_SUBJECT = 0.5
"""From this cosine on, two questions are of one subject: of pairs of any two, 7 in 100 are as near."""


@dataclass(frozen=True, slots=True)
class Interpretation:
    """What is meant by a question, and the texts by which it is searched and read, the question first."""

    understood: Understood
    texts: tuple[str, ...]

    @property
    def rewritten(self) -> str | None:
        """How the question was taken, where it depends on others; else None."""
        return None if self.understood.before is None else self.understood.text


def interpret(
    question: str, conversation: Conversation, embedder: Embedder, parser: Parser | None
) -> Interpretation:
    """Return what is meant by ``question`` behind ``conversation``.

    Without a parser every question is taken as it stands.
    """
    if parser is None:
        return Interpretation(Understood(question, None), (question,))
    near = nearness(question, conversation, embedder)
    understood = understand(question, conversation, parser, near)
    return Interpretation(understood, texts_to_read(question, understood, conversation, near))


def nearness(question: str, conversation: Conversation, embedder: Embedder) -> float:
    """Return the cosine of ``question`` and the one before it; 0 for the first of a conversation."""
    if not conversation.turns:
        return 0.0
    before, own = embedder.embed_passages([conversation.turns[-1].question, question])
    return float(before @ own)


def texts_to_read(
    question: str, understood: Understood, conversation: Conversation, near: float
) -> tuple[str, ...]:
    """Return the one or two texts by which ``question`` is searched and read, the question itself first.

    The second is the question before it with this one behind: where this one depends on it, and where the two
    are so ``near`` that this one may leave out what is known.
    """
    own = understood.text if understood.is_complete else question
    if understood.before is None and near < SAME_SUBJECT:
        return (own,)
    return (own, f"{conversation.turns[-1].question} {question}")


def mean_readings(readings: Sequence[Sequence[Reading]]) -> list[Reading]:
    """Return a reading for each passage: the words of the one that answers best, the mean of all scores."""
    if len(readings) == 1:
        return [*readings[0]]
    merged = []
    for own in zip(*readings, strict=True):
        best = max(own, key=lambda reading: reading.answers)
        relevance = sum(reading.relevance for reading in own) / len(own)
        answers = sum(reading.answers for reading in own) / len(own)
        merged.append(replace(best, relevance=relevance, answers=answers))
    return merged
