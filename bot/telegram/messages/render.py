"""An answer, or a list of articles, as messages. Pure: it needs no network and no model."""

from __future__ import annotations

from collections.abc import Sequence

from bot.chat import texts
from bot.chat.answer_texts import ALL_ARTICLES, shortened, written_out
from bot.chat.marked_answers import (
    LONGEST_PUBLISHER,
    marked_answer,
    marked_nearest,
    marked_quotes,
    one_line,
    titled,
)
from bot.chat.marked_text import Marked, joined
from bot.telegram.messages.rendered import Rendered, messages
from index.types import ArticleInfo
from retrieval.answers import Answer, Refusal
from retrieval.types import Citation

PAGE = 10  # articles on one page, which is one message: longer titles are cut

DIRECTIONS = texts.directions(None)


def render_answer(answer: Answer) -> list[Rendered]:
    """Render an answer of any kind; see ``marked_answer``."""
    return messages(marked_answer(answer, DIRECTIONS))


def render_quotes(understood: str | None, citations: Sequence[Citation]) -> list[Rendered]:
    """Render these citations, in their order, under the question as it was taken."""
    return messages(marked_quotes(understood, citations))


def render_nearest(refused: Refusal) -> list[Rendered]:
    """Render a refusal, and below it what comes nearest, as such."""
    return messages(marked_nearest(refused, DIRECTIONS))


def newest_first(articles: Sequence[ArticleInfo]) -> list[ArticleInfo]:
    """Sort articles by their own date, those without one last; then by title."""
    return sorted(articles, key=_newest_first)


def page_count(articles: Sequence[ArticleInfo]) -> int:
    """Count the pages that articles fill."""
    return -(-len(articles) // PAGE)


def render_page(articles: Sequence[ArticleInfo], page: int, below: str = "") -> Rendered:
    """Render a page of what can be asked about, in the given order: PAGE articles; pages count from 0.

    ``below`` stands under them.
    """
    first = page * PAGE
    shown = articles[first : first + PAGE]
    above = ALL_ARTICLES
    if len(articles) > PAGE:
        above = texts.articles_from(first + 1, first + len(shown), len(articles))
    lines = [Marked(f"{number}. ") + titled(article) for number, article in enumerate(shown, first + 1)]
    listed = joined("\n", [Marked(above), *lines])
    return messages(joined("\n\n", [listed, Marked(below)]) if below else listed)[0]


def render_article(article: ArticleInfo) -> Rendered:
    """Render what is known of an article, a line for each fact."""
    lines = [titled(article).all("bold")]
    if article.author:
        lines.append(Marked(texts.by(shortened(one_line(article.author), LONGEST_PUBLISHER))))
    lines.append(Marked(texts.added_on(written_out(article.added.date()))))
    return messages(joined("\n", lines))[0]


def render_text(text: str) -> list[Rendered]:
    """Render plain text."""
    return messages(Marked(text))


def _newest_first(article: ArticleInfo) -> tuple[int, str, str]:
    return (-article.published.toordinal() if article.published else 0, article.title.casefold(), article.id)
