"""What a PDF loses without a word when it is read: streams that are damaged, letters that no font explains.

PDFium shows such pages without their words, or with others, and says nothing.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Sequence
from typing import Any

import pypdfium2.raw as pdfium

_STREAM = re.compile(
    rb"(?<!\d)\d++\s++\d++\s++obj\s*+<<((?:(?!endobj|stream|\sobj).){0,2000}?)>>\s*+stream\r?\n", re.DOTALL
)
_FLATE = re.compile(rb"/Filter\s*+(?:\[\s*+)?/FlateDecode\b")
# Pictures, fonts and the like: no words are lost with them.
_NO_WORDS = re.compile(
    rb"/Subtype\s*/(?:Image|XML|Type1C|CIDFontType0C|OpenType)\b|/Length1\b|/Alternate\b|/Metadata\b"
)
_CONTENTS = re.compile(rb"/Contents\s+(\d{1,10})\s+\d+\s+R\b")
_OBJECT = re.compile(rb"(?<!\d)(\d{1,10})\s+\d+\s+obj\b")
_HEAD_BYTES = 2  # before the packed data itself
_SUM_BYTES = 6  # with the end of its line
_PIECE_BYTES = 1 << 14
_UNPACKED_BYTES = 1 << 20
_PLACEHOLDER = re.compile(
    r"not eventually replaced by the proper contents of the document|open this PDF portfolio in"
    r"|(?:document|form) you are trying to (?:load|open) requires|You(?:'|\u2019)ll need a different reader",
    re.IGNORECASE,
)
_PLACEHOLDER_PAGES = 2  # at most, and so many
_PLACEHOLDER_CHARS = 2000
_LOOKED_AT = 400  # characters of a page
_MOST_UNKNOWN = 0.05  # of the whole; bullets of a picture font are fewer
_MOST_UNKNOWN_OF_PAGE = 0.3
_LEAST_OF_PAGE = 50

Unknown = tuple[int, int]
"""How many of the characters of a page that were looked at say nothing, and how many there are."""


def is_damaged(data: bytes, document: Any) -> bool:
    """Return whether a stream that may hold words ends early, or cannot be unpacked.

    Also where a page's stream is not there.
    """
    if pdfium.FPDF_GetSecurityHandlerRevision(document) != -1:
        return False  # enciphered, with an empty password: nothing can be unpacked from outside
    if any(_is_broken(data, found) for found in _STREAM.finditer(data)):
        return True
    if b"/ObjStm" in data:  # a page's contents may be named by an object that is packed
        return False
    named = {found[1].lstrip(b"0") for found in _CONTENTS.finditer(data)}
    return not named <= {found[1].lstrip(b"0") for found in _OBJECT.finditer(data)}


def _is_broken(data: bytes, found: re.Match[bytes]) -> bool:
    if not _FLATE.search(found[1]) or _NO_WORDS.search(found[1]):
        return False
    end = data.find(b"endstream", found.end())
    return end < 0 or not _unpacks(data[found.end() + _HEAD_BYTES : end])


def _unpacks(packed: bytes) -> bool:
    """Return whether ``packed`` comes to its own end.

    The checksum after it may be wrong, as some programs write it.
    """
    unpacker, total = zlib.decompressobj(-zlib.MAX_WBITS), 1
    behind = b""
    try:
        for place in range(0, len(packed), _PIECE_BYTES):
            rest = packed[place : place + _PIECE_BYTES]
            while rest and not unpacker.eof:
                total = zlib.adler32(unpacker.decompress(rest, _UNPACKED_BYTES), total)
                rest = unpacker.unconsumed_tail
            if unpacker.eof:
                behind = unpacker.unused_data + packed[place + _PIECE_BYTES :]
                break
    except zlib.error:
        return False
    is_sum = behind[:4] == total.to_bytes(4, "big")
    return unpacker.eof and (is_sum or len(behind) <= _SUM_BYTES)


def is_placeholder(document: Any, page_count: int, text: str) -> bool:
    """Return whether the ``text`` of the pages only says that another program shows the contents.

    So it is with forms that are made when they are opened (XFA), with portfolios, and with rights management.
    """
    if page_count > _PLACEHOLDER_PAGES or len(text) > _PLACEHOLDER_CHARS:
        return False
    is_made_when_opened = document.get_formtype() == pdfium.FORMTYPE_XFA_FULL
    return is_made_when_opened or bool(_PLACEHOLDER.search(" ".join(text.split())))


def unknown_of(textpage: Any) -> Unknown:
    """Return how many of some characters of a page, spread evenly, say nothing."""
    count = textpage.count_chars()
    places = range(0, max(0, count), max(1, count // _LOOKED_AT))
    seen = [
        place
        for place in places
        if not pdfium.FPDFText_IsGenerated(textpage, place)
        and pdfium.FPDFText_GetUnicode(textpage, place) not in (0x20, 0x0A, 0x0D, 0xA0)
    ]
    return sum(_is_unknown(textpage, place) for place in seen), len(seen)


def _is_unknown(textpage: Any, place: int) -> bool:
    code = pdfium.FPDFText_GetUnicode(textpage, place)
    if pdfium.FPDFText_HasUnicodeMapError(textpage, place) == 1 or not 0 < code < 0x110000:
        return True
    return code == 0xFFFD or (
        code not in (0x02, 0x09) and unicodedata.category(chr(code)) in ("Cc", "Co", "Cn")
    )


def says_too_little(pages: Sequence[Unknown]) -> bool:
    """Return whether words are lost, in all or on a page, because too many characters say nothing."""
    whole, unknown = sum(count for _, count in pages), sum(count for count, _ in pages)
    return unknown > _MOST_UNKNOWN * whole or any(
        count >= _LEAST_OF_PAGE and found > _MOST_UNKNOWN_OF_PAGE * count for found, count in pages
    )
