"""What has become of quoted words in the version of their article that is read now."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence

from index.protocols import Search
from index.text import sentence_spans
from index.types import Article
from retrieval.types import Change, Citation

LIKE = 0.6
"""From this share of matching characters on, 0 to 1, a sentence is the same one, reworded."""

TRIED = 20
"""Sentences that are compared, of those that share most words."""

_WORD = re.compile(r"\w+")


def change_since(citation: Citation, search: Search) -> Change | None:
    """Return how the words of ``citation`` read now; None where they are the newest, or all are gone."""
    newest = search.current_version(citation.article.source_id)
    if newest is None or newest.id == citation.article.id:
        return None
    return compared(citation.quote.text, newest)


def compared(words: str, newest: Article) -> Change:
    """Return what ``newest`` says in place of ``words``: a slice of it, where it says something alike."""
    if words in newest.text:
        return Change("kept", None)
    wanted = set(_WORD.findall(words.casefold()))
    spans = _rows(sentence_spans(newest.text), len(sentence_spans(words)))
    said = [newest.text[start:end] for start, end in spans]
    shared = sorted(said, key=lambda row: -len(wanted.intersection(_WORD.findall(row.casefold()))))
    alike = {row: _likeness(words, row) for row in shared[:TRIED]}
    best = max(alike, key=lambda row: alike[row], default="")
    return Change("reworded", best) if alike.get(best, 0.0) >= LIKE else Change("gone", None)


def _likeness(words: str, others: str) -> float:
    return difflib.SequenceMatcher(None, words, others, autojunk=False).ratio()


def _rows(spans: Sequence[tuple[int, int]], count: int) -> list[tuple[int, int]]:
    """Return every ``count`` sentences in a row; all of them, where there are fewer."""
    count = max(1, min(count, len(spans)))
    return [(first[0], last[1]) for first, last in zip(spans, spans[count - 1 :], strict=False)]
