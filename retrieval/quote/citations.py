"""Quotes -> citations: where in its article each stands, and a link that opens there. Pure."""

from __future__ import annotations

import bisect
from collections.abc import Sequence

from index.text import paragraph_starts
from retrieval.quote.links import link_to_words
from retrieval.types import Citation, Quote


def cite(quotes: Sequence[Quote]) -> tuple[Citation, ...]:
    """Return a citation for each quote, in order, numbered from 1."""
    articles = {quote.article.id: quote.article for quote in quotes}
    paragraphs = {article.id: paragraph_starts(article.text) for article in articles.values()}
    return tuple(
        _citation(number, quote, paragraphs[quote.article.id]) for number, quote in enumerate(quotes, start=1)
    )


def _citation(number: int, quote: Quote, paragraphs: Sequence[int]) -> Citation:
    article = quote.article
    page = bisect.bisect_right(article.pages, quote.start) or None
    link = link_to_words(article.url, quote.text, page) if article.url else None
    paragraph = max(1, bisect.bisect_right(paragraphs, quote.start))
    return Citation(number, quote, paragraph, page, link)
