"""An Answer as text for a terminal: the words between bars, the citation under them."""

from __future__ import annotations

import textwrap
from dataclasses import replace
from datetime import date

from retrieval.talk import talk_of
from retrieval.types import Answer, Citation, Quote, Speaker

NOTHING = "No article answers that: nothing in them comes close."
CLOSE = "No article answers that. One is about it, but does not say."
GREETING = "Hello! Ask a question, and you get the words of the articles that answer it."
THANKS = "You are welcome."
BOLD, PLAIN = "\x1b[1m", "\x1b[0m"


def to_text(answer: Answer, *, width: int, bold: bool) -> str:
    """``answer``, quotes in lines of at most ``width``; with ``bold`` what answers stands out.

    Above it the question in brackets, where it was taken for another than the one asked.
    """
    if answer.understood:
        taken = textwrap.wrap(f"({answer.understood})", max(20, width))
        return "\n".join([*taken, to_text(replace(answer, understood=None), width=width, bold=bold)])
    if answer.kind == "talk":
        return THANKS if talk_of(answer.question) == "thanks" else GREETING
    if not answer.answered:
        return refusal(answer)
    return "\n\n".join(_cited(citation, width, bold) for citation in answer.citations)


def refusal(answer: Answer) -> str:
    """Why nothing is quoted: nothing is close, what is close does not say, or the language is another."""
    match answer.reason:
        case "close":
            return CLOSE
        case "language":
            return f"The articles cannot be searched in this language; ask in {answer.facts['languages']}."
        case "nothing" | "answered":
            return NOTHING


def source_line(citation: Citation) -> str:
    """Title, publisher, date and place, without what is unknown: ``title, 18 March 2022 · ¶ 3``.

    Before them who is quoted, where one person is: ``Jane Roe (mayor of Leeds), in “title”, … · ¶ 3``.
    """
    article, speaker = citation.article, citation.quote.speaker
    title = f"{named(speaker)}, in “{article.title}”" if speaker else article.title
    parts = [title, article.publisher, article.published and written_out(article.published)]
    place = f"p. {citation.page}" if citation.page else f"¶ {citation.paragraph}"
    return f"{', '.join(part for part in parts if part)} · {place}"


def named(speaker: Speaker) -> str:
    """The name, and the office where it is known: ``Jane Roe (mayor of Leeds)``."""
    return f"{speaker.name} ({speaker.role})" if speaker.role else speaker.name


def written_out(day: date) -> str:
    """``day`` as a reader writes it: 18 March 2022."""
    return f"{day.day} {day:%B %Y}"


def _cited(citation: Citation, width: int, bold: bool) -> str:
    lines = textwrap.wrap(citation.quote.text, max(20, width - 2))
    if bold:
        lines = _mark(lines, citation.quote)
    source = [f"— {source_line(citation)}", *([citation.link] if citation.link else [])]
    return "\n".join([*(f"▎ {line}" for line in lines), *source])


def _mark(lines: list[str], quote: Quote) -> list[str]:
    """The lines with what answers in bold, where it is not all of the quote."""
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
