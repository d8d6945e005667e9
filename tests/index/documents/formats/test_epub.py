"""What is read out of an EPUB, and when it is refused."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
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


def make_epub(members: Mapping[str, str | bytes]) -> bytes:
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
        text="Bears like jam.\n\nFoxes read\u00a0a lot.",
        sections=(Section(0, "Bears"), Section(17, "Foxes")),
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
            {"OPS/a.opf": '<!DOCTYPE p [<!ENTITY x SYSTEM "file:///etc/passwd">]><package>&x;</package>'},
            "b.epub declares entities in its part OPS/a.opf that stand for other files, or for too "
            "much. Please convert it again.",
        ),
        (
            {"META-INF/container.xml": "<container/>"},
            "b.epub is damaged: it doesn't say where its text is. Please download or convert it again.",
        ),
        (
            {},
            "b.epub is damaged: its list of chapters, OPS/a.opf, is missing. Please download or "
            "convert it again.",
        ),
        (
            {"OPS/a.opf": package([])},
            "b.epub lists no chapters. Please convert it again, or unpack it and add what's inside.",
        ),
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
                "OPS/a": chapter("<body>&x;</body>", '<!DOCTYPE html [<!ENTITY x PUBLIC "x" "y">]>'),
            },
            "b.epub declares entities in its chapter OPS/a that stand for other files, or for too "
            "much. Please convert it again.",
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


def one_chapter(
    package_xml: str = "", href: str = "OPS/a", body: str = "<p>Bears like jam.</p>", doctype: str = ""
) -> Extracted:
    """What is read of a book with one chapter."""
    package_xml = package_xml or package(["a"])
    text = chapter(f"<body>{body}</body>", doctype)
    return extract_epub(make_epub({"OPS/a.opf": package_xml, href: text}), "b.epub")


@pytest.mark.parametrize(
    ("written", "member"),
    [
        ("A", "OPS/a"),
        ("b%20b", "OPS/b%20b"),
        ("b b", "OPS/b%20b"),
        ("caf\u00e9", "OPS/cafe\u0301"),
        ("/OPS/a", "OPS/a"),
        ("text\\a", "OPS/text/a"),
        ("text/a", "OPS\\text\\a"),
        ("../ops/a", "OPS/a"),
    ],
)
def test_a_chapter_is_found_however_its_name_is_written(written: str, member: str) -> None:
    assert one_chapter(package([written]), member).text == "Bears like jam."


@pytest.mark.parametrize(
    "container",
    [
        CONTAINER.replace("OPS/a.opf", "/OPS/a.opf"),
        CONTAINER.replace("OPS/a.opf", "ops/A.opf"),
        CONTAINER.replace("OPS/a.opf", "OPS%2Fa.opf"),
        CONTAINER.replace("OPS/a.opf", "gone.opf"),  # the only package there is
        CONTAINER.replace(' xmlns="urn:oasis:names:tc:opendocument:xmlns:container"', ""),
        "\n" + CONTAINER,
        "<container/>",
    ],
)
def test_the_package_is_found_however_the_container_names_it(container: str) -> None:
    members = {"META-INF/container.xml": container, "OPS/a.opf": package(["a"]), "OPS/a": CHAPTER}
    assert extract_epub(make_epub(members), "b.epub").text == "Bears like jam."


OEB = (
    '<?xml version="1.0"?><!DOCTYPE package PUBLIC "+//ISBN 0-9673008-1-9//DTD OEB 1.2 Package//EN" "x.dtd" ['
    '<!-- the house\'s own --><!ENTITY house "The Forest &amp; Co.">]>'
    '<package><metadata><dc-metadata xmlns:dc="http://purl.org/dc/elements/1.0/"><dc:Title>R&D &mdash; AT&T;'
    '</dc:Title><dc:Creator role="aut">A. Bear</dc:Creator><dc:Publisher>&house;</dc:Publisher></dc-metadata>'
    '</metadata><manifest><item id="a" href="a" media-type="text/x-oeb1-document"/></manifest>'
    '<spine><itemref idref="a"/></spine></package>'
)


def test_a_package_of_oeb_is_read() -> None:
    assert one_chapter(OEB) == Extracted(
        title="R&D — AT&T;", text="Bears like jam.", author="A. Bear", publisher="The Forest & Co."
    )


def test_prefixes_of_no_namespace_do_no_harm() -> None:
    known = '<dc:title>Bears</dc:title><dc:creator opf:role="ill">C. Fox</dc:creator>'
    bare = package(["a"], known).replace(' xmlns:dc="http://purl.org/dc/elements/1.1/"', "")
    assert one_chapter(bare) == Extracted(title="Bears", text="Bears like jam.")


@pytest.mark.parametrize(
    ("fallback", "is_read"), [('fallback="words"', True), ("", False), ('fallback="a"', False)]
)
def test_what_is_no_chapter_falls_back_on_one(fallback: str, *, is_read: bool) -> None:
    items = (
        f'<item id="a" href="a.pdf" media-type="application/pdf" {fallback}/>'
        '<item id="words" href="a" media-type="application/xhtml+xml"/>'
    )
    written = package(["b"]).replace("<manifest>", f"<manifest>{items}")
    written = written.replace('idref="b"', 'idref="a"')
    if is_read:
        assert one_chapter(written).text == "Bears like jam."
    else:
        with pytest.raises(SourceError, match="lists no chapters"):
            one_chapter(written)


@pytest.mark.parametrize(
    ("subset", "body", "text"),
    [
        ('<!ENTITY D "&#8212;">', "jam &D; or &#x2014;", "jam — or —"),
        ("<!-- it's a --><!ENTITY D '\"'>", "&D;jam&D;", '"jam"'),
        ('<!ENTITY jam "a jam"><!ENTITY like "like &jam;">', "Bears &like;", "Bears like a jam"),
        ('<!ENTITY amp "&#38;#38;"><!ENTITY lt "&#38;#60;">', "jam &amp; &lt;b", "jam & <b"),
        ('<!ENTITY em "<i>jam</i>">', "much &em;.", "much jam."),
        ('<!ENTITY x "one"><!ENTITY x "two">', "&x;", "one"),
        ('<!ENTITY % p SYSTEM "x"><!ENTITY y SYSTEM "z"><!ELEMENT p ANY>', "jam", "jam"),
        ('<!ENTITY nbsp "&#160;">', "a&nbsp;b&hellip;", "a\u00a0b…"),
    ],
)
def test_entities_stand_for_their_words(subset: str, body: str, text: str) -> None:
    assert one_chapter(body=f"<p>{body}</p>", doctype=f"<!DOCTYPE html [ {subset} ] >").text == text


@pytest.mark.parametrize(
    ("subset", "body"),
    [
        ('<!ENTITY x SYSTEM "file:///etc/passwd">', "&x;"),
        (f'<!ENTITY x "{"a" * 1_001}">', "&x;"),
        ("".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10)), "&a9;"),
        (f'<!ENTITY x "{"a" * 1_000}">', "&x;" * 1_001),
        ('<!ENTITY x "never closed', "&x;"),
    ],
)
def test_entities_that_stand_for_too_much_are_refused(subset: str, body: str) -> None:
    with pytest.raises(SourceError, match="declares entities in its chapter OPS/a"):
        one_chapter(body=body, doctype=f'<!DOCTYPE html [<!ENTITY a0 "ha">{subset}]>')


def test_a_chapter_in_utf_16_has_entities_too() -> None:
    text = chapter("<body>jam &D; jam</body>", '<!DOCTYPE html [<!ENTITY D "&#8212;">]>')
    data = make_epub({"OPS/a.opf": package(["a"]), "OPS/a": text.encode("utf-16")})
    assert extract_epub(data, "b.epub").text == "jam — jam"


@pytest.mark.parametrize("encoding", ["utf-16", "no-such", "utf-8"])
def test_a_bad_byte_or_encoding_costs_no_more_than_its_letter(encoding: str) -> None:
    text = chapter("<body>caf\u00e9 \u0000jam</body>").replace("utf-8", encoding).encode()
    data = make_epub({"OPS/a.opf": package(["a"]), "OPS/a": text.replace(b"\x00", b"\xff")})
    assert extract_epub(data, "b.epub").text == "café \ufffdjam"


def refined(name: str, prop: str, value: str) -> str:
    return f'<meta refines="#{name}" property="{prop}">{value}</meta>'


@pytest.mark.parametrize(
    ("known", "author"),
    [
        ("<dc:creator>A. Bear</dc:creator>", "A. Bear"),
        ('<dc:creator id="c">A. Bear</dc:creator>' + refined("c", "role", "aut"), "A. Bear"),
        ('<dc:creator id="c">A. Bear</dc:creator>' + refined("c", "role", "edt"), None),
        ('<dc:creator id="c">A. Bear</dc:creator>' + refined("c", "file-as", "Bear, A."), "A. Bear"),
        ("<dc:creator>Unknown</dc:creator><dc:creator>A. Bear</dc:creator>", "A. Bear"),
        ("<dc:contributor>C. Fox</dc:contributor>", None),
    ],
)
def test_only_authors_are_authors(known: str, author: str | None) -> None:
    assert one_chapter(package(["a"], known)).author == author


@pytest.mark.parametrize(
    ("known", "title"),
    [
        ('<dc:title id="t">Of fish</dc:title>' + refined("t", "title-type", "subtitle"), "Of fish"),
        (
            '<dc:title id="t">All of it</dc:title><dc:title>Jam</dc:title>'
            + refined("t", "title-type", "collection"),
            "Jam",
        ),
        ("<dc:title>jam.docx</dc:title><dc:title>Jam</dc:title>", "Jam"),
        ("<dc:title/><dc:title>Jam</dc:title>", "Jam"),
    ],
)
def test_the_title_is_the_main_one(known: str, title: str) -> None:
    assert one_chapter(package(["a"], known)).title == title


@pytest.mark.parametrize(
    ("known", "day"),
    [
        ("modification 2024-05-02, publication 2020-01-02", date(2020, 1, 2)),
        ("creation 2019-01-01, publication 2020-01-02", date(2020, 1, 2)),
        ("modification 2024-05-02, 2020-01-02", date(2020, 1, 2)),
        ("modification 2024-05-02", None),
        ("conversion 2024-05-02", None),
    ],
)
def test_the_day_is_that_of_the_publication(known: str, day: date | None) -> None:
    dates = [found.split(" ") for found in known.split(", ")]
    written = "".join(
        f"<dc:date{f' opf:event={chr(34)}{about[0]}{chr(34)}' if about else ''}>{when}</dc:date>"
        for *about, when in dates
    )
    bound = package(["a"], written).replace(
        "<metadata>", '<metadata xmlns:opf="http://www.idpf.org/2007/opf">'
    )
    assert one_chapter(bound).published == day


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ('1,200<a epub:type="noteref" href="#n">3</a> bears', "1,200 bears"),
        ('1,200<a epub:type="noteref" href="#n"><sup>12</sup></a> bears', "1,200 bears"),
        ('1,200<a role="doc-noteref" href="#n">[a]</a> bears', "1,200 bears"),
        ('jam.<a epub:type="noteref" href="#n">*</a>', "jam."),
        ('see <a epub:type="noteref" href="#n">note 12</a>.', "see note 12."),
        ('in <a href="#n">1984</a>.', "in 1984."),
    ],
)
def test_the_mark_of_a_note_is_no_part_of_a_number(body: str, text: str) -> None:
    assert one_chapter(body=f"<p>{body}</p>").text == text


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<p>holds 10<sup>6</sup> litres</p>", "holds 10⁶ litres"),
        ("<p>and 1,200<sup>3</sup> people</p>", "and 1,200 people"),
        ("<p>3 m<sup>3</sup> of CO<sub>2</sub>.</p>", "3 m³ of CO2."),
        ("<p>It cost <s>40</s> <del>30</del> 12.</p>", "It cost 12."),
        (
            "<p>The town of <ruby>KAN<rp>(</rp><rt>kan</rt><rp>)</rp></ruby> is old.</p>",
            "The town of KAN is old.",
        ),
        (
            '<table><tr><td rowspan="2">2023</td><td>jam</td></tr><tr><td>eggs</td></tr></table>',
            "2023\tjam\n\n2023\teggs",
        ),
    ],
)
def test_marks_within_a_chapter_are_read_as_a_reader_sees_them(body: str, text: str) -> None:
    assert one_chapter(body=body).text == text
