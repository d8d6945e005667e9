"""What a message brought -> an Article: where it came from, what it is called, its words."""

from __future__ import annotations

import hashlib

from bot.chat.ingest.sources import File, Link, Post, Source, Words
from index.documents.article import make_article
from index.documents.extract import extract
from index.documents.formats.types import Extracted
from index.documents.normalize import normal_form
from index.documents.web.address import canonical
from index.errors import SourceError
from index.types import Article

LONGEST_TITLE = 80


def origin_of(source: Source) -> str:
    """Say where an article comes from, as its source is called; of a page that redirects, only once read."""
    match source:
        case File():
            return f"file {source.name}"
        case Post():
            return source.url or f"post {source.publisher} {_digest(_worded(source.text))}"
        case Words():
            return f"words {_digest(_worded(source.text))}"
        case Link():
            return canonical(source.url)


def article_of_file(data: bytes, name: str) -> Article:
    """Make the article in a file called ``name``; sent again, it is a new version. Raises SourceError."""
    return make_article(f"file {name}", extract(data, name))


def article_of_post(post: Post) -> Article:
    """Make an article of a post, called by its beginning; other words make a version. Raises SourceError."""
    text = _worded(post.text)
    extracted = Extracted(
        _title_of(text), text, url=post.url, publisher=post.publisher or None, published=post.published
    )
    return make_article(origin_of(post), extracted)


def article_of_words(words: Words) -> Article:
    """Make an article of what somebody wrote, without the name. Raises SourceError."""
    text = _worded(words.text)
    return make_article(origin_of(words), Extracted(_title_of(text), text, published=words.written))


def _worded(text: str) -> str:
    text = normal_form(text).strip()
    if not any(character.isalnum() for character in text):
        raise SourceError("There are no words in it. Please send me some text.")
    return text


def _title_of(text: str) -> str:
    """Return the first line, or its first words where it is long."""
    line = text.partition("\n")[0].strip()
    if len(line) <= LONGEST_TITLE:
        return line
    return f"{line[:LONGEST_TITLE].rpartition(' ')[0] or line[:LONGEST_TITLE]}…"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]
