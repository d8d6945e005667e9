"""What is read out of an EPUB, and when it is refused."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest

from index.documents.formats.epub import extract_epub
from index.documents.formats.types import Extracted
from index.errors import SourceError
from index.types import Section
from tests.documents import document

CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="OPS/a.opf"/></rootfiles></container>'
)


def package(chapters: list[str], known: str = "", order: list[str] | None = None) -> str:
    items = "".join(
        f'<item id="{name}" href="{name}" media-type="application/xhtml+xml"/>' for name in chapters
    )
    spine = "".join(f'<itemref idref="{name}"/>' for name in order or chapters)
    return (
        '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<metadata>{known}</metadata><manifest>{items}</manifest><spine>{spine}</spine></package>"
    )


def chapter(body: str, head: str = "<!DOCTYPE html>") -> str:
    return f'<?xml version="1.0" encoding="utf-8"?>{head}<html xmlns="http://www.w3.org/1999/xhtml">{body}</html>'


def make_epub(members: dict[str, str | bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("mimetype", "application/epub+zip")
        for name, content in {"META-INF/container.xml": CONTAINER, **members}.items():
            archive.writestr(name, content)
    return packed.getvalue()


def refusal(data: bytes) -> str:
    with pytest.raises(SourceError) as caught:
        extract_epub(data, "b.epub")
    return str(caught.value)


def test_chapters_in_reading_order_without_what_is_no_text() -> None:
    data = make_epub(
        {
            "OPS/a.opf": package(["b%20b", "a", "cover"], order=["cover", "a", "b%20b"]),
            "OPS/b b": chapter("<body><h1>Foxes</h1><p>Foxes read&nbsp;a <i>lot</i>.</p></body>"),
            "OPS/a": chapter(
                '<body><h2>Bears</h2><p>Bears like jam.<a epub:type="noteref">1</a></p>'
                '<section epub:type="toc"><ol><li>Foxes</li></ol></section></body>'
            ),
            "OPS/cover": chapter('<body epub:type="cover"><p>A book</p></body>'),
        }
    )  # fmt: skip
    assert extract_epub(data, "bears.epub") == Extracted(
        title="Bears",
        text="Bears like jam.1\n\nFoxes read\u00a0a lot.",
        sections=(Section(0, "Bears"), Section(18, "Foxes")),
    )


def test_what_is_known_stands_in_the_package() -> None:
    known = (
        "<dc:title>Bears</dc:title><dc:creator>A. Bear</dc:creator><dc:creator>C. Fox</dc:creator>"
        "<dc:publisher>The Forest</dc:publisher><dc:date>2022-03-18</dc:date><dc:language>en</dc:language>"
        "<dc:identifier>urn:uuid:1</dc:identifier><dc:source>https://forest.example/b</dc:source>"
    )
    data = make_epub(
        {"OPS/a.opf": package(["a"], known), "OPS/a": chapter("<body><p>Bears like jam.</p></body>")}
    )
    assert extract_epub(data, "b.epub") == Extracted(
        title="Bears",
        text="Bears like jam.",
        url="https://forest.example/b",
        publisher="The Forest",
        author="A. Bear, C. Fox",
        published=date(2022, 3, 18),
        language="en",
    )


CHAPTER = chapter("<body><p>Bears like jam.</p></body>")
LOCK = (
    '<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><EncryptedData>'
    '<EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#aes128-cbc"/></EncryptedData></encryption>'
)


@pytest.mark.parametrize(
    ("members", "message"),
    [
        (
            {"OPS/a.opf": "<package><metadata>"},
            "b.epub is damaged: its part OPS/a.opf isn't XML. Please download or convert it again.",
        ),
        (
            {"OPS/a.opf": '<!DOCTYPE p [<!ENTITY x "jam">]><package>&x;</package>'},
            "b.epub is damaged: its part OPS/a.opf isn't XML. Please download or convert it again.",
        ),
        (
            {"META-INF/container.xml": "<container/>"},
            "b.epub is damaged: it doesn't say where its text is. Please convert it again.",
        ),
        ({}, "b.epub is damaged or incomplete. Please download it again."),
        (
            {"OPS/a.opf": package(["a"])},
            "b.epub is damaged: its chapter OPS/a is missing. Please download it again.",
        ),
        (
            {"OPS/a.opf": package(["../../../etc/passwd"])},
            "b.epub is damaged: its chapter ../../etc/passwd is missing. Please download it again.",
        ),
        (
            {
                "OPS/a.opf": package(["a"]),
                "OPS/a": chapter("<body>&x;</body>", '<!DOCTYPE html [<!ENTITY x "a">]>'),
            },
            "b.epub is damaged: its chapter OPS/a declares entities. Please convert it again.",
        ),
        (
            {"OPS/a.opf": package(["a"]), "OPS/a": b"PK\x03\x04\x00\x00<"},
            "b.epub is damaged: its chapter OPS/a isn't text. Please download it again.",
        ),
        (
            {"OPS/a.opf": package(["a"]), "OPS/a": chapter(f"<body>{'<div>' * 300}Bears</body>")},
            "b.epub has elements nested over 250 deep in its chapter OPS/a. Please save just its text.",
        ),
        (
            {"OPS/a.opf": package(["a"]), "OPS/a": chapter("<body><img src='a.png'/></body>")},
            "b.epub contains only images. Please save the article as text.",
        ),
        (
            {"OPS/a.opf": package(["a"]), "OPS/a": CHAPTER, "META-INF/encryption.xml": LOCK},
            "b.epub is locked (DRM). Only the program it was sold for can open it.",
        ),
    ],
)
def test_what_is_no_article_is_refused_in_words(members: dict[str, str | bytes], message: str) -> None:
    assert refusal(make_epub(members)) == message


def test_fonts_may_be_scrambled() -> None:
    fonts = LOCK.replace("http://www.w3.org/2001/04/xmlenc#aes128-cbc", "http://www.idpf.org/2008/embedding")
    data = make_epub({"OPS/a.opf": package(["a"]), "OPS/a": CHAPTER, "META-INF/encryption.xml": fonts})
    assert extract_epub(data, "b.epub").text == "Bears like jam."


def test_half_a_file_is_refused() -> None:
    half = document("pandoc.epub")[:5000]
    assert refusal(half) == "b.epub is damaged or incomplete. Please download it again."
