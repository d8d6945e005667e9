"""Feeds as sites write them."""

from __future__ import annotations

from email.utils import formatdate
from xml.sax.saxutils import escape


def rss(*items: tuple[str, str, int]) -> str:
    """A feed of these: title, link, and when it was published, in seconds since 1970."""
    said = "".join(
        f"<item><title>{escape(title)}</title><link>{escape(link)}</link><guid>{escape(title)}</guid>"
        f"<pubDate>{formatdate(published)}</pubDate></item>"
        for title, link, published in items
    )
    return f'<rss version="2.0"><channel><title>News</title>{said}</channel></rss>'


def atom(*items: tuple[str, str, str]) -> str:
    """A feed of these: id, link, and when it was updated."""
    said = "".join(
        f'<entry><id>{entry}</id><title>A &amp; B</title><link href="{link}"/>'
        f"<updated>{updated}</updated></entry>"
        for entry, link, updated in items
    )
    return f'<feed xmlns="http://www.w3.org/2005/Atom"><title>News</title>{said}</feed>'
