"""A question read twice: as it stands, and behind the one that was asked before it.

Two half-right readings of a follow-up are right more often than either: the passage that answers it is liked
by both (docs/quality.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from index.types import Embedder, Passage
from retrieval.conversation.conversation import Conversation
from retrieval.conversation.followups import Understood
from retrieval.retrieve import Candidates
from retrieval.types import Reading

SAME_SUBJECT = 0.5
"""From this cosine on, two questions are of one subject: of pairs of any two, 7 in 100 are as near."""

MORE = 4
"""Passages that are read for a question in context, besides those that are read for it alone."""


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


def join_candidates(texts: Sequence[str], found: Sequence[Candidates]) -> Candidates:
    """Return what the first text found, then the ``MORE`` best of each other text; near-duplicates once."""
    if len(found) == 1:
        return found[0]
    near_duplicates = found[0].near_duplicates
    fused = _joined([candidates.fused for candidates in found])
    instead = near_duplicates.instead(" ".join(texts), fused)
    return Candidates(
        _joined([candidates.nearest for candidates in found]),
        _joined([candidates.matching for candidates in found]),
        (
            *(passage for passage in fused if passage not in instead),
            *near_duplicates.variants(" ".join(texts), instead),
        ),
        {passage: search for candidates in found for passage, search in candidates.where.items()},
        near_duplicates,
    )


def _joined(found: Sequence[Sequence[Passage]]) -> tuple[Passage, ...]:
    return tuple(
        dict.fromkeys([*found[0], *(passage for passages in found[1:] for passage in passages[:MORE])])
    )


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
