"""Files that stand for far more than they are, at the limits that are in force: each is a sentence, in time.

What the parent grows by is measured in a process of its own, as ``test_bombs`` does it.
"""

from __future__ import annotations

import base64
import io
import json
import struct
import subprocess
import sys
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from tests.documents import document, make_pdf_of
from tests.index.documents.formats.test_epub import CONTAINER, chapter, make_epub, package
from tests.patience import PATIENT_S

ROOT = Path(__file__).parents[4]
PEAK = """
import base64, json, resource, sys
from index.errors import SourceError
from index.documents.extract import extract

def peak_mb():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024

name, packed = json.load(sys.stdin)
data = base64.b64decode(packed)
before = peak_mb()
try:
    said = f"an article of {len(extract(data, name).text)} characters"
except SourceError as error:
    said = str(error)
spent = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps([said, peak_mb() - before, spent.ru_utime + spent.ru_stime]))
"""
BODY = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{}</w:body></w:document>'
UNPACKS = "more than an article needs. Please save it again, or save just its text."
DAMAGED = "is damaged or incomplete. Please download it again."
LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))


def zipped(members: Sequence[tuple[str, bytes]]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return packed.getvalue()


def docx(body: str, head: str = "") -> bytes:
    whole = zipfile.ZipFile(io.BytesIO(document("pandoc.docx")))
    own = (head + BODY.format(body)).encode()
    return zipped(
        [(name, own if name == "word/document.xml" else whole.read(name)) for name in whole.namelist()]
    )


def epub(body: str, doctype: str = "<!DOCTYPE html>") -> bytes:
    return zipped(
        [
            ("META-INF/container.xml", CONTAINER.encode()),
            ("OPS/a.opf", package(["a"]).encode()),
            ("OPS/a", chapter(f"<body>{body}</body>", doctype).encode()),
        ]
    )


def lying(data: bytes, size: int) -> bytes:
    """The archive with this size for each of its members, whatever they are."""
    lied = bytearray(data)
    for mark, place in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = lied.find(mark)
        while at >= 0:
            struct.pack_into("<I", lied, at + place, size)
            at = lied.find(mark, at + 4)
    return bytes(lied)


def overlapping(count: int) -> bytes:
    """An archive whose members are all the same bytes of it."""
    archive = zipped([("META-INF/container.xml", b"a" * 1_000_000)])
    entries, end = archive.index(b"PK\x01\x02"), archive.index(b"PK\x05\x06")
    tail = bytearray(archive[end:])
    struct.pack_into("<HHII", tail, 8, count, count, (end - entries) * count, entries)
    return archive[:entries] + archive[entries:end] * count + bytes(tail)


def many_pages(count: int) -> bytes:
    """A PDF that names one empty page so many times."""
    kids = b"3 0 R " * count
    return (
        b"%%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n"
        b"2 0 obj\n<</Type/Pages/Kids[%b]/Count %d>>\nendobj\n"
        b"3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>\nendobj\ntrailer\n<</Root 1 0 R>>\n%%%%EOF\n"
        % (kids, count)
    )


@pytest.mark.parametrize(
    ("name", "make", "said"),
    [
        ("b.docx", lambda: docx(f"<w:p><w:r><w:t>{'a' * 150_000_000}</w:t></w:r></w:p>"), UNPACKS),
        ("b.docx", lambda: docx("<w:p><w:r><w:t>jam</w:t></w:r></w:p>" * 600_000), UNPACKS),
        ("b.docx", lambda: lying(docx(f"<w:p>{' ' * 90_000_000}</w:p>"), 900), DAMAGED),
        (
            "b.docx",
            lambda: docx("<w:sdt><w:sdtContent>" * 100_000),
            "over 250 deep. Please save just its text.",
        ),
        (
            "b.docx",
            lambda: docx("<w:p>&a9;</w:p>", f'<!DOCTYPE d [<!ENTITY a0 "ha">{LAUGHS}]>'),
            "declares entities",
        ),
        ("b.epub", lambda: make_epub({f"OPS/{number}": "x" for number in range(2_001)}), UNPACKS),
        (
            "b.epub",
            lambda: make_epub({"OPS/a.opf": package(["a"]), "OPS/a": zipped([("b", bytes(50_000_000))])}),
            "its chapter OPS/a isn't text. Please download it again.",
        ),
        ("b.epub", lambda: overlapping(60_000), UNPACKS),
        ("b.epub", lambda: lying(epub(f"<p>{' ' * 90_000_000}</p>"), 900), DAMAGED),
        (
            "b.epub",
            lambda: epub("<div>" * 300_000),
            "over 250 deep in its chapter OPS/a. Please save just its text.",
        ),
        ("b.epub", lambda: epub("&a9;", f'<!DOCTYPE html [<!ENTITY a0 "ha">{LAUGHS}]>'), "declares entities"),
        (
            "b.pdf",
            lambda: make_pdf_of([b"BT /F1 9 Tf (A) Tj ET\n" * 10_000_000]),
            "to read. Please save it again",
        ),
        ("b.pdf", lambda: many_pages(100_000), "over 2,000 pages. Please split it into several articles."),
        (
            "b.html",
            lambda: b"<html><body>" + b"<div>" * 1_000_000,
            "over 250 deep. Please save just its text.",
        ),
        ("b.html", lambda: b"<html><p>" + b"<b>" * 1_000_000, "over 250 deep. Please save just its text."),
        ("b.html", lambda: b"<html><p>" + b"jam and " * 2_500_000, "a web page: over 10 MB. Please split it"),
        (
            "b.html",
            lambda: b"<html><table>" + (b"<tr>" + b"<td>1" * 1000) * 1000 + b"</table></html>",
            "is too big to find the article in",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_bomb_is_a_sentence(name: str, make: Callable[[], bytes], said: str) -> None:
    data = make()
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", PEAK],
        cwd=ROOT,
        input=json.dumps([name, base64.b64encode(data).decode()]),
        capture_output=True,
        text=True,
        check=True,
        timeout=PATIENT_S,
    )
    sentence, grown_mb, cpu_s = json.loads(done.stdout)
    assert sentence.startswith("b.")
    assert said in sentence
    assert grown_mb < 60 + len(data) // 500_000
    assert cpu_s < 23  # the child's limit, and its start
