"""An Answer as the JSON object that `verbatim ask --json` prints."""

from __future__ import annotations

from typing import Any

from index.types import ArticleInfo
from retrieval.types import Answer, Citation


def to_object(answer: Answer) -> dict[str, Any]:
    """Return ``answer`` in plain values; what does not apply is None."""
    return {
        "question": answer.question,
        "understood": answer.understood,
        "kind": answer.kind,
        "answered": answer.answered,
        "reason": answer.reason,
        "facts": dict(answer.facts),
        "articles": [_article(article) for article in answer.articles],
        "citations": [_citation(citation) for citation in answer.citations],
        "nearest": [_citation(citation) for citation in answer.nearest],
        "seconds": dict(answer.seconds),
    }


def _citation(citation: Citation) -> dict[str, Any]:
    quote, article = citation.quote, citation.article
    return {
        "number": citation.number,
        "library": citation.library,
        "quote": quote.text,
        "best": quote.passage.cut(*quote.best).text,
        "context": quote.passage.text,
        "score": round(quote.score, 4),
        "speaker": quote.speaker.name if quote.speaker else None,
        "role": quote.speaker.role if quote.speaker else None,
        "article": _article(article),
        "start": quote.start,
        "end": quote.end,
        "paragraph": citation.paragraph,
        "page": citation.page,
        "link": citation.link,
    }


def _article(article: ArticleInfo) -> dict[str, Any]:
    return {
        "id": article.id,
        "source": article.source,
        "title": article.title,
        "author": article.author,
        "publisher": article.publisher,
        "published": article.published.isoformat() if article.published else None,
        "url": article.url,
    }
