"""What is read out of a Word document, and when it is refused."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from index.documents.formats.docx import extract_docx
from index.documents.formats.types import Extracted
from index.documents.normalize import normalize
from index.errors import SourceError
from index.types import Section
from tests.documents import document

DAMAGED = "b.docx is damaged or incomplete. Please download it again."


def make_docx(write: Callable[[Any], object]) -> bytes:
    made = Document()
    write(made)
    saved = io.BytesIO()
    made.save(saved)
    return saved.getvalue()


def with_xml(*paragraphs: str) -> bytes:
    """A document of paragraphs with this XML in each."""
    spaces = nsdecls("w", "r")

    def write(made: Any) -> None:
        for paragraph in paragraphs:
            made.element.body.insert(-1, parse_xml(f"<w:p {spaces}>{paragraph}</w:p>"))

    return make_docx(write)


def repacked(data: bytes, member: str, change: Callable[[bytes], bytes]) -> bytes:
    """Return the file with what ``change`` makes of one member."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(old.read(name)) if name == member else old.read(name))
    return packed.getvalue()


def refusal(data: bytes) -> str:
    with pytest.raises(SourceError) as caught:
        extract_docx(data, "b.docx")
    return str(caught.value)


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def test_paragraphs_tables_and_headings_in_order() -> None:
    def write(made: Any) -> None:
        made.add_heading("Food", 1)
        made.add_paragraph("Bears like jam.")
        made.add_paragraph("Honey, too.", style="List Bullet")
        table = made.add_table(2, 2)
        for number, cell in enumerate(cell for row in table.rows for cell in row.cells):
            cell.text = ["Animal", "Food", "Fox", "Eggs"][number]
        made.add_heading("Sleep", 2)
        made.add_paragraph("Bears sleep.")

    assert extract_docx(make_docx(write), "bears and jam.docx") == Extracted(
        title="Food",
        text="Bears like jam.\n\nHoney, too.\n\nAnimal\tFood\n\nFox\tEggs\n\nBears sleep.",
        sections=(Section(0, "Food"), Section(53, "Sleep")),
    )


def test_what_is_known_stands_in_the_core_properties() -> None:
    def write(made: Any) -> None:
        made.add_paragraph("Bears like jam.")
        core = made.core_properties
        core.title, core.author, core.language = "Bears", "A. Bear", "en-GB"
        core.created = datetime(2022, 3, 18, 10)

    assert extract_docx(make_docx(write), "b.docx", "https://forest.example/b.docx") == Extracted(
        title="Bears",
        text="Bears like jam.",
        author="A. Bear",
        published=date(2022, 3, 18),
        language="en-GB",
        url="https://forest.example/b.docx",
    )


def test_tracked_changes_are_taken_as_accepted() -> None:
    data = with_xml(
        run("Bears like ") + f'<w:del w:id="1" w:author="a"><w:r><w:delText>fish</w:delText></w:r></w:del>'
        f'<w:ins w:id="2" w:author="a">{run("jam")}</w:ins>'
        + run(" a lot")
        + run("secret", "<w:vanish/>")
        + run(".")
    )
    assert extract_docx(data, "b.docx").text == "Bears like jam a lot."


def test_links_fields_breaks_and_controls_keep_their_words() -> None:
    link = f'<w:hyperlink w:anchor="x">{run("jam")}</w:hyperlink>'
    field = "<w:r><w:instrText> PAGE </w:instrText></w:r>"
    control = f"<w:sdt><w:sdtContent>{run('honey')}</w:sdtContent></w:sdt>"
    data = with_xml(
        f"{run('Bears like ')}{link}{field}{run(', ')}{control}<w:r><w:br/></w:r>{run('and more.')}"
    )
    assert extract_docx(data, "b.docx").text == "Bears like jam, honey\nand more."


def test_what_nobody_sees_is_left_out() -> None:
    text = extract_docx(with_xml(run("Be\u202ea\u200brs like\u00a0jam.")), "b.docx").text
    assert text == normalize(text).text == "Bears like\u00a0jam."


def test_a_table_of_contents_is_no_text() -> None:
    data = with_xml('<w:pPr><w:pStyle w:val="TOC1"/></w:pPr>' + run("Food 3"), run("Bears like jam."))

    def style(xml: bytes) -> bytes:
        new = b'<w:style w:type="paragraph" w:styleId="TOC1"><w:name w:val="toc 1"/></w:style></w:styles>'
        return xml.replace(b"</w:styles>", new)

    assert extract_docx(repacked(data, "word/styles.xml", style), "b.docx").text == "Bears like jam."


def test_what_is_no_article_is_refused_in_words() -> None:
    assert (
        refusal(make_docx(lambda made: made)) == "b.docx contains no text. Please save the article as text."
    )
    good = document("pandoc.docx")
    assert refusal(good[:-400]) == DAMAGED
    flipped = bytearray(good)
    flipped[good.index(b"word/document.xml") + 60] ^= 0xFF
    assert refusal(bytes(flipped)) == DAMAGED
    entity = repacked(
        good,
        "word/document.xml",
        lambda xml: xml.replace(
            b"<w:document", b'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><w:document', 1
        ),
    )
    assert refusal(entity) == (
        "b.docx declares entities in its part word/document.xml, which no document needs. Please "
        "save it again with another program."
    )
    torn = repacked(good, "word/document.xml", lambda xml: xml[:-20])
    assert refusal(torn) == (
        "b.docx is damaged: its part word/document.xml isn't XML. Please save it again with another program."
    )


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = repacked(document("pandoc.docx"), "word/document.xml", lambda xml: xml + b" " * 120_000_000)
    assert len(bomb) < 200_000
    assert refusal(bomb) == (
        "b.docx unpacks to 120 MB in 16 parts, more than an article needs. Please save it "
        "again, or save just its text."
    )


def test_a_size_that_lies_does_not_help() -> None:
    bomb = repacked(document("pandoc.docx"), "word/document.xml", lambda xml: xml + b" " * 120_000_000)
    place = bomb.rindex(b"word/document.xml") - 46 + 24
    lie = bomb[:place] + struct.pack("<I", 5_000) + bomb[place + 4 :]
    assert refusal(lie) == DAMAGED


STRUCK = "<w:strike/>"


@pytest.mark.parametrize(
    ("paragraph", "text"),
    [
        (run("It cost ") + run("40", STRUCK) + run(" 12."), "It cost 12."),
        (run("It cost ") + run("40", "<w:dstrike/>") + run("12."), "It cost 12."),
        (run("It cost ") + run("4", STRUCK) + run("0", STRUCK) + run(" 12."), "It cost 12."),
        (run("It cost ") + run("12", '<w:strike w:val="0"/>') + run("."), "It cost 12."),
        (run("It cost ") + run("12", '<w:strike w:val="false"/>') + run("."), "It cost 12."),
        (run("It cost ") + run("40", '<w:rStyle w:val="Gone"/>') + run("12."), "It cost 12."),
        (run("It cost ") + run("12", '<w:rStyle w:val="Gone"/><w:strike w:val="0"/>'), "It cost 12"),
        (run("Two  spaces") + run(" stay."), "Two  spaces stay."),
    ],
)
def test_struck_out_words_are_left_out(paragraph: str, text: str) -> None:
    def style(xml: bytes) -> bytes:
        gone = b'<w:style w:styleId="Gone"><w:name w:val="Gone"/><w:basedOn w:val="Old"/></w:style>'
        old = b'<w:style w:styleId="Old"><w:name w:val="Old"/><w:rPr><w:strike/></w:rPr></w:style>'
        return xml.replace(b"</w:styles>", gone + old + b"</w:styles>")

    assert extract_docx(repacked(with_xml(paragraph), "word/styles.xml", style), "b.docx").text == text


@pytest.mark.parametrize(
    ("font", "char", "seen"),
    [
        ("Symbol", "F0B3", "≥"),
        ("Symbol", "00B3", "≥"),
        ("symbol", "F061", "α"),
        ("Wingdings", "F0E0", "→"),
        ("Wingdings", "F0FC", "✓"),
        ("Cambria Math", "2265", "≥"),
        ("Webdings", "F0E0", ""),
        ("Symbol", "nothing", ""),
        ("Symbol", "FFFFFFFFFFFF", ""),
    ],
)
def test_symbols_are_what_a_reader_sees(font: str, char: str, seen: str) -> None:
    symbol = f'<w:r><w:sym w:font="{font}" w:char="{char}"/></w:r>'
    assert extract_docx(with_xml(run("jam") + symbol + run("5")), "b.docx").text == f"jam{seen}5"


def test_letters_of_a_font_of_symbols_are_what_a_reader_sees() -> None:
    data = with_xml(run("a \uf0b3 b \uf0ff=c", '<w:rFonts w:ascii="Symbol"/>') + run(" \uf0b3"))
    assert extract_docx(data, "b.docx").text == "a ≥ b \ufffd=c \uf0b3".replace("\ufffd", "")


DELETED = '<w:pPr><w:rPr><w:del w:id="1" w:author="a"/></w:rPr></w:pPr>'
MOVED = '<w:pPr><w:rPr><w:moveFrom w:id="1" w:author="a"/></w:rPr></w:pPr>'
GONE = '<w:del w:id="2" w:author="a"><w:r><w:delText>fish</w:delText></w:r></w:del>'


@pytest.mark.parametrize(
    ("paragraphs", "text"),
    [
        ([DELETED + run("Bears "), DELETED + run("like "), run("jam.")], "Bears like jam."),
        ([MOVED + run("Bears like "), run("jam.")], "Bears like jam."),
        ([DELETED + GONE, run("Bears like jam.")], "Bears like jam."),
        ([run("Bears like jam."), DELETED + GONE], "Bears like jam."),
        ([run("Bears."), DELETED + run("Jam.")], "Bears.\n\nJam."),
        ([DELETED.replace("w:del ", "w:ins ") + run("Bears."), run("Jam.")], "Bears.\n\nJam."),
    ],
)
def test_a_deleted_end_joins_paragraphs(paragraphs: list[str], text: str) -> None:
    assert extract_docx(with_xml(*paragraphs), "b.docx").text == text


def with_body(body: str) -> bytes:
    """A document with this XML before all else in its body."""
    spaces = nsdecls("w")
    return repacked(
        document("pandoc.docx"),
        "word/document.xml",
        lambda _: f"<w:document {spaces}><w:body>{body}</w:body></w:document>".encode(),
    )


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr><w:p>{run(text) if text else ''}</w:p></w:tc>"


def test_a_table_ends_a_paragraph_and_keeps_its_rows() -> None:
    first = '<w:vMerge w:val="restart"/>'
    rows = [
        cell("Year") + cell("Eaten", '<w:gridSpan w:val="2"/>'),
        cell("2023", first) + cell("jam") + cell("3"),
        cell("", "<w:vMerge/>") + cell("eggs") + cell("4", "<w:cellDel/>"),
        f"<w:trPr><w:del/></w:trPr>{cell('gone')}",
    ]
    table = f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"
    data = with_body(f"<w:p>{DELETED}{run('Bears')}</w:p>{table}<w:p>{run('Jam.')}</w:p>")
    assert extract_docx(data, "b.docx").text == "Bears\n\nYear\tEaten\n\n2023\tjam\t3\n\n2023\teggs\n\nJam."


def test_a_table_in_a_cell_is_read_once() -> None:
    inner = f"<w:tbl><w:tr>{cell('in')}</w:tr></w:tbl>"
    data = with_body(f"<w:tbl><w:tr><w:tc>{inner}<w:p>{run('out')}</w:p></w:tc></w:tr></w:tbl>")
    assert extract_docx(data, "b.docx").text == "in\n\nout"


def ruby(base: str, above: str) -> str:
    both = f"<w:rt>{run(above)}</w:rt><w:rubyBase>{run(base)}</w:rubyBase>"
    return f"<w:r><w:ruby><w:rubyPr/>{both}</w:ruby></w:r>"


def test_what_is_written_above_letters_is_left_out() -> None:
    data = with_xml(run("In ") + ruby("東京", "とうきょう") + ruby("都", "と") + run(" today."))
    assert extract_docx(data, "b.docx").text == "In 東京都 today."


SPACES = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'


def alternatives(choice: str, fallback: str) -> str:
    return (
        f'<w:r><mc:AlternateContent {SPACES}><mc:Choice Requires="wps">{choice}</mc:Choice>'
        f"<mc:Fallback>{fallback}</mc:Fallback></mc:AlternateContent></w:r>"
    )


def box(text: str) -> str:
    return f"<w:pict><w:txbxContent><w:p>{run(text)}</w:p></w:txbxContent></w:pict>" if text else "<w:pict/>"


@pytest.mark.parametrize(
    ("choice", "fallback", "text"),
    [
        ("<w:t>jam</w:t>", "<w:t>jelly</w:t>", "Bears like jam."),
        ("<w:drawing/>", "<w:t>jelly</w:t>", "Bears like jelly."),
        ("", "", "Bears like ."),
        (box("In a box."), box("In a box."), "Bears like .\n\nIn a box."),
        (box(""), box("In a box."), "Bears like .\n\nIn a box."),
    ],
)
def test_of_two_ways_to_show_the_same_one_is_read(choice: str, fallback: str, text: str) -> None:
    data = with_xml(run("Bears like ") + alternatives(choice, fallback) + run("."))
    assert extract_docx(data, "b.docx").text == text


def test_a_note_has_no_mark_in_the_text() -> None:
    mark = '<w:r><w:footnoteReference w:customMarkFollows="1" w:id="2"/><w:t>*</w:t></w:r>'
    assert extract_docx(with_xml(run("Bears eat 12") + mark + run(".")), "b.docx").text == "Bears eat 12."


def renamed(data: bytes, names: dict[str, str]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(packed, "w") as new:
        for name in old.namelist():
            new.writestr(names.get(name, name), old.read(name))
    return packed.getvalue()


@pytest.mark.parametrize(
    "names",
    [
        {"word/document.xml": "Word/Document.XML"},
        {"word/document.xml": "word\\document.xml", "word/styles.xml": "word\\styles.xml"},
        {"docProps/thumbnail.jpeg": "gone"},
        {"_rels/.rels": "gone"},
        {"word/styles.xml": "gone"},
    ],
)
def test_parts_are_found_however_they_are_called(names: dict[str, str]) -> None:
    data = make_docx(lambda made: made.add_paragraph("Bears like jam."))
    assert extract_docx(renamed(data, names), "b.docx").text == "Bears like jam."


STRICT = {
    b"http://schemas.openxmlformats.org/wordprocessingml/2006/main": b"http://purl.oclc.org/ooxml/wordprocessingml/main",
    b"http://schemas.openxmlformats.org/officeDocument/2006/": b"http://purl.oclc.org/ooxml/officeDocument/",
}


def made_strict(xml: bytes) -> bytes:
    for old, new in STRICT.items():
        xml = xml.replace(old, new)
    return xml


def test_a_strict_document_is_read_like_any_other() -> None:
    names = (
        "word/document.xml",
        "word/styles.xml",
        "word/footnotes.xml",
        "_rels/.rels",
        "word/_rels/document.xml.rels",
    )
    for name in ("pandoc.docx", "libreoffice.docx"):
        strict = document(name)
        for member in names:
            strict = repacked(strict, member, made_strict)
        assert strict != document(name)
        assert extract_docx(strict, name) == extract_docx(document(name), name)


def test_a_strict_document_may_speak_of_names() -> None:
    words = "The name is http://purl.oclc.org/ooxml/wordprocessingml/main there."
    strict = repacked(with_xml(run(words)), "word/document.xml", made_strict)
    assert extract_docx(strict, "b.docx").text == words


@pytest.mark.parametrize(
    "kind",
    [
        b"application/vnd.ms-word.document.macroEnabled.main+xml",
        b"application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
        b"application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
    ],
)
def test_macros_and_templates_are_no_damage(kind: bytes) -> None:
    usual = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    data = make_docx(lambda made: made.add_paragraph("Bears like jam."))
    data = repacked(data, "[Content_Types].xml", lambda xml: xml.replace(usual, kind))
    assert extract_docx(data, "b.docm").text == "Bears like jam."


@pytest.mark.parametrize(
    ("title", "author"),
    [("Microsoft Word - jam.doc", "Administrator"), ("10811.doc", "user"), ("Document1", "anonymous")],
)
def test_what_only_a_program_wrote_is_no_title_and_no_author(title: str, author: str) -> None:
    def write(made: Any) -> None:
        made.core_properties.title, made.core_properties.author = title, author
        made.add_heading("What bears eat", 1)
        made.add_paragraph("Bears like jam.")

    read = extract_docx(make_docx(write), "b.docx")
    assert (read.title, read.author) == ("What bears eat", None)


def above(text: str) -> str:
    return run(text, '<w:vertAlign w:val="superscript"/>')


def below(text: str) -> str:
    return run(text, '<w:vertAlign w:val="subscript"/>')


def of_math(text: str) -> str:
    return f"<m:r><m:t>{text}</m:t></m:r>"


MATH = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'


@pytest.mark.parametrize(
    ("paragraph", "text"),
    [
        (run("holds 10") + above("6") + run(" litres"), "holds 10⁶ litres"),
        (run("holds 10") + above("1") + above("2") + run(" litres"), "holds 10¹² litres"),
        (run("holds 10") + run("6", '<w:position w:val="6"/>') + run(" litres"), "holds 10⁶ litres"),
        (run("holds 10") + run("6", '<w:position w:val="1"/>') + run(" litres"), "holds 106 litres"),
        (run("1,200") + above("3 ") + run("people"), "1,200 people"),
        (run("1,200") + above("3, 4") + run(" people"), "1,200 people"),
        (run("3 m") + above("3") + run(" of CO") + below("2") + run("."), "3 m³ of CO2."),
        (run("on the 1") + above("st") + run(" of May"), "on the 1st of May"),
        (run("in 1") + below("2") + run(" there"), "in 1₂ there"),
        (run("10") + above("6") + run("5", "<w:strike/>") + run(" and more"), "10⁶ and more"),
        (
            f"<m:oMath {MATH}><m:sSup><m:e>{of_math('10')}</m:e><m:sup>{of_math('6')}</m:sup></m:sSup>"
            f"<m:f><m:num>{of_math(' 1')}</m:num><m:den>{of_math('2')}</m:den></m:f></m:oMath>",
            "10⁶ 1/2",
        ),
    ],
)  # fmt: skip
def test_what_stands_above_or_below_the_line_joins_no_number(paragraph: str, text: str) -> None:
    assert extract_docx(with_xml(paragraph), "b.docx").text == text


@pytest.mark.parametrize(
    ("sizes", "title"),
    [
        ((24, 48, 24, 24), "Line 1"),
        ((48, 24, 48, 24, 24), "Line 0"),
        ((24, 26, 24, 24), "b"),  # hardly larger
        ((None, 60, None, None), "Line 1"),
        ((24, 24, 24, 24), "b"),
    ],
)
def test_without_a_heading_the_largest_line_is_the_title(sizes: tuple[int | None, ...], title: str) -> None:
    long = " of many words that say nothing" * 3
    paragraphs = [
        run(f"Line {number}", f'<w:sz w:val="{size}"/>' if size else "") + run("" if size else long)
        for number, size in enumerate(sizes)
    ]
    assert extract_docx(with_xml(*paragraphs), "b.docx").title == title
