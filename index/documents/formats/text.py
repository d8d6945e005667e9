"""Plain text -> what an article is made of: what is said above it, and its text, as it stands.

Understood at the top of a file: front matter between two lines of ``---`` (``key: value`` a line), or a line
that starts with ``date YYYY-MM-DD``, with the text on the same line. No sign in it means anything else: what
is to be read as Markdown has a name that ends in .md or .markdown.
"""

from __future__ import annotations

import re
from datetime import date

from index.documents.formats.blocks import check_length, title_of
from index.documents.formats.charset import codec_of, decode_unsaid, is_default, unmarked
from index.documents.formats.front_matter import between_rules, day_of, known_from, line_fields
from index.documents.formats.hyphens import join_cut_words
from index.documents.formats.types import Extracted
from index.documents.normalize import normal_form
from index.errors import SourceError

_DATE_LINE = re.compile(r"\A\s*+date(?:[ \t]*+:)?[ \t]++(\d{4}-\d{2}-\d{2})(?=\s)", re.IGNORECASE)


def extract_text(data: bytes, name: str, charset: str | None = None) -> Extracted:
    """Return the article in the bytes of a text file called ``name``.

    ``charset`` is the encoding that its server named. Without a title it is the file's name without its
    ending. Raises SourceError when the bytes are no text, the front matter means nothing, or no text is left.
    """
    whole = normal_form(decode_text(data, name, charset))
    parts = between_rules(whole)
    fields = line_fields(parts[0], name) if parts else None
    day, body = split_date_line(parts[1] if parts and fields is not None else whole, name)
    check_length(len(body), body.count("\n"), name)
    text = join_cut_words(body).strip()
    if not has_words(text):
        raise without_text(name)
    known = known_from(fields or {}, name)
    return Extracted(
        title=known.title or title_of(name),
        text=text,
        url=known.url,
        publisher=known.publisher,
        author=known.author,
        published=known.published or day,
        language=known.language,
    )


def decode_text(data: bytes, name: str, charset: str | None) -> str:
    """Decode a text file: by its byte order mark, as its server says, as UTF-8, as Windows-1252.

    Raises SourceError when nothing fits.
    """
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
            raise SourceError(f"{name} isn't a text file. Please save the article as UTF-8 text or Markdown.")
        return text
    if not marked and served in (None, "utf-8") and (unsaid := decode_unsaid(data)) is not None:
        return unsaid
    byte = first_error.start + 1 if first_error else 1
    raise SourceError(f"{name} isn't in UTF-8 (byte {byte} is invalid). Please save it as UTF-8 text.")


def split_date_line(body: str, name: str) -> tuple[date | None, str]:
    """Return the day that ``body`` may begin with, and the rest. Raises SourceError when it is none."""
    dated = _DATE_LINE.match(body)
    return (day_of(dated[1], name), body[dated.end() :]) if dated else (None, body)


def has_words(text: str) -> bool:
    """Return whether there is a letter or a digit in ``text``."""
    return any(char.isalnum() for char in text)


def without_text(name: str) -> SourceError:
    """Return the error that there isn't text in a file, with the way out."""
    return SourceError(f"{name} contains no text. Please put the article's text into it.")
