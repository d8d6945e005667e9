"""An Answer as the JSON object that `verbatim ask --json` prints."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.chat.answer_texts import without_quotes
from bot.cli.terminal import directions
from index.types import ArticleInfo
from retrieval.answers import AboutArticle, Answer, ArticleList, Refusal, citations_of, understood_of
from retrieval.types import Citation


def to_object(answer: Answer, option: str = "") -> dict[str, Any]:
    """Return ``answer`` in plain values; what does not apply is None.

    ``option`` is the one, behind a space, by which commands reach the library.
    """
    return {
        "question": answer.question,
        "understood": understood_of(answer),
        "kind": answer.kind,
        "answered": answer.reason == "answered",
        "reason": answer.reason,
        "text": without_quotes(answer, directions(option)) or None,
        "facts": _facts(answer),
        "articles": [_article(article) for article in _articles(answer)],
        "citations": [_citation(citation) for citation in citations_of(answer)],
        "nearest": [_citation(c) for c in answer.nearest] if isinstance(answer, Refusal) else [],
        "seconds": dict(answer.seconds),
    }


def _facts(answer: Answer) -> dict[str, Any]:
    """Return what is asked for of an article, None where it does not say; or what a list is made of."""
    match answer:
        case AboutArticle(article=article, length=length):
            known = {
                "author": article.author,
                "published": article.published.isoformat() if article.published else None,
                "publisher": article.publisher,
                "link": article.url,
                "length": length
                and {"words": length.words, "minutes": length.minutes, "pages": length.pages},
                "people": list(answer.people),
                "places": list(answer.places),
            }
            asked = {*answer.asked, *(("people", "places") if "summary" in answer.asked else ())}
            return {name: value for name, value in known.items() if name in asked}
        case ArticleList():
            return {"articles": answer.among, "topic": answer.topic}
        case Refusal(reason="language"):
            return {"languages": list(answer.languages)}
        case _:
            return {}


def _articles(answer: Answer) -> Sequence[ArticleInfo]:
    match answer:
        case AboutArticle(article=article):
            return [article]
        case ArticleList(articles=articles):
            return articles
        case _:
            return []


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
        "section": citation.section,
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
