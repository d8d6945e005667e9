"""What a PDF says of itself."""

from __future__ import annotations

import re
from typing import Any

import pypdfium2.raw as pdfium

from index.documents.formats.blocks import one_line
from index.documents.formats.days import parse_day
from index.documents.formats.names import chosen_title, real_author
from index.documents.formats.types import Known

_PRINTS_PAGES = re.compile(r"Skia/PDF|Chrome|Firefox|Mozilla|Safari|wkhtmltopdf|Qt \d|cairo|Quartz", re.I)


def known_of(document: Any, url: str | None) -> Known:
    """Return what the file says of itself; its ``url`` is known from elsewhere."""
    info = document.get_metadata_dict()
    # A browser notes when the page was printed, not when it was published.
    printed = _PRINTS_PAGES.search(f"{info.get('Producer')} {info.get('Creator')}")
    return Known(
        title=chosen_title(one_line(info.get("Title"))),
        author=real_author(one_line(info.get("Author"))),
        published=None if printed else parse_day(info.get("CreationDate")),
        language=_language(document),
        url=url,
    )


def _language(document: Any) -> str | None:
    length = pdfium.FPDFCatalog_GetLanguage(document, None, 0)
    if not 2 < length <= 64:
        return None
    buffer = (pdfium.FPDF_WCHAR * (length // 2))()
    pdfium.FPDFCatalog_GetLanguage(document, buffer, length)
    return one_line(bytes(buffer).decode("utf-16-le", "replace").rstrip("\x00"))


def page_labels(document: Any) -> tuple[str, ...]:
    """Return what is printed on each page; nothing where the file does not say it, or they count from 1."""
    labels = tuple(one_line(document.get_page_label(number)) or "" for number in range(len(document)))
    counted = tuple(str(number) for number in range(1, len(labels) + 1))
    return labels if any(labels) and labels != counted else ()
