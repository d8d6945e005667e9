"""What kind bytes are, whatever they are called."""

from __future__ import annotations

import io
import sys
import time
import zipfile
from collections.abc import Callable
from types import ModuleType

import pytest

from index.documents import sandbox
from index.documents.extract import extract
from index.documents.formats.kinds import kind_of
from index.documents.formats.table import FORMATS, Format, endings, kept_formats
from index.documents.formats.types import Extracted
from index.errors import SourceError
from tests.documents import document

ADVICE = "Please save the article as PDF, DOCX or text"


def make_zip(*members: str, filler: int = 0) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for member in members:
            archive.writestr(member, "")
        archive.writestr("filler", bytes(filler))
    return packed.getvalue()


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (document("libreoffice.pdf"), "a.txt", "pdf"),
        (b"\n\n%PDF-1.4", "a", "pdf"),
        (make_zip("[Content_Types].xml", "word/document.xml"), "a.zip", "docx"),
        (make_zip("mimetype", "META-INF/container.xml"), "a.pdf", "epub"),
        (make_zip("Word\\Document22.xml"), "a.zip", "docx"),
        (make_zip("mimetype", "Meta-Inf/Container.xml"), "a.zip", "epub"),
        (make_zip("mimetype", "OEBPS/book.opf"), "a.zip", "epub"),
        (b"{\\rtf1 Bears}", "a.doc", "rtf"),
        (b"\r\n{\\rtf", "a.txt", "rtf"),
        (b"<!DOCTYPE html><p>Bears", "a.txt", "html"),
        (b"\xef\xbb\xbf <!-- saved --><HTML lang=en>", "a.md", "html"),
        ("<!doctype html>".encode("utf-16"), "a", "html"),
        (b"<?xml version='1.0'?>\n<!DOCTYPE html PUBLIC 'x'>", "a", "html"),
        (b"<!-- a - b -- c --->\n<?xml version='1.0'?><!----><html>", "a", "html"),
        (b"<!-- never closed <html>", "a", "text"),
        (b"<?xml version='1.0'> <html>", "a", "text"),
        (b"<div><p>Bears</div>", "a.html", "html"),
        (b"<div>Bears</div>", "a.md", "markdown"),  # which may hold tags
        (b"Bears like jam.", "a.html", "text"),
        (b"Bears like jam.", "bears", "text"),
        (b"", "a.md", "markdown"),
    ],
)
def test_the_bytes_say_the_kind(data: bytes, name: str, kind: str) -> None:
    assert kind_of(data, name).name == kind


@pytest.mark.parametrize(
    ("data", "name", "message"),
    [
        (b"", "a.pdf", "a.pdf is empty. Please download it again."),
        (b" \n", "a.html", "a.html is empty. Please download it again."),
        (
            b"Bears like jam.",
            "a.pdf",
            "a.pdf isn't a PDF, but plain text. If that's the article, rename the file so that it ends "
            "in .txt.",
        ),
        (
            b"\x00\x01\x02",
            "a.docx",
            "a.docx isn't a Word document. It may be damaged: please download it again.",
        ),
        (
            b"Bears like jam.",
            "a.rtf",
            "a.rtf isn't an RTF file, but plain text. If that's the article, rename the file so that it ends "
            "in .txt.",
        ),
        (b"\x00\x01", "a", "a isn't a kind of file I can read. It may be damaged: please download it again."),
        (b"a,b", "a.csv", f"a.csv isn't a kind of file I can read. Articles end in {', '.join(endings())}."),
        (b"PK\x03\x04half", "a.docx", "a.docx is damaged or incomplete. Please download it again."),
        (make_zip("a.txt"), "a.docx", "a.docx is a ZIP file. Please unpack it and add what's inside."),
        (make_zip("xl/workbook.xml"), "a.docx", f"a.docx is a spreadsheet. {ADVICE}."),
        (make_zip("ppt/presentation.xml"), "a.pptx", f"a.pptx is a presentation. {ADVICE}."),
        (make_zip("mimetype", "content.xml"), "a.odt", f"a.odt is an OpenDocument file. {ADVICE}."),
        (
            b"\xd0\xcf\x11\xe0rest",
            "a.docx",
            f"a.docx is an old Office file, or one with a password. {ADVICE}, without a password.",
        ),
        (b"\x89PNG\r\n", "a.md", "a.md is an image. Please add the article as text or PDF."),
        (b"MZ\x90", "a.pdf", f"a.pdf is a program. {ADVICE}."),
        (
            b"\x00\x00\x00 ftypmp42",
            "a",
            "a is an image, a recording or a video. Please add the article as text or PDF.",
        ),
        (
            b"<?xml version='1.0'?><rss version='2.0'>",
            "a.html",
            "a.html is XML, but not a web page. Please save the article as a web page or text.",
        ),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(data: bytes, name: str, message: str) -> None:
    with pytest.raises(SourceError) as caught:
        kind_of(data, name)
    assert str(caught.value) == message


def test_an_archive_of_very_many_files_is_not_listed() -> None:
    """A list of a million members takes a gigabyte of the process that reads it, which is the bot's own."""
    many = make_zip(*(f"{number}" for number in range(65_000)), "word/document.xml")
    begun = time.thread_time()
    with pytest.raises(SourceError) as caught:
        kind_of(many, "a.docx")
    assert str(caught.value) == (
        "a.docx is an archive of thousands of files, more than an article needs. Please save "
        "it again, or save just its text."
    )
    assert time.thread_time() - begun < 0.5


@pytest.mark.parametrize(
    ("make", "name", "what"),
    [
        (lambda: b"<html>" + b" " * 10_000_000, "a.html", "a web page: over 10 MB"),
        (lambda: b"%PDF-1.7" + b" " * 50_000_000, "a.pdf", "a PDF: over 50 MB"),
        (lambda: make_zip("META-INF/container.xml", filler=50_000_000), "a.epub", "an EPUB: over 50 MB"),
    ],
)
def test_each_kind_has_its_size(make: Callable[[], bytes], name: str, what: str) -> None:
    with pytest.raises(SourceError) as caught:
        extract(make(), name)
    assert str(caught.value) == f"{name} is too big for {what}. Please split it into several articles."


@pytest.mark.parametrize(
    "data",
    [
        b"<!---->" * 60 + b"x",
        b"<!--->" * 340,
        b"<!--" * 500,
        b"<?xml?>" * 290 + b"x",
        b"<!---->\n<?xml?> " * 120 + b"<htm>",
        b" " * 2_000 + b"<!-",
    ],
)
def test_no_prologue_takes_long_to_look_through(data: bytes) -> None:
    """The bot's own process looks: 421 such bytes once stopped it for ever."""
    before = time.process_time()
    assert kind_of(data, "note.txt").name == "text"
    assert time.process_time() - before < 0.1


def test_a_new_format_is_a_row_and_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    def extract_lines(data: bytes, name: str, url: str | None = None) -> Extracted:
        return Extracted(name, data.decode().removeprefix("LINES\n"), url=url)

    module = ModuleType("index.documents.formats.lines")
    monkeypatch.setattr(module, "extract_lines", extract_lines, raising=False)
    monkeypatch.setitem(sys.modules, module.__name__, module)
    row = Format(
        "lines",
        "an even file",
        (".lines",),
        1_000,
        begins=lambda start: start.startswith(b"LINES"),
        is_kept=True,
    )
    rows = {**FORMATS, "lines": row}
    for place in ("table", "kinds"):
        monkeypatch.setattr(f"index.documents.formats.{place}.FORMATS", rows)
    monkeypatch.setattr(sandbox, "FORMATS", rows)

    assert kind_of(b"LINES\nBears like jam.", "bears") is row
    assert ".lines" in endings()
    assert kept_formats() == "PDF, DOCX, RTF, EPUB and LINES"
    request = {"format": "lines", "name": "bears.lines", "url": None, "charset": None}
    said = sandbox._answer(request, b"LINES\nBears like jam.")
    assert said["extracted"]["text"] == "Bears like jam."
    with pytest.raises(
        SourceError, match=r"bears\.lines is too big for an even file: over 0 MB\. Please split it"
    ):
        extract(b"LINES\n" + b"a" * 1_000, "bears.lines")
