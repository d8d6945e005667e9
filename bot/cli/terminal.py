"""An Answer as text for a terminal: the words between bars, the citation under them."""

from __future__ import annotations

import textwrap
from dataclasses import replace

from bot.chat.texts import speaker_label
from index.program import command
from retrieval.conversation import talk_of
from retrieval.summaries import facts_in_words, named_in_words, origin, written_out
from retrieval.types import Answer, Citation, Quote

NOTHING = "No article answers that: nothing in them comes close."
CLOSE = "No article answers that. One is about it, but does not say."
GREETING = "Hello! Ask a question, and you get the words of the articles that answer it."
THANKS = "You are welcome."
GOODBYE = "Goodbye!"
HOW = (
    "I answer questions about the articles in their own words: every answer is a quote, with the article and "
    "the paragraph it stands in. Ask about something they say, or “what is this about?”, “which articles do "
    "you have?”."
)
MOST_LISTED = 100
BOLD, PLAIN = "\x1b[1m", "\x1b[0m"


def to_text(answer: Answer, *, width: int, bold: bool, option: str = "") -> str:
    """Write ``answer`` with its quotes in lines of at most ``width``; with ``bold`` what answers stands out.

    Above it the question, where it was taken for another than the one asked. ``option`` is the one, behind a
    space, by which commands reach the library.
    """
    if answer.understood:
        taken = textwrap.wrap(f"Understood as: {answer.understood}", max(20, width))
        rest = replace(answer, understood=None)
        return "\n".join([*taken, to_text(rest, width=width, bold=bold, option=option)])
    if answer.kind == "talk":
        return {"thanks": THANKS, "goodbye": GOODBYE, "bot": HOW}.get(
            talk_of(answer.question) or "", GREETING
        )
    if answer.kind == "about":
        return _about(answer, width, bold, option)
    if not answer.answered:
        return refusal(answer)
    return "\n\n".join(_cited(citation, width, bold) for citation in answer.citations)


def no_articles(option: str) -> str:
    """Say that there is nothing to ask about, and how that changes; ``option`` reaches the library."""
    return f"There are no articles yet; add some with {command(f'add PATH{option}')}."


def refusal(answer: Answer) -> str:
    """Say why nothing is quoted: nothing is close, what is close does not say, or the language is another."""
    match answer.reason:
        case "close":
            return CLOSE
        case "language":
            return f"The articles cannot be searched in this language; ask in {answer.facts['languages']}."
        case "nothing" | "answered":
            return NOTHING


def source_line(citation: Citation) -> str:
    """Write title, publisher, date and place, without what is unknown: ``title, 18 March 2022 · ¶ 3``.

    Before them who is quoted, where one person is: ``Jane Roe (mayor of Leeds), in “title”, … · ¶ 3``.
    """
    article, speaker = citation.article, citation.quote.speaker
    title = f"{speaker_label(speaker)}, in “{article.title}”" if speaker else article.title
    parts = [title, article.publisher, article.published and written_out(article.published)]
    return f"{', '.join(part for part in parts if part)} · {_place(citation)}"


def _place(citation: Citation) -> str:
    return f"p. {citation.page}" if citation.page else f"¶ {citation.paragraph}"


def _about(answer: Answer, width: int, bold: bool, option: str) -> str:
    """Show the article's title, its key points each with its place, and what else is known; or a list."""
    if answer.facts.get("articles") == "0":
        return no_articles(option)
    if "articles" in answer.facts:
        return _list(answer)
    title = origin(answer.articles[0])
    points = [_placed(citation, width) for citation in answer.citations]
    rest = [facts_in_words(answer.facts), *named_in_words(answer.facts)]
    lines = "\n".join(textwrap.fill(line, width, break_on_hyphens=False) for line in rest if line)
    return "\n\n".join(filter(None, [f"{BOLD}{title}{PLAIN}" if bold else title, *points, lines]))


def _list(answer: Answer) -> str:
    topic = answer.facts.get("topic")
    if not answer.articles:
        return f"No article is about {topic}. Ask “which articles do you have?” to see all."
    lines = [f"• {origin(article)}" for article in answer.articles[:MOST_LISTED]]
    if len(answer.articles) > MOST_LISTED:
        lines.append(f"and {len(answer.articles) - MOST_LISTED} more.")
    return "\n".join([f"Articles about {topic}:" if topic else "Articles to ask about:", *lines])


def _placed(citation: Citation, width: int) -> str:
    """Write a quote and its place alone: of which article it is, stands above all of them."""
    lines = textwrap.wrap(" ".join(citation.quote.text.split()), max(20, width - 2))
    place = [f"— {_place(citation)}", *([citation.link] if citation.link else [])]
    return "\n".join([*(f"▎ {line}" for line in lines), *place])


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
