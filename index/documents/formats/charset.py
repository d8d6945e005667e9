"""The encoding of a page or a text, as a server or the page itself names it -> the codec that reads it."""

from __future__ import annotations

import codecs
import re

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""Byte order marks, and the codec that reads what follows each."""

_CHARSET = re.compile(r";\s*charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE | re.ASCII)
_WESTERN = frozenset(["iso-8859-1", "latin1", "latin-1", "us-ascii", "ascii", "windows-1252", "cp1252"])
_AS_BROWSERS_TAKE_IT = {
    **dict.fromkeys(_WESTERN, "cp1252"),
    **dict.fromkeys(["gb2312", "gbk", "x-gbk"], "gb18030"),
    **dict.fromkeys(["shift_jis", "shift-jis", "sjis", "x-sjis"], "cp932"),
    **dict.fromkeys(["euc-kr", "ks_c_5601-1987", "ksc5601"], "cp949"),
    "iso-8859-9": "cp1254",
    "tis-620": "cp874",
    "macintosh": "mac-roman",
}
# No other names: Python has codecs that are no encodings of texts, and slow ones.
_KNOWN = re.compile(
    r"utf-?8|utf-?16(?:[lb]e|-[lb]e)?|utf-?32|windows-(?:125[0-8]|874)|cp\d{3,4}|iso-?8859-\d{1,2}|koi8-[ru]"
    r"|gb18030|big5(?:-hkscs)?|euc-jp|iso-2022-(?:jp|kr)|mac-(?:roman|cyrillic)",
    re.IGNORECASE,
)
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1f\x7f]")
_HIGH = re.compile(r"[^\x00-\x7f]")
# What another alphabet, read as Windows-1252, is full of: words of accented letters alone, signs in words.
_NOT_WESTERN = re.compile(
    r"[\u00c0-\u00ffŒœŠšŽžŸ]{3,}|(?<=[^\W\d_])[\u00a1-\u00a9\u00ab-\u00b4\u00b6\u00b8\u00b9\u00bb-\u00bf\u0192†‡‰‹€](?=[^\W\d_])"
    r"|[£¢¥¦¬¯³¹¼½¾†‡‰ƒ][^\W\d_]"
)
_MOST_ODD_SHARE = 0.1  # of the letters and signs that are not of ASCII


def charset_of(content_type: str) -> str | None:
    """Return the charset in a Content-Type header, as it is written there; None where it names none."""
    found = _CHARSET.search(content_type)
    return found[1].lower() if found else None


def codec_of(charset: str | None) -> str | None:
    """Return the codec for ``charset``, as browsers take the name; None where it is not known."""
    if charset is None:
        return None
    name = _AS_BROWSERS_TAKE_IT.get(charset.lower(), charset.lower())
    if not _KNOWN.fullmatch(name) and name not in _AS_BROWSERS_TAKE_IT.values():
        return None
    try:
        return codecs.lookup(name.replace("windows-", "cp")).name
    except LookupError:
        return None


def is_default(charset: str | None) -> bool:
    """Return whether servers say ``charset`` also of what they know nothing about.

    Then UTF-8 that fits is likelier.
    """
    return charset is not None and charset.lower() in _WESTERN


def unmarked(data: bytes) -> tuple[bytes, str | None]:
    """Return ``data`` without its byte order mark, and the codec that the mark names; None without one."""
    for mark, codec in MARKS:
        if data.startswith(mark):
            return data[len(mark) :], codec
    return data, None


def decode_unsaid(data: bytes) -> str | None:
    """Decode a text that does not say its encoding: UTF-8, else Windows-1252; None where it is neither.

    A few bytes that do not fit, among characters of UTF-8 that do, are replaced by U+FFFD.
    """
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    if _CONTROL.search(data):
        return None
    text = data.decode("utf-8", "replace")
    damage_count = text.count("\ufffd")
    if sum(char > "\x7f" for char in text) - damage_count > 2 * damage_count:
        return text
    try:
        western = data.decode("cp1252")
    except UnicodeDecodeError:
        return None
    odd_count = sum(len(found[0]) for found in _NOT_WESTERN.finditer(western))
    return western if odd_count <= _MOST_ODD_SHARE * len(_HIGH.findall(western)) else None
