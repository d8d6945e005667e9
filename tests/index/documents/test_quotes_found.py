"""Every sentence that may be quoted is a slice of the stored text, and stands in the file as it was given."""

from __future__ import annotations

import bisect
import io
import re
import unicodedata
import zipfile
from collections.abc import Callable

import pypdfium2
import pytest
from lxml import etree, html

from index.documents.article import make_article
from index.documents.extract import extract
from index.documents.formats.pdf import boxes
from index.documents.normalize import normalize
from index.ingest.ingest import split_for
from index.text import sentence_spans
from index.types import Article
from tests.documents import document, make_pdf
from tests.fakes import FakeEmbedder
from tests.index.documents.formats.test_html import ARTICLE, page

_WORD_TEXT = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"
TRICKY = page(
    "<nav>Home</nav><article><h1>Bears</h1><p>Bears &amp; foxes eat <b>j</b>am,&nbsp;honey<!-- no --> and\n "
    "  "
    "<i>ber</i>ries&#8212;“all&#160;day”.<br>They sleep in win&shy;ter, e\u0301ven in caf\u00e9s "
    "\U0001f43b.</p>"
    f"{ARTICLE}<table><tr><th>Animal<th>Food<tr><td>Fox<td>Eggs</table></article>"
)


def quotes(article: Article) -> list[tuple[int, int]]:
    """Where each sentence of each passage stands in the stored text."""
    found = []
    for passage in split_for(article, 40, FakeEmbedder()):
        assert passage.text == article.text[passage.start : passage.end]
        found += [(passage.start + start, passage.start + end) for start, end in sentence_spans(passage.text)]
    return found


def article_of(data: bytes, name: str) -> Article:
    return make_article(name, extract(data, name))


def joined(text: str) -> str:
    """In normal form, without white space, which a file may have where no reader sees it."""
    return "".join(normalize(text).text.split())


def of_html(data: bytes) -> str:
    return str(html.document_fromstring(data.decode()).body.text_content())


def of_docx(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        root = etree.fromstring(archive.read("word/document.xml"))
    return "".join(found.text or "" for found in root.iter(_WORD_TEXT))


def of_epub(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        chapters = [name for name in sorted(archive.namelist()) if name.endswith(".xhtml")]
        roots = [etree.fromstring(archive.read(name)) for name in chapters]
    return "".join("".join(root.itertext()) for root in roots)


def of_markdown(data: bytes) -> str:
    return data.decode().replace("|", "")


@pytest.mark.parametrize(
    ("name", "data", "original"),
    [
        ("pandoc.html", document("pandoc.html"), of_html),
        ("tricky.html", TRICKY, of_html),
        ("pandoc.docx", document("pandoc.docx"), of_docx),
        ("libreoffice.docx", document("libreoffice.docx"), of_docx),
        ("pandoc.epub", document("pandoc.epub"), of_epub),
        ("bears.md", document("bears.md"), of_markdown),
        ("bears.txt", document("bears.md"), bytes.decode),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_every_quote_stands_in_the_file(name: str, data: bytes, original: Callable[[bytes], str]) -> None:
    article = article_of(data, name)
    found = quotes(article)
    assert len(found) > 10
    whole = joined(original(data))
    assert [
        article.text[start:end] for start, end in found if joined(article.text[start:end]) not in whole
    ] == []


def letters(text: str) -> str:
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKD", text).casefold()))


def words_in_boxes(data: bytes, first: int, last: int, quote: str) -> str:
    """The letters inside the rectangles of ``quote`` on its pages, read again."""
    pdf = pypdfium2.PdfDocument(data)
    read = []
    for number in range(first, last + 1):
        textpage = pdf[number - 1].get_textpage()
        read += [textpage.get_text_bounded(*box) for box in boxes(data, number, quote)]
    return letters("".join(read))


TWO_PAGES = make_pdf(
    [
        [(40, 60, 10, "Bears like the jam of the northern forests, which the ward-")],
        [
            (40, 540, 10, "ens there make each year. Foxes read the news-"),
            (40, 528, 10, "papers of the south."),
        ],
    ]
)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        *((name, document(name)) for name in ("chromium.pdf", "columns.pdf", "libreoffice.pdf")),
        ("pages.pdf", TWO_PAGES),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_every_quote_of_a_pdf_is_what_stands_in_its_boxes(name: str, data: bytes) -> None:
    article = article_of(data, name)
    over_pages = hyphens = 0
    for start, end in quotes(article):
        first, last = (bisect.bisect_right(article.pages, place) for place in (start, end - 1))
        quote = article.text[start:end]
        assert words_in_boxes(data, first, last, quote) == letters(quote)
        over_pages += first != last
        hyphens += bool(re.search(r"wardens|newspapers", quote)) and name == "pages.pdf"
    if name == "pages.pdf":
        assert (over_pages, hyphens) == (1, 2)
