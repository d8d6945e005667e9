"""What is added: files made of the texts of a question set."""

from __future__ import annotations

import html
import itertools
import json
import textwrap
from collections.abc import Sequence
from pathlib import Path

from index.types import Article
from tests.documents import make_pdf

PARAGRAPHS = 2  # of an article
LINES, LINE = 30, 68  # of a page; the most characters of a line
TOP, LEADING = 530.0, 15.0


def write_markdown(articles: Sequence[Article], count: int, folder: Path) -> Path:
    """Write ``count`` articles of a few paragraphs of the texts, each to a file; return ``folder``."""
    folder.mkdir()
    for number, (title, text) in enumerate(_cut(articles, count)):
        head = f"---\ntitle: {json.dumps(title)}\n---\n\n"
        (folder / f"{number:05}.md").write_text(head + text, encoding="utf-8")
    return folder


def write_html(articles: Sequence[Article], count: int, folder: Path) -> Path:
    """Write ``count`` articles of a few paragraphs of the texts as web pages; return ``folder``."""
    folder.mkdir()
    for number, (title, text) in enumerate(_cut(articles, count)):
        name = html.escape(title)
        body = "\n".join(f"<p>{html.escape(paragraph)}</p>" for paragraph in text.split("\n\n"))
        page = (
            f"<html><head><title>{name}</title></head><body><article><h1>{name}</h1>{body}</article></body>"
        )
        (folder / f"{number:05}.html").write_text(page, encoding="utf-8")
    return folder


def write_pdf(articles: Sequence[Article], pages: int, folder: Path) -> Path:
    """Write a PDF of ``pages`` pages with running title, text and page number; return ``folder``."""
    folder.mkdir()
    paragraphs = [paragraph for article in articles for paragraph in article.text.split("\n\n")]
    lines = itertools.cycle(
        line.encode("cp1252", "replace").decode("cp1252")
        for paragraph in paragraphs
        for line in textwrap.wrap(paragraph, LINE)
    )
    contents = [
        [
            (40.0, 565.0, 8.0, "A long report"),
            *((40.0, TOP - LEADING * row, 10.0, next(lines)) for row in range(LINES)),
            (380.0, 25.0, 8.0, str(page)),
        ]
        for page in range(1, pages + 1)
    ]
    (folder / "report.pdf").write_bytes(make_pdf(contents))
    return folder


def _cut(articles: Sequence[Article], count: int) -> list[tuple[str, str]]:
    """Return title and words of ``count`` articles, PARAGRAPHS each, taken again when they are used up."""
    parts = []
    for article in articles:
        paragraphs = article.text.split("\n\n")
        for first in range(0, len(paragraphs), PARAGRAPHS):
            parts.append((article.title, "\n\n".join(paragraphs[first : first + PARAGRAPHS])))
    again = itertools.islice(itertools.cycle(parts), count)
    return [(f"{title} {number}", text) for number, (title, text) in enumerate(again, start=1)]
