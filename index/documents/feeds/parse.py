"""python -m index.documents.feeds.parse: a line of JSON and a feed on stdin -> its items as JSON on stdout.

The process that feedparser runs in: whatever stands in a feed, it ends here, within the memory and the time.
"""

from __future__ import annotations

import io
import json
import resource
import sys
from typing import Any

import feedparser
from lxml import html
from lxml.etree import ParserError

from index.documents.feeds.items import ITEMS, each_once, link_from, make_item
from index.documents.feeds.json_feed import parse_json_feed

MEMORY_BYTES = 1_000_000_000
CPU_S = 15
FEEDS = 3
FEED_TYPES = ("application/rss+xml", "application/atom+xml")


def parse(data: bytes, url: str, content_type: str) -> dict[str, Any]:
    """Return whether ``data`` ``is_feed``, and its first ``items``.

    Each item has the fields of an ``Item``; an id comes once. Of what is no feed, ``kind`` says what it is
    where that is known, and ``feeds`` are the addresses of those that it names.
    """
    if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{":
        return parse_json_feed(data, url)
    # Bytes or text would be taken for the name of a file, if there is one; a stream is only read.
    found = feedparser.parse(
        io.BytesIO(data),
        response_headers={"content-type": content_type, "content-location": url},
        resolve_relative_uris=False,
        sanitize_html=False,
    )
    language = (found.feed.get("language") or "") if found.get("feed") else ""
    items = [_item(entry, url, language) for entry in found.entries[:ITEMS]]
    is_feed = bool(found.get("version"))
    kind, feeds = ("", []) if is_feed else _named_feeds(data, url)
    return {"is_feed": is_feed, "items": each_once(items), "kind": kind, "feeds": feeds}


def _named_feeds(data: bytes, url: str) -> tuple[str, list[str]]:
    """Return what kind of file it is that is no feed, and the feeds that it names, absolute, each once."""
    try:
        page = html.document_fromstring(data)
    except (ParserError, ValueError):
        return "", []
    if page.tag == "opml" or page.find(".//opml") is not None:
        named = (link_from(found.get("xmlurl") or "", url) for found in page.iterfind(".//outline"))
        return "opml", list(dict.fromkeys(filter(None, named)))[:FEEDS]
    if any(page.tag == tag or page.find(f".//{tag}") is not None for tag in ("urlset", "sitemapindex")):
        return "sitemap", []
    links = (
        link_from(link.get("href") or "", url)
        for link in page.iterfind(".//link[@href]")
        if "alternate" in (link.get("rel") or "").lower().split()
        and (link.get("type") or "").partition(";")[0].strip().lower() in FEED_TYPES
    )
    return "", list(dict.fromkeys(link for link in links if link))[:FEEDS]


def _item(entry: feedparser.FeedParserDict, url: str, language: str) -> dict[str, str]:
    said = entry["updated"] if "updated" in entry else [entry.get("published"), entry.get("summary")]
    link = link_from(_in_language(entry, language) or entry.get("link") or "", url)
    return make_item(entry.get("id"), entry.get("title"), link, said)


def _in_language(entry: feedparser.FeedParserDict, language: str) -> str | None:
    """Return the first of several pages that an entry is on, in the feed's ``language`` where one says so."""
    pages = [link for link in entry.get("links", ()) if link.get("rel") == "alternate" and link.get("href")]
    if len(pages) < 2:
        return None
    wanted = language.lower().partition("-")[0]
    own = (
        page for page in pages if wanted and (page.get("hreflang") or "").lower().partition("-")[0] == wanted
    )
    unsaid = (page for page in pages if not page.get("hreflang"))
    chosen: str = next(own, next(unsaid, pages[0]))["href"]
    return chosen


def main() -> None:
    """Read stdin, write stdout."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_S, CPU_S))
    head = json.loads(sys.stdin.buffer.readline())
    json.dump(parse(sys.stdin.buffer.read(), **head), sys.stdout)


if __name__ == "__main__":
    main()
