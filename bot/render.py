"""An answer, or a list of articles, as messages. Pure: it needs no network and no model."""

from __future__ import annotations

from collections.abc import Sequence

from telegram import MessageEntity

from bot import texts
from bot.rendered import Mark, Marked, Rendered, joined, messages
from index.types import ArticleInfo
from retrieval.about.facts import facts_in_words, named_in_words, written_out
from retrieval.terminal import named
from retrieval.types import Answer, Citation, Quote

MAX_LISTED = 100  # articles in one list: two messages at most, in practice


def render_answer(answer: Answer) -> list[Rendered]:
    """The citations of ``answer``, best first; what an article is about; or why there is nothing.

    Above them the question, in italics, where it was taken for another than the one asked.
    """
    if answer.kind == "about":
        return _about(answer)
    parts = [*map(_citation, answer.citations)] or [Marked(_refusal(answer))]
    if answer.understood:
        parts.insert(0, Marked(_one_line(answer.understood)).all(MessageEntity.ITALIC))
    return messages(joined("\n\n", parts))


def render_articles(articles: Sequence[ArticleInfo]) -> list[Rendered]:
    """What can be asked about: newest first, those without a date last, 100 at most and how many more."""
    return _list(texts.ARTICLES, sorted(articles, key=_newest_first))


def render_text(text: str) -> list[Rendered]:
    """Plain text."""
    return messages(Marked(text))


def _about(answer: Answer) -> list[Rendered]:
    """The article's title, its key points each with its place, and what else is known; or a list."""
    topic = answer.facts.get("topic")
    if answer.facts.get("articles") == "0":
        return render_text(texts.NO_ARTICLES)
    if "articles" in answer.facts:
        found = answer.articles
        return _list(texts.about(topic), found) if found else render_text(texts.none_about(topic or ""))
    title = _titled(answer.articles[0]).all(MessageEntity.BOLD)
    points = [_quote(cited.quote) + Marked("\n—") + _linked_place(cited) for cited in answer.citations]
    rest = [line for line in [facts_in_words(answer.facts), *named_in_words(answer.facts)] if line]
    return messages(joined("\n\n", [title, *points, *([Marked("\n".join(rest))] if rest else [])]))


def _list(above: str, articles: Sequence[ArticleInfo]) -> list[Rendered]:
    lines = [Marked(above), *(Marked("• ") + _titled(article) for article in articles[:MAX_LISTED])]
    if len(articles) > MAX_LISTED:
        lines.append(Marked(texts.more_articles(len(articles) - MAX_LISTED)))
    return messages(joined("\n", lines))


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
    return Marked("— ") + joined(", ", [title, *_origin(citation.article)]) + Marked(" ·") + _place(citation)


def _place(citation: Citation) -> Marked:
    place = f"¶ {citation.paragraph}" if citation.page is None else f"p. {citation.page}"
    return Marked(f" {place}")


def _linked_place(citation: Citation) -> Marked:
    """The place alone, which opens there: of which article, stands above all quotes."""
    place = _place(citation)
    return place.all(MessageEntity.TEXT_LINK, citation.link) if citation.link else place


def _titled(article: ArticleInfo) -> Marked:
    title = Marked(_one_line(article.title) or _one_line(article.source))
    if article.url:
        title = title.all(MessageEntity.TEXT_LINK, article.url)
    return joined(", ", [title, *_origin(article)])


def _origin(article: ArticleInfo) -> list[Marked]:
    publisher = [Marked(_one_line(article.publisher))] if article.publisher else []
    return [*publisher, Marked(written_out(article.published))] if article.published else publisher


def _one_line(text: str | None) -> str:
    return " ".join(text.split()) if text else ""


def _newest_first(article: ArticleInfo) -> tuple[int, str, str]:
    return (-article.published.toordinal() if article.published else 0, article.title.casefold(), article.id)
