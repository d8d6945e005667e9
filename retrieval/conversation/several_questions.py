"""Several questions asked at once: their answers as one."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import replace

from retrieval.retrieve import NearDuplicates
from retrieval.types import Answer, Citation, Reason

_BEST_FIRST: tuple[Reason, ...] = ("answered", "close", "nothing", "language")


def take_turns(
    question: str,
    answers: Sequence[Answer],
    quotes: int,
    more: int,
    seconds: Mapping[str, float],
    near_duplicates: NearDuplicates,
) -> Answer:
    """Return one answer to ``question`` out of its parts': the first citation of each, then the second.

    There are at most ``quotes``, but one for each part that is answered, and ``more`` beyond; none comes
    twice, nor what near-duplicates have of it. Its reason is the best of theirs.
    """
    reason = min((answer.reason for answer in answers), key=_BEST_FIRST.index)
    answered = [(*answer.citations, *answer.more) for answer in answers if answer.answered]
    shown = max(quotes, len(answered))
    found = _in_turn(answered, shown + more, near_duplicates)
    nearest = (
        _in_turn([answer.nearest for answer in answers], quotes, near_duplicates) if reason == "close" else ()
    )
    facts = next((answer.facts for answer in answers if answer.reason == reason), {})
    return Answer(
        question, None, "quotes", reason, found[:shown], nearest, facts, seconds, more=found[shown:]
    )


def _in_turn(
    lists: Sequence[Sequence[Citation]], limit: int, near_duplicates: NearDuplicates
) -> tuple[Citation, ...]:
    found: dict[tuple[str, int, int], Citation] = {}
    for row in itertools.zip_longest(*lists):
        for citation in filter(None, row):
            quote = citation.quote
            found.setdefault((citation.article.id, quote.start, quote.end), citation)
    first = near_duplicates.new([*found.values()], lambda citation: citation.quote)[:limit]
    return tuple(replace(citation, number=number) for number, citation in enumerate(first, start=1))
