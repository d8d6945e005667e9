"""Quotes -> citations: where in its article each stands, and a link that opens there."""

from __future__ import annotations

import bisect
from collections.abc import Mapping, Sequence

from index.protocols import Search
from index.text import paragraph_starts
from index.types import Article, Passage
from retrieval.quote.links import link_to_words
from retrieval.types import Citation, Quote


def cite(quotes: Sequence[Quote], where: Mapping[Passage, Search]) -> list[Citation]:
    """Return a citation for each quote, numbered from 1, without those whose article has been removed."""
    citations: list[Citation] = []
    for quote in quotes:
        search = where[quote.passage]
        article = search.article(quote.passage.article_id)
        if article is None:
            continue
        page = bisect.bisect_right(article.pages, quote.start) or None
        link = link_to_words(article.url, quote.text, page) if article.url else None
        paragraph = max(1, bisect.bisect_right(paragraphs_of(article), quote.start))
        citations.append(Citation(len(citations) + 1, search.name, quote, article, paragraph, page, link))
    return citations


def paragraphs_of(article: Article | None) -> list[int]:
    """Return where the paragraphs of ``article`` begin, in order; none where the article is gone."""
    return paragraph_starts(article.text) if article else []
