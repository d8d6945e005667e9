"""A citation -> a URL that opens the source at the words.

Text fragments are a draft (https://wicg.github.io/scroll-to-text-fragment/) that the main browsers know;
others open the top of the page.
"""

from __future__ import annotations

import re
from urllib.parse import urldefrag

WORDS_AT_EACH_END = 5
_WORD = re.compile(r"\S+")
_NUMBER = re.compile(r"\A\s*+\d{1,3}[.)]\s++(?=\S)")


def link_to_words(url: str, words: str, page: int | None = None) -> str:
    """Return ``url`` with a fragment that opens at ``words``; at ``page``, where the source has pages.

    A fragment that is there already stays. Under ten words all are named, else the first and last five. The
    number of an item is not: on a page it is no text.
    """
    base, fragment = urldefrag(url)
    if page is not None:
        return f"{base}#page={page}"
    found = _WORD.findall(_NUMBER.sub("", words, count=1))
    if not found:
        return url
    if len(found) < 2 * WORDS_AT_EACH_END:
        directive = _encode(" ".join(found))
    else:
        ends = found[:WORDS_AT_EACH_END], found[-WORDS_AT_EACH_END:]
        directive = ",".join(_encode(" ".join(end)) for end in ends)
    kept = fragment.partition(":~:")[0]
    return f"{base}#{kept}:~:text={directive}"


def _encode(words: str) -> str:
    # Hyphen, comma and ampersand mean something in a text directive: only letters and digits stay.
    return "".join(
        char if char.isascii() and char.isalnum() else "".join(f"%{byte:02X}" for byte in char.encode())
        for char in words
    )
