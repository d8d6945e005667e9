"""Files for tests: those that programs made, and PDFs made here, byte by byte."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from pathlib import Path

DOCUMENTS = Path(__file__).parent / "files" / "documents"

Words = tuple[float, float, float, str]
"""Left, bottom and size in points, and the words that stand there."""


def document(name: str) -> bytes:
    """The bytes of a file in tests/files/documents."""
    return (DOCUMENTS / name).read_bytes()


def make_pdf(pages: Sequence[Sequence[Words]], info: str = "", resources: str = "") -> bytes:
    """A PDF of A5 pages with these words on them, in Helvetica."""
    contents = ["".join(_show(*words) for words in page).encode("cp1252") for page in pages]
    return make_pdf_of(contents, info, resources)


def make_pdf_of(contents: Sequence[bytes], info: str = "", resources: str = "", filters: int = 1) -> bytes:
    """A PDF of pages with these content streams, each compressed as often as ``filters`` says."""
    kids = " ".join(f"{3 + 2 * number} 0 R" for number in range(len(contents)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count {len(contents)}>>".encode(),
    ]
    font = "/Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>>>"
    names = " ".join(["/FlateDecode"] * filters)
    for content in contents:
        for _ in range(filters):
            content = zlib.compress(content, 9)
        place = len(objects) + 2
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 420 595]/Contents {place} 0 R"
            f"/Resources<<{font}{resources}>>>>".encode()
        )
        head = f"<</Length {len(content)}/Filter[{names}]>>stream\n".encode()
        objects.append(head + content + b"\nendstream")
    objects.append(f"<<{info}>>".encode())
    return _written(objects)


def _show(left: float, bottom: float, size: float, words: str) -> str:
    escaped = words.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return f"BT /F1 {size} Tf {left} {bottom} Td ({escaped}) Tj ET\n"


def _written(objects: Sequence[bytes]) -> bytes:
    data = b"%PDF-1.7\n"
    places = []
    for number, written in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%b\nendobj\n" % (number, written)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return (
        data
        + b"xref\n0 %d\n0000000000 65535 f \n%btrailer\n<</Size %d/Root 1 0 R/Info %d 0 R>>\n"
        % (
            len(objects) + 1,
            table,
            len(objects) + 1,
            len(objects),
        )
        + b"startxref\n%d\n%%%%EOF\n" % len(data)
    )
