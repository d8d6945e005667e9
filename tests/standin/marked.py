"""What stands in one message, as lines of plain text."""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Iterator
from urllib.parse import urlsplit

from tests.standin.events import Content, Mark

WIDTH = 88
BAR = "  │"
QUOTE = "▎"
SIGNS = {"bold": "**", "italic": "_", "code": "`", "pre": "`", "strikethrough": "~~", "spoiler": "||"}
QUOTES = frozenset({"blockquote", "expandable_blockquote"})
FOLDED = " ⌄"  # behind a quote that opens when it is tapped
LONGEST_URL = 40
MOST_LINES = 40  # of one message; of a longer one, so many at its beginning and few at its end
LINES_AT_END = 3


def lines_of(content: Content) -> list[str]:
    """The text with its marks, wrapped; what is attached to it; a row of buttons a line."""
    shown = [f"{BAR} ({content.attached})"] if content.attached else []
    if content.text:
        shown += _shortened(list(_lines(content)))
    return shown + [f"{BAR} {' '.join(f'[{button}]' for button in row)}" for row in content.buttons]


def one_line(text: str, chars: int) -> str:
    """The beginning of a text, cut between words; without what cannot be seen."""
    words = " ".join(visible(text).split())
    if len(words) <= chars:
        return words
    cut = words[: chars + 1].rpartition(" ")[0] or words[:chars]
    return f"{cut.rstrip(' ,;:.–—-')} …"


def wrapped(text: str, first: str = "", later: str = "") -> list[str]:
    """A line of text as several, if it is long; each begins as these say."""
    cut = textwrap.wrap(
        text,
        WIDTH,
        initial_indent=first,
        subsequent_indent=later,
        break_on_hyphens=False,
        replace_whitespace=False,
        drop_whitespace=True,
    )
    return [line.rstrip() for line in cut] or [first.rstrip()]


def visible(text: str) -> str:
    """Characters that show nothing, or turn the line around, by their number; joiners of emoji are left."""
    return "".join(_by_number(char) for char in text)


def _by_number(char: str) -> str:
    hides = unicodedata.category(char) in {"Cc", "Cf", "Zl", "Zp", "Co"} and char not in "\n\u200d"
    return f"‹U+{ord(char):04X}›" if hides else char


def _lines(content: Content) -> Iterator[str]:
    start = 0
    for line in content.text.split("\n"):
        end = start + len(line)
        quote = next(
            (mark for mark in content.marks if mark.type in QUOTES and mark.start <= start < mark.end), None
        )
        text = visible(_with_signs(content, start, end))
        if quote is not None and quote.type != "blockquote" and quote.end <= end:
            text += FOLDED
        begin = f"{BAR} {QUOTE} " if quote is not None else f"{BAR} "
        yield from wrapped(text, begin, begin)
        start = end + 1


def _with_signs(content: Content, start: int, end: int) -> str:
    """``text[start:end]`` with the signs of the marks that begin and end there."""
    shown = ""
    for at in range(start, end + 1):
        closing = [mark for mark in content.marks if mark.end == at and start < at]
        opening = [mark for mark in content.marks if mark.start == at and at < end]
        shown += "".join(_closed(mark, content) for mark in sorted(closing, key=lambda mark: -mark.start))
        shown += "".join(SIGNS.get(mark.type, "") for mark in sorted(opening, key=lambda mark: -mark.end))
        shown += content.text[at] if at < end else ""
    return shown


def _closed(mark: Mark, content: Content) -> str:
    if mark.type != "text_link" or mark.url == content.text[mark.start : mark.end]:
        return SIGNS.get(mark.type, "")
    return f" ({_short(mark.url)})"


def _short(url: str) -> str:
    parts = urlsplit(url)
    short = (parts.netloc.removeprefix("www.") + parts.path).rstrip("/")
    return short if len(short) <= LONGEST_URL else f"{short[: LONGEST_URL - 1]}…"


def _shortened(lines: list[str]) -> list[str]:
    if len(lines) <= MOST_LINES:
        return lines
    kept = MOST_LINES - LINES_AT_END - 1
    left_out = len(lines) - kept - LINES_AT_END
    return [*lines[:kept], f"{BAR} ⋮ ({left_out} more lines)", *lines[-LINES_AT_END:]]
