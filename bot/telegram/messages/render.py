"""An answer, or a list of articles, as messages. Pure: it needs no network and no model."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath

from bot.chat import texts
from bot.chat.answer_texts import (
    ALL_ARTICLES,
    above_list,
    facts,
    more_articles,
    place,
    refusal,
    shortened,
    small_talk,
    speaker_label,
    written_out,
)
from bot.chat.marked_text import Mark, Marked, joined
from bot.telegram.messages.links import can_be_opened
from bot.telegram.messages.rendered import Rendered, messages
from index.types import ArticleInfo
from retrieval.answers import AboutArticle, Answer, ArticleList, Quotes, Refusal, SmallTalk
from retrieval.types import Change, Citation, Quote

MAX_LISTED = 100  # articles in one list: two messages at most, in practice
PAGE = 10  # articles on one page, which is one message: longer titles are cut
LONGEST_TITLE, LONGEST_PUBLISHER = 140, 50

DIRECTIONS = texts.directions(None)


def render_answer(answer: Answer) -> list[Rendered]:
    """Render the quotes of ``answer``, best first; what an article is about; a list; or what is said instead.

    Above quotes or a refusal stands the question, in italics, where it was taken for another than the one
    asked.
    """
    match answer:
        case Quotes(citations=citations, understood=understood):
            return render_quotes(understood, citations)
        case Refusal(understood=understood):
            return messages(_below(understood, [Marked(refusal(answer, DIRECTIONS))]))
        case AboutArticle():
            return _about(answer)
        case ArticleList():
            return _list(answer)
        case SmallTalk():
            return render_text(small_talk(answer, DIRECTIONS))


def render_quotes(understood: str | None, citations: Sequence[Citation]) -> list[Rendered]:
    """Render these citations, in their order, under the question as it was taken."""
    return messages(_below(understood, map(_citation, citations)))


def render_nearest(refused: Refusal) -> list[Rendered]:
    """Render a refusal, and below it what comes nearest, as such."""
    above = [Marked(texts.ABOVE_NEAREST)] if refused.nearest else []
    parts = [Marked(refusal(refused, DIRECTIONS)), *above, *map(_citation, refused.nearest)]
    return messages(_below(refused.understood, parts))


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
    lines = [Marked(f"{number}. ") + _titled(article) for number, article in enumerate(shown, first + 1)]
    listed = joined("\n", [Marked(above), *lines])
    return messages(joined("\n\n", [listed, Marked(below)]) if below else listed)[0]


def render_article(article: ArticleInfo) -> Rendered:
    """Render what is known of an article, a line for each fact."""
    lines = [_titled(article).all("bold")]
    if article.author:
        lines.append(Marked(texts.by(shortened(_one_line(article.author), LONGEST_PUBLISHER))))
    lines.append(Marked(texts.added_on(written_out(article.added.date()))))
    return messages(joined("\n", lines))[0]


def render_text(text: str) -> list[Rendered]:
    """Render plain text."""
    return messages(Marked(text))


def _about(answer: AboutArticle) -> list[Rendered]:
    """Show the article's title, its key points each with its place, and what else is known."""
    title = _titled(answer.article).all("bold")
    points = [_quote(cited.quote) + Marked("\n—") + _linked_place(cited) for cited in answer.citations]
    known = facts(answer)
    rest = [Marked("\n".join(known))] if known else []
    return messages(joined("\n\n", [title, *points, *rest]))


def _list(answer: ArticleList) -> list[Rendered]:
    shown = answer.articles[:MAX_LISTED]
    lines = [Marked(above_list(answer, DIRECTIONS)), *(Marked("• ") + _titled(article) for article in shown)]
    if len(answer.articles) > MAX_LISTED:
        lines.append(Marked(more_articles(len(answer.articles) - MAX_LISTED)))
    return messages(joined("\n", lines))


def _below(understood: str | None, parts: Iterable[Marked]) -> Marked:
    taken = [Marked(_one_line(understood)).all("italic")] if understood else []
    return joined("\n\n", [*taken, *parts])


def _citation(citation: Citation) -> Marked:
    cited = _quote(citation.quote) + Marked("\n") + _source(citation)
    return cited + Marked("\n") + _changed(citation.change) if citation.change else cited


def _changed(change: Change) -> Marked:
    if change.now is None:
        return Marked(texts.CHANGED[change.kind]).all("italic")
    return (
        Marked(texts.CHANGED[change.kind]).all("italic") + Marked("\n") + Marked(change.now).all("blockquote")
    )


def _quote(quote: Quote) -> Marked:
    start, end = max(quote.best[0], quote.start), min(quote.best[1], quote.end)
    is_all = start >= end or (start, end) == (quote.start, quote.end)
    best = () if is_all else (Mark("bold", start - quote.start, end - quote.start),)
    return Marked(quote.text, best).all("blockquote")


def _source(citation: Citation) -> Marked:
    title = Marked(_title_of(citation.article))
    if citation.link and can_be_opened(citation.link):
        title = title.all("text_link", citation.link)
    speaker = citation.quote.speaker
    if speaker:
        title = Marked(f"{_one_line(speaker_label(speaker))}, in “") + title + Marked("”")
    return Marked("— ") + joined(", ", [title, *_origin(citation.article)]) + Marked(" ·") + _place(citation)


def _place(citation: Citation) -> Marked:
    return Marked(f" {place(citation)}")


def _linked_place(citation: Citation) -> Marked:
    """Write the place alone, which opens there: of which article it is, stands above all quotes."""
    shown = _place(citation)
    is_open = citation.link is not None and can_be_opened(citation.link)
    return shown.all("text_link", citation.link) if is_open else shown


def _titled(article: ArticleInfo) -> Marked:
    title = Marked(shortened(_title_of(article), LONGEST_TITLE))
    if article.url and can_be_opened(article.url):
        title = title.all("text_link", article.url)
    return joined(", ", [title, *_origin(article)])


def _title_of(article: ArticleInfo) -> str:
    """Return the title; without one the address, or the name of the file, without its folder."""
    source = article.source if "://" in article.source else PurePosixPath(article.source).name
    return _one_line(article.title) or _one_line(source)


def _origin(article: ArticleInfo) -> list[Marked]:
    name = shortened(_one_line(article.publisher), LONGEST_PUBLISHER)
    publisher = [Marked(name)] if name else []
    return [*publisher, Marked(written_out(article.published))] if article.published else publisher


def _one_line(text: str | None) -> str:
    return " ".join(text.split()) if text else ""


def _newest_first(article: ArticleInfo) -> tuple[int, str, str]:
    return (-article.published.toordinal() if article.published else 0, article.title.casefold(), article.id)
