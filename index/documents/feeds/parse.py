"""python -m index.documents.feeds.parse: a line of JSON and a feed on stdin -> its items as JSON on stdout.

The process that feedparser runs in: whatever stands in a feed, it ends here, within the memory and the time.
"""

from __future__ import annotations

import hashlib
import io
import json
import resource
import sys
from typing import Any
from urllib.parse import urljoin

import feedparser
from lxml import html
from lxml.etree import ParserError

MEMORY_BYTES = 1_000_000_000
CPU_S = 15
TITLE_CHARS = 300
ID_CHARS = 1000
LINK_CHARS = 8000
ITEMS = 2000
FEEDS = 3
FEED_TYPES = ("application/rss+xml", "application/atom+xml")


def parse(data: bytes, url: str, content_type: str) -> dict[str, Any]:
    """Return whether ``data`` ``is_feed``, and its first ``items``.

    Each item has the fields of an ``Item``; an id comes once. Of a page that is no feed, ``feeds`` are the
    addresses of those that it names.
    """
    # Bytes or text would be taken for the name of a file, if there is one; a stream is only read.
    found = feedparser.parse(
        io.BytesIO(data),
        response_headers={"content-type": content_type, "content-location": url},
        resolve_relative_uris=False,
        sanitize_html=False,
    )
    items = [_item(entry, url) for entry in found.entries[:ITEMS]]
    once = {item["id"]: item for item in reversed(items)}
    is_feed = bool(found.get("version"))
    feeds = [] if is_feed else _named_feeds(data, url)
    return {"is_feed": is_feed, "items": list(reversed(once.values())), "feeds": feeds}


def _named_feeds(data: bytes, url: str) -> list[str]:
    """Return the feeds that a web page names in its head, absolute, each once."""
    try:
        page = html.document_fromstring(data)
    except (ParserError, ValueError):
        return []
    links = (
        _link(link.get("href") or "", url)
        for link in page.iterfind(".//link[@href]")
        if "alternate" in (link.get("rel") or "").lower().split()
        and (link.get("type") or "").partition(";")[0].strip().lower() in FEED_TYPES
    )
    return list(dict.fromkeys(link for link in links if link))[:FEEDS]


def _item(entry: feedparser.FeedParserDict, url: str) -> dict[str, str]:
    title, link = _line(entry.get("title")), _link(entry.get("link") or "", url)
    said = entry["updated"] if "updated" in entry else [entry.get("published"), entry.get("summary")]
    mark = hashlib.sha256(json.dumps([title, link, said]).encode()).hexdigest()[:16]
    return {"id": (entry.get("id") or link or title)[:ID_CHARS], "title": title, "url": link, "mark": mark}


def _link(link: str, url: str) -> str:
    """Return the address that ``link`` leads to from ``url``.

    It is "" for none, or one longer than any server takes.
    """
    link = link.strip()
    if not link or len(link) > LINK_CHARS:
        return ""
    try:
        return urljoin(url, link)
    except ValueError:
        return link


def _line(text: str | None) -> str:
    return " ".join((text or "").split())[:TITLE_CHARS]


def main() -> None:
    """Read stdin, write stdout."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_S, CPU_S))
    head = json.loads(sys.stdin.buffer.readline())
    json.dump(parse(sys.stdin.buffer.read(), **head), sys.stdout)


if __name__ == "__main__":
    main()
