"""An Answer as the one of its types that a test expects, and quotes as tests make them."""

from __future__ import annotations

from typing import Any

from index.types import Article, Passage
from retrieval.answers import AboutArticle, Answer, ArticleList, Quotes, Refusal
from retrieval.types import Citation, Quote


def quotes_in(answer: Answer) -> Quotes:
    """``answer``, which quotes."""
    assert isinstance(answer, Quotes), answer
    return answer


def refusal_in(answer: Answer) -> Refusal:
    """``answer``, which is a no."""
    assert isinstance(answer, Refusal), answer
    return answer


def about_in(answer: Answer) -> AboutArticle:
    """``answer``, which is about an article."""
    assert isinstance(answer, AboutArticle), answer
    return answer


def list_in(answer: Answer) -> ArticleList:
    """``answer``, which lists articles."""
    assert isinstance(answer, ArticleList), answer
    return answer


def shown_in(answer: Answer) -> tuple[Citation, ...]:
    """What ``answer`` cites, now or when somebody asks for more."""
    match answer:
        case Quotes():
            return (*answer.citations, *answer.more)
        case Refusal():
            return answer.nearest
        case AboutArticle():
            return answer.citations
        case _:
            return ()


def quote_at(
    article: Article,
    start: int,
    end: int,
    *,
    best: tuple[int, int] | None = None,
    score: float = 0.9,
    passage: Passage | None = None,
    library: str = "main",
    **fields: Any,
) -> Quote:
    """The words of ``article`` from ``start`` to ``end``; where nothing is said, all of them are the best."""
    whole = passage or Passage(article.id, 0, len(article.text), article.text)
    return Quote(library, article, whole, start, end, best or (start, end), score, **fields)
