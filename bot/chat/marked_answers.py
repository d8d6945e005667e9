"""An answer as marked text, which each surface with bold, quotations and links shows in its own way. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath

from bot.chat import texts
from bot.chat.answer_texts import (
    Directions,
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
from index.types import ArticleInfo
from retrieval.answers import AboutArticle, Answer, ArticleList, Quotes, Refusal, SmallTalk
from retrieval.types import Change, Citation, Quote

MAX_LISTED = 100
"""Articles in one list."""

LONGEST_TITLE, LONGEST_PUBLISHER = 140, 50
"""Characters in a list."""


def marked_answer(answer: Answer, directions: Directions) -> Marked:
    """Return the quotes of ``answer``, best first; what an article is about; a list; or what is said instead.

    Above quotes or a refusal stands the question, in italics, where it was taken for another than the one
    asked.
    """
    match answer:
        case Quotes(citations=citations, understood=understood):
            return marked_quotes(understood, citations)
        case Refusal(understood=understood):
            return _below(understood, [Marked(refusal(answer, directions))])
        case AboutArticle():
            return _about(answer)
        case ArticleList():
            return _list(answer, directions)
        case SmallTalk():
            return Marked(small_talk(answer, directions))


def marked_quotes(understood: str | None, citations: Sequence[Citation]) -> Marked:
    """Return these citations, in their order, under the question as it was taken."""
    return _below(understood, map(_citation, citations))


def marked_nearest(refused: Refusal, directions: Directions) -> Marked:
    """Return a refusal, and below it what comes nearest, as such."""
    above = [Marked(texts.above_nearest(len(refused.nearest)))] if refused.nearest else []
    parts = [Marked(refusal(refused, directions)), *above, *map(_citation, refused.nearest)]
    return _below(refused.understood, parts)


def _about(answer: AboutArticle) -> Marked:
    """Show the article's title, its key points each with its place, and what else is known."""
    title = titled(answer.article).all("bold")
    points = [_quote(cited.quote) + Marked("\n—") + _linked_place(cited) for cited in answer.citations]
    known = facts(answer)
    rest = [Marked("\n".join(known))] if known else []
    return joined("\n\n", [title, *points, *rest])


def _list(answer: ArticleList, directions: Directions) -> Marked:
    shown = answer.articles[:MAX_LISTED]
    lines = [Marked(above_list(answer, directions)), *(Marked("• ") + titled(article) for article in shown)]
    if len(answer.articles) > MAX_LISTED:
        lines.append(Marked(more_articles(len(answer.articles) - MAX_LISTED)))
    return joined("\n", lines)


def _below(understood: str | None, parts: Iterable[Marked]) -> Marked:
    taken = [Marked(one_line(understood)).all("italic")] if understood else []
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
    if citation.link:
        title = title.all("text_link", citation.link)
    speaker = citation.quote.speaker
    if speaker:
        title = Marked(f"{one_line(speaker_label(speaker))}, in “") + title + Marked("”")
    return Marked("— ") + joined(", ", [title, *_origin(citation.article)]) + Marked(" ·") + _place(citation)


def _place(citation: Citation) -> Marked:
    return Marked(f" {place(citation)}")


def _linked_place(citation: Citation) -> Marked:
    """Write the place alone, which opens there: of which article it is, stands above all quotes."""
    shown = _place(citation)
    return shown.all("text_link", citation.link) if citation.link else shown


def titled(article: ArticleInfo) -> Marked:
    """Return title, publisher and date of an article, as far as they are known; the title opens it."""
    title = Marked(shortened(_title_of(article), LONGEST_TITLE))
    if article.url:
        title = title.all("text_link", article.url)
    return joined(", ", [title, *_origin(article)])


def _title_of(article: ArticleInfo) -> str:
    """Return the title; without one the address, or the name of the file, without its folder."""
    source = article.source if "://" in article.source else PurePosixPath(article.source).name
    return one_line(article.title) or one_line(source)


def _origin(article: ArticleInfo) -> list[Marked]:
    name = shortened(one_line(article.publisher), LONGEST_PUBLISHER)
    publisher = [Marked(name)] if name else []
    return [*publisher, Marked(written_out(article.published))] if article.published else publisher


def one_line(text: str | None) -> str:
    """Return ``text`` with every white space made one space; "" for None."""
    return " ".join(text.split()) if text else ""
