"""Whole sentences of an article, packed into passages of a size the embedder reads well."""

from __future__ import annotations

import bisect
from collections import Counter
from collections.abc import Callable, Sequence

from index.text.sentences import Span, paragraph_starts, sentence_spans
from index.types import Article, Passage

CountTokens = Callable[[Sequence[str]], Sequence[int]]

CHARS_A_TOKEN = 8
"""Text has about half as many. A word of ten thousand letters is one token to a model, and no quote."""


def split_article(article: Article, passage_tokens: int, count_tokens: CountTokens) -> list[Passage]:
    """Split ``article`` into passages, in order: together they hold every sentence, each once.

    None has more than ``passage_tokens`` tokens, or than CHARS_A_TOKEN characters for each of them. One ends
    early, from half its size on, rather than begin a paragraph it cannot finish. A sentence longer than a
    passage is cut at a space.
    """

    def sizes(texts: Sequence[str]) -> list[int]:
        return _sizes(texts, passage_tokens, count_tokens)

    spans, counts = _short_enough(article.text, sentence_spans(article.text), passage_tokens, sizes)
    paragraphs = paragraph_starts(article.text)
    paragraph_of = [bisect.bisect_right(paragraphs, start) for start, _ in spans]
    groups = _pack(spans, counts, paragraph_of, passage_tokens)
    return [
        Passage(article.id, start, end, article.text[start:end], context_at(article, start))
        for start, end in groups
    ]


def context_at(article: Article, start: int) -> str:
    """Return the title and the nearest heading above ``start``: what a passage there is about."""
    above = bisect.bisect_right(article.sections, start, key=lambda section: section.start)
    heading = [section.title for section in article.sections[max(0, above - 1) : above]]
    return " · ".join(dict.fromkeys([article.title, *heading]))


def _sizes(texts: Sequence[str], limit: int, count_tokens: CountTokens) -> list[int]:
    """Count the tokens of each text, one for CHARS_A_TOKEN characters at least.

    What is over the ``limit`` by its characters is not counted: a megabyte of brackets takes the tokenizer
    400 MB of memory.
    """
    sizes = [len(text) // CHARS_A_TOKEN for text in texts]
    short = [place for place, size in enumerate(sizes) if size <= limit]
    for place, count in zip(short, count_tokens([texts[place] for place in short]), strict=True):
        sizes[place] = max(sizes[place], count)
    return sizes


def _short_enough(
    text: str, spans: Sequence[Span], limit: int, count_tokens: CountTokens
) -> tuple[list[Span], list[int]]:
    """Return ``spans``, those over the ``limit`` cut, and how many tokens each has."""
    short: list[Span] = []
    counts: list[int] = []
    for span, count in zip(spans, count_tokens([text[start:end] for start, end in spans]), strict=True):
        pieces = [span] if count <= limit else _cut(text, span, limit, count_tokens)
        short += pieces
        counts += [count] if count <= limit else count_tokens([text[start:end] for start, end in pieces])
    return short, counts


def _cut(text: str, span: Span, limit: int, count_tokens: CountTokens) -> list[Span]:
    """Cut one endless sentence at spaces where it has any, into pieces of at most ``limit`` tokens."""
    pieces: list[Span] = []
    start, end = span
    while start < end:
        stop = min(end, start + 4 * limit)
        while count_tokens([text[start:stop]])[0] > limit:
            stop = start + max(1, (stop - start) * 3 // 4)
        if stop < end:
            space = max(text.rfind(" ", start, stop), text.rfind("\n", start, stop))
            stop = space if space > start else stop
        pieces.append((start, start + len(text[start:stop].rstrip())))
        start = stop
        while start < end and text[start].isspace():
            start += 1
    return pieces


def _pack(spans: Sequence[Span], counts: Sequence[int], paragraphs: Sequence[int], limit: int) -> list[Span]:
    groups: list[Span] = []
    paragraph_sizes: Counter[int] = Counter()
    for paragraph, count in zip(paragraphs, counts, strict=True):
        paragraph_sizes[paragraph] += count
    first = size = 0
    for number, count in enumerate(counts):
        begins = number > first and paragraphs[number] != paragraphs[number - 1]
        room = paragraph_sizes[paragraphs[number]] if begins and 2 * size >= limit else count
        if number > first and size + room > limit:
            groups.append((spans[first][0], spans[number - 1][1]))
            first, size = number, 0
        size += count
    if spans:
        groups.append((spans[first][0], spans[-1][1]))
    return groups
