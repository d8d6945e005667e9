"""Several questions asked at once: their answers as one."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import replace

from retrieval.answers import Answer, Quotes, Refusal, citations_of
from retrieval.retrieve import NearDuplicates
from retrieval.types import Citation

_BEST_FIRST = ("close", "nothing", "language")


def take_turns(
    question: str,
    answers: Sequence[Answer],
    quotes: int,
    more: int,
    seconds: Mapping[str, float],
    near_duplicates: NearDuplicates,
) -> Quotes | Refusal:
    """Return one answer to ``question`` out of its parts': the first citation of each, then the second.

    There are at most ``quotes``, but one for each part that is answered, and ``more`` beyond; none comes
    twice, nor what near-duplicates have of it. Where none is answered, it is refused for the best of their
    reasons.
    """
    cited = [[*citations_of(answer), *_more(answer)] for answer in answers if citations_of(answer)]
    if cited:
        shown = max(quotes, len(cited))
        found = _in_turn(cited, shown + more, near_duplicates)
        return Quotes(question, found[:shown], found[shown:], seconds=seconds)
    refusals = [answer for answer in answers if isinstance(answer, Refusal)]
    best = min(refusals, key=lambda refusal: _BEST_FIRST.index(refusal.reason), default=None)
    if best is None:
        return Refusal(question, "nothing", seconds=seconds)
    nearest = _in_turn([answer.nearest for answer in refusals], quotes, near_duplicates)
    return replace(best, question=question, understood=None, nearest=nearest, seconds=seconds)


def _more(answer: Answer) -> Sequence[Citation]:
    return answer.more if isinstance(answer, Quotes) else ()


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
