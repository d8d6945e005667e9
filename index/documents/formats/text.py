"""Plain text and Markdown -> what an article is made of: front matter, title, sections, text.

Understood at the top of a file: front matter between two lines of ``---`` (``key: value`` a line), or a line
that starts with ``date YYYY-MM-DD``, with the text on the same line.
"""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import urlsplit

from index.documents.formats.blocks import check_length, one_line, title_of
from index.documents.formats.charset import codec_of, decode_unsaid, is_default, unmarked
from index.documents.formats.hyphens import join_cut_words
from index.documents.formats.types import Extracted
from index.documents.normalize import normal_form
from index.errors import SourceError
from index.types import Section

KEYS = ("title", "author", "publisher", "published", "url", "language")
_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)^---[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_DATE_LINE = re.compile(r"\A\s*+date(?:[ \t]*+:)?[ \t]++(\d{4}-\d{2}-\d{2})(?=\s)", re.IGNORECASE)
_HEADING = re.compile(r"^#{1,6}[ \t]++([^ \t\n].*+)", re.MULTILINE)


def extract_text(data: bytes, name: str, charset: str | None = None) -> Extracted:
    """Return the article in the bytes of a text file called ``name``, headings taken out of the text.

    ``charset`` is the encoding that its server named; without one, and without a mark, it is UTF-8 or
    Windows-1252.
    Without a title it is the first heading, else the file's name without its ending. Raises SourceError when
    the bytes are no text, the front matter means nothing, or no text is left.
    """
    whole = normal_form(_decode(data, name, charset))
    fields, body = _front_matter(whole, name)
    dated = _DATE_LINE.match(body)
    if dated:
        fields.setdefault("published", dated[1])
        body = body[dated.end() :]
    check_length(len(body), body.count("\n"), name)
    text, sections = _without_headings(join_cut_words(body))
    if not any(char.isalnum() for char in text):
        raise SourceError(f"{name} holds no text; put the words of the article into it.")
    return Extracted(
        title=one_line(fields.get("title")) or (sections[0].title if sections else title_of(name)),
        text=text,
        url=_url(fields.get("url"), name),
        publisher=one_line(fields.get("publisher")),
        author=one_line(fields.get("author")),
        published=_day(fields.get("published"), name),
        language=one_line(fields.get("language")),
        sections=sections,
    )


def _decode(data: bytes, name: str, charset: str | None) -> str:
    data, marked = unmarked(data)
    served = codec_of(charset)
    codecs = [marked] if marked else [served, "utf-8"] if not is_default(charset) else ["utf-8", served]
    first_error = None
    for codec in filter(None, codecs):
        try:
            text = data.decode(codec)
        except UnicodeDecodeError as error:
            first_error = first_error or error
            continue
        if "\x00" in text and not marked:
            raise SourceError(f"{name} is not a text file; save the article as UTF-8 text or Markdown.")
        return text
    if not marked and served in (None, "utf-8") and (unsaid := decode_unsaid(data)) is not None:
        return unsaid
    byte = first_error.start + 1 if first_error else 1
    raise SourceError(f"{name} is not in UTF-8 (byte {byte} fits nothing); save it as UTF-8 text.")


def _front_matter(text: str, name: str) -> tuple[dict[str, str], str]:
    found = _FRONT_MATTER.match(text.lstrip("\n \t"))
    if not found:
        return {}, text
    fields: dict[str, str] = {}
    for line in found[1].splitlines():
        key, colon, value = (part.strip() for part in line.partition(":"))
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if not colon:
            raise SourceError(f"{name}: the line {line[:60]!r} in its front matter is no `key: value`.")
        if key.lower() in KEYS and value.strip("\"'"):
            fields[key.lower()] = _unquoted(value)
    return fields, found.string[found.end() :]


def _unquoted(value: str) -> str:
    quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
    return value[1:-1].strip() if quoted else value


def _day(value: str | None, name: str) -> date | None:
    if value is None:
        return None
    try:
        return date.fromisoformat(value[:10])
    except ValueError:
        raise SourceError(f"{name}: {value[:60]!r} is no day; write it as 2022-03-18.") from None


def _url(value: str | None, name: str) -> str | None:
    if value is None:
        return None
    try:
        parts = urlsplit(value)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and not re.search(r"\s", value)
    except ValueError:
        usable = False
    if not usable:
        raise SourceError(f"{name}: {value[:200]!r} is no web address; write one that starts with https://.")
    return value


def _without_headings(body: str) -> tuple[str, tuple[Section, ...]]:
    parts: list[str] = []
    sections: list[Section] = []
    length = place = 0
    for heading in _HEADING.finditer(body):
        length, place = _append(parts, body[place : heading.start()], length), heading.end()
        title = _title_in(heading[1])
        sections.append(Section(length, one_line(title) or title))
    length = _append(parts, body[place:], length)
    text = "".join(parts).rstrip()
    return text, tuple(Section(min(section.start, len(text)), section.title) for section in sections)


def _title_in(heading: str) -> str:
    """Return the words of ``heading``, without the marks that may close it.

    A heading of marks alone is returned as it is.
    """
    whole = heading.rstrip(" \t")
    return whole.rstrip("#").rstrip(" \t") or whole


def _append(parts: list[str], piece: str, length: int) -> int:
    """Add ``piece`` as paragraphs of its own; return the new length of all parts."""
    piece = piece.strip()
    if piece:
        parts.append(piece + "\n\n")
        length += len(parts[-1])
    return length
