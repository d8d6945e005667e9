"""One article through programs that people use comes out of every format the same."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.documents.article import read_article
from index.documents.extract import extract
from index.documents.formats.docx import extract_docx
from index.documents.formats.epub import extract_epub
from index.documents.formats.html import extract_html
from index.documents.formats.pdf import extract_pdf
from index.documents.formats.rtf import extract_rtf
from index.documents.normalize import normalize
from index.errors import SourceError
from index.types import Section
from tests.documents import DOCUMENTS, document

TEXT = extract(document("bears.md"), "bears.md").text
HEADINGS = ["What they eat", "Where they sleep", "What comes next"]
MADE, WRITTEN = date(2026, 11, 24), date(2022, 3, 18)


def plain(text: str) -> str:
    """Without the marks of Markdown, which are typographic elsewhere, and without the marks of lists."""
    text = text.replace("“", '"').replace("”", '"')
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("|--")]
    lines = [line.removeprefix("- ").removeprefix("• ") for line in lines]
    return "\n".join(" ".join(line.replace("|", " ").split()) for line in lines)


@pytest.mark.parametrize(
    ("name", "author", "publisher", "published", "language"),
    [
        ("pandoc.html", "A. Bear", None, WRITTEN, "en-GB"),
        ("pandoc.docx", "A. Bear", None, WRITTEN, "en-GB"),
        ("libreoffice.docx", "A. Bear", None, WRITTEN, "en-GB"),
        ("libreoffice.rtf", "A. Bear", None, WRITTEN, None),
        ("pandoc.epub", "A. Bear", "The Forest Press", WRITTEN, "en-GB"),
        ("libreoffice.pdf", "A. Bear", None, MADE, "en-GB"),
        ("chromium.pdf", None, None, None, "en-GB"),
        ("columns.pdf", None, None, None, "en-GB"),
    ],
)
def test_every_format_gives_the_same_article(
    name: str, author: str | None, publisher: str | None, published: date | None, language: str | None
) -> None:
    extracted = extract(document(name), name)
    text = plain(extracted.text)
    if name.endswith(".pdf"):
        text = text.removeprefix("A. Bear\n2022-03-18\n")  # a PDF does not say what its first lines are
    if name in ("chromium.pdf", "columns.pdf"):
        text = text.replace("1983 41", "Year Bears\n1983 41")  # bold, so a heading
    assert text == plain(TEXT)
    assert extracted.title == "The Bears of the North"
    assert (extracted.author, extracted.publisher) == (author, publisher)
    assert (extracted.published, extracted.language) == (published, language)
    assert [heading.title for heading in extracted.sections if heading.title != "Year Bears"] == HEADINGS
    assert [extracted.text[place : place + 11] for place in starts(extracted.sections)] == [
        "Bears in th",
        "The winter ",
        "The parliam",
    ]


def starts(sections: tuple[Section, ...]) -> list[int]:
    return [section.start for section in sections if section.title in HEADINGS]


@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("pandoc.html", "bears.txt"),
        ("pandoc.docx", "bears.epub"),
        ("libreoffice.rtf", "bears.docx"),
        ("pandoc.epub", "bears"),
        ("libreoffice.pdf", "bears.html"),
    ],
)
def test_what_a_file_is_called_does_not_matter(name: str, called: str) -> None:
    assert extract(document(name), called) == extract(document(name), name)


READERS = {
    "pandoc.html": extract_html,
    "pandoc.docx": extract_docx,
    "libreoffice.rtf": extract_rtf,
    "pandoc.epub": extract_epub,
    "libreoffice.pdf": extract_pdf,
}


@given(
    st.sampled_from(sorted(READERS)),
    st.floats(0, 1),
    st.lists(st.tuples(st.floats(0, 1), st.binary(max_size=4))),
)
@settings(max_examples=150, deadline=None, derandomize=True)
def test_damaged_files_are_an_article_or_refused(
    name: str, share: float, changes: list[tuple[float, bytes]]
) -> None:
    data = document(name)
    if changes:
        share = 1.0
    data = data[: int(share * len(data))]
    for place, new in changes:
        at = int(place * len(data))
        data = data[:at] + new + data[at + len(new) :]
    try:
        extracted = READERS[name](data, name)
    except SourceError:
        return
    assert extracted.text
    assert normalize(extracted.text).text == extracted.text == extracted.text.strip()
    assert all(0 <= section.start <= len(extracted.text) for section in extracted.sections)
    assert list(extracted.pages) == sorted(extracted.pages)


def test_pages_are_kept_with_the_article() -> None:
    article = read_article(DOCUMENTS / "libreoffice.pdf", Path())
    assert article.text[article.pages[1] :].startswith("they lost thirty sheep")
    assert len(article.pages) == 2


@pytest.mark.parametrize(
    ("name", "is_kept"),
    [
        ("libreoffice.pdf", True),
        ("pandoc.docx", True),
        ("libreoffice.rtf", True),
        ("pandoc.epub", True),
        ("pandoc.html", False),
        ("bears.md", False),
    ],
)
def test_the_file_goes_along_where_it_is_more_than_its_text(name: str, is_kept: bool) -> None:
    original = read_article(DOCUMENTS / name, Path()).original
    assert original == (document(name) if is_kept else None)
