"""An Answer as text for a terminal: the words between bars, the citation under them."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from bot.chat.answer_texts import (
    Directions,
    above_list,
    facts,
    more_articles,
    origin,
    place,
    refusal,
    small_talk,
    speaker_label,
    written_out,
)
from index.program import command
from index.types import ArticleInfo
from retrieval.answers import (
    AboutArticle,
    Answer,
    ArticleList,
    Quotes,
    Refusal,
    SmallTalk,
    understood_of,
)
from retrieval.types import Citation, Quote

MOST_LISTED = 100
BOLD, PLAIN = "\x1b[1m", "\x1b[0m"
ASK = "Ask a question about the articles, or try “What is this about?” or “Which articles do you have?”."
SEE_ARTICLES = "Ask “Which articles do you have?” to see what you can ask about."


def directions(option: str = "") -> Directions:
    """Return how things are done in a terminal; ``option`` is the one, behind a space, of the library."""
    return Directions(ASK, SEE_ARTICLES, f"Add some with {command(f'add PATH{option}')}.")


def to_text(answer: Answer, *, width: int, bold: bool, option: str = "") -> str:
    """Write ``answer`` with its quotes in lines of at most ``width``; with ``bold`` what answers stands out.

    Above it the question, where it was taken for another than the one asked. ``option`` is the one, behind a
    space, by which commands reach the library.
    """
    understood = understood_of(answer)
    taken = textwrap.wrap(f"Understood as: {understood}", max(20, width)) if understood else []
    match answer:
        case Quotes(citations=citations):
            text = "\n\n".join(_cited(citation, width, bold) for citation in citations)
        case AboutArticle():
            text = _about(answer, width, bold)
        case ArticleList(articles=articles):
            text = "\n".join([above_list(answer, directions(option)), *_lines(articles)])
        case Refusal():
            text = refusal(answer, directions(option))
        case SmallTalk():
            text = small_talk(answer, directions(option))
    return "\n".join([*taken, text])


def source_line(citation: Citation) -> str:
    """Write title, publisher, date and place, without what is unknown: ``title, 18 March 2022 · ¶ 3``.

    Before them who is quoted, where one person is: ``Jane Roe (mayor of Leeds), in “title”, … · ¶ 3``.
    """
    article, speaker = citation.article, citation.quote.speaker
    title = f"{speaker_label(speaker)}, in “{article.title}”" if speaker else article.title
    parts = [title, article.publisher, article.published and written_out(article.published)]
    return f"{', '.join(part for part in parts if part)} · {place(citation)}"


def _about(answer: AboutArticle, width: int, bold: bool) -> str:
    """Show the article's title, its key points each with its place, and what else is known."""
    title = origin(answer.article)
    points = [_placed(citation, width) for citation in answer.citations]
    known = "\n".join(textwrap.fill(line, width, break_on_hyphens=False) for line in facts(answer))
    return "\n\n".join(filter(None, [f"{BOLD}{title}{PLAIN}" if bold else title, *points, known]))


def _lines(articles: Sequence[ArticleInfo]) -> list[str]:
    lines = [f"• {origin(article)}" for article in articles[:MOST_LISTED]]
    return [*lines, more_articles(len(articles) - MOST_LISTED)] if len(articles) > MOST_LISTED else lines


def _placed(citation: Citation, width: int) -> str:
    """Write a quote and its place alone: of which article it is, stands above all of them."""
    lines = textwrap.wrap(" ".join(citation.quote.text.split()), max(20, width - 2))
    source = [f"— {place(citation)}", *([citation.link] if citation.link else [])]
    return "\n".join([*(f"▎ {line}" for line in lines), *source])


def _cited(citation: Citation, width: int, bold: bool) -> str:
    lines = textwrap.wrap(" ".join(citation.quote.text.split()), max(20, width - 2))
    if bold:
        lines = _mark(lines, citation.quote)
    source = [f"— {source_line(citation)}", *([citation.link] if citation.link else [])]
    return "\n".join([*(f"▎ {line}" for line in lines), *source])


def _mark(lines: list[str], quote: Quote) -> list[str]:
    """Return the lines with what answers in bold, where it is not all of the quote."""
    if quote.best == (quote.start, quote.end):
        return lines
    text = quote.text
    before = _visible(text[: quote.best[0] - quote.start])
    inside = before + _visible(text[quote.best[0] - quote.start : quote.best[1] - quote.start])
    marked, place = [], 0
    for line in lines:
        written, is_bold = [], False
        for char in line:
            if (before <= place < inside) != is_bold and not char.isspace():
                is_bold = not is_bold
                written.append(BOLD if is_bold else PLAIN)
            written.append(char)
            place += not char.isspace()
        marked.append("".join(written) + (PLAIN if is_bold else ""))
    return marked


def _visible(text: str) -> int:
    return sum(not char.isspace() for char in text)
