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
    assert refusal(entity) == DAMAGED
    torn = repacked(good, "word/document.xml", lambda xml: xml[:-20])
    assert refusal(torn) == (
        "b.docx is damaged: its parts don't fit together. Please save it again with another program."
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
