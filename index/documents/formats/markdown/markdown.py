"""A Markdown file -> what an article is made of: front matter, title, sections, text."""

from __future__ import annotations

from dataclasses import replace

from index.documents.formats.blocks import check_length, compose
from index.documents.formats.front_matter import known_from
from index.documents.formats.markdown.commonmark import markdown_blocks
from index.documents.formats.markdown.front_matter_data import split_front_matter
from index.documents.formats.text import decode_text, has_words, split_date_line, without_text
from index.documents.formats.types import Extracted
from index.documents.normalize import normal_form


def extract_markdown(data: bytes, name: str, url: str | None = None, charset: str | None = None) -> Extracted:
    """Return the article in the bytes of a Markdown file called ``name``, which came from ``url``, if known.

    Its text is what a reader of the page sees: without marks, comments, note signs and the targets of links.
    Starts and ends count in that text, as in every format; nothing counts in the file. Raises SourceError
    when the bytes are no text, the front matter means nothing, or no text is left.
    """
    fields, body = split_front_matter(normal_form(decode_text(data, name, charset)), name)
    day, body = split_date_line(body, name)
    check_length(len(body), body.count("\n"), name)
    known = known_from(fields, name, url)
    blocks = markdown_blocks(body, name, is_of_site=bool(fields))
    extracted = compose(blocks, replace(known, published=known.published or day, url=known.url or url), name)
    if not has_words(extracted.text):
        raise without_text(name)
    return extracted
