"""An answer, or a list of articles, as messages. Pure: it needs no network and no model."""

from __future__ import annotations

from collections.abc import Sequence

from telegram import MessageEntity

from bot import texts
from bot.rendered import Mark, Marked, Rendered, joined, messages
from index.types import ArticleInfo
from retrieval.terminal import named, written_out
from retrieval.types import Answer, Citation, Quote

MAX_LISTED = 100  # articles in one list: two messages at most, in practice


def render_answer(answer: Answer) -> list[Rendered]:
    """The citations of ``answer``, best first; or one sentence saying why there are none.

    Above them the question, in italics, where it was taken for another than the one asked.
    """
    parts = [*map(_citation, answer.citations)] or [Marked(_refusal(answer))]
    if answer.understood:
        parts.insert(0, Marked(_one_line(answer.understood)).all(MessageEntity.ITALIC))
    return messages(joined("\n\n", parts))


def render_articles(articles: Sequence[ArticleInfo]) -> list[Rendered]:
    """What can be asked about: newest first, those without a date last, 100 at most and how many more."""
    newest = sorted(articles, key=_newest_first)
    lines = [Marked(texts.ARTICLES), *map(_listed, newest[:MAX_LISTED])]
    if len(newest) > MAX_LISTED:
        lines.append(Marked(texts.more_articles(len(newest) - MAX_LISTED)))
    return messages(joined("\n", lines))


def render_text(text: str) -> list[Rendered]:
    """Plain text."""
    return messages(Marked(text))


def _refusal(answer: Answer) -> str:
    match answer.reason:
        case "close":
            return texts.CLOSE
        case "language":
            return texts.language(answer.facts["languages"])
        case "nothing" | "answered":
            return texts.NOTHING


def _citation(citation: Citation) -> Marked:
    return _quote(citation.quote) + Marked("\n") + _source(citation)


def _quote(quote: Quote) -> Marked:
    start, end = max(quote.best[0], quote.start), min(quote.best[1], quote.end)
    is_all = start >= end or (start, end) == (quote.start, quote.end)
    best = () if is_all else (Mark(MessageEntity.BOLD, start - quote.start, end - quote.start),)
    return Marked(quote.text, best).all(MessageEntity.BLOCKQUOTE)


def _source(citation: Citation) -> Marked:
    title = Marked(_one_line(citation.article.title) or _one_line(citation.article.source))
    if citation.link:
        title = title.all(MessageEntity.TEXT_LINK, citation.link)
    speaker = citation.quote.speaker
    if speaker:
        title = Marked(f"{_one_line(named(speaker))}, in “") + title + Marked("”")
    place = f" · ¶ {citation.paragraph}" if citation.page is None else f" · p. {citation.page}"
    return Marked("— ") + joined(", ", [title, *_origin(citation.article)]) + Marked(place)


def _listed(article: ArticleInfo) -> Marked:
    title = Marked(_one_line(article.title) or _one_line(article.source))
    if article.url:
        title = title.all(MessageEntity.TEXT_LINK, article.url)
    return Marked("• ") + joined(", ", [title, *_origin(article)])


def _origin(article: ArticleInfo) -> list[Marked]:
    publisher = [Marked(_one_line(article.publisher))] if article.publisher else []
    return [*publisher, Marked(written_out(article.published))] if article.published else publisher


def _one_line(text: str | None) -> str:
    return " ".join(text.split()) if text else ""


def _newest_first(article: ArticleInfo) -> tuple[int, str, str]:
    return (-article.published.toordinal() if article.published else 0, article.title.casefold(), article.id)
