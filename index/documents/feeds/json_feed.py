"""A JSON Feed (https://www.jsonfeed.org/version/1.1/) -> its items."""

from __future__ import annotations

import json
from typing import Any

from index.documents.feeds.items import ITEMS, each_once, link_from, make_item

_VERSIONS = (
    "https://jsonfeed.org/version/",
    "http://jsonfeed.org/version/",
    "https://www.jsonfeed.org/version/",
)


def parse_json_feed(data: bytes, url: str) -> dict[str, Any]:
    """Return whether ``data`` ``is_feed``, and its first ``items``, as ``parse`` does of other feeds."""
    try:
        feed = json.loads(data.decode("utf-8-sig", "replace"))
    except (ValueError, RecursionError):
        feed = None
    entries = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(entries, list) or not str(feed.get("version")).startswith(_VERSIONS):
        return {"is_feed": False, "items": [], "kind": "", "feeds": []}
    items = [_item(entry, url) for entry in entries[:ITEMS] if isinstance(entry, dict)]
    return {"is_feed": True, "items": each_once(items), "kind": "", "feeds": []}


def _item(entry: dict[str, Any], url: str) -> dict[str, str]:
    said = entry.get("date_modified") or [
        entry.get(key) for key in ("date_published", "summary", "content_text", "content_html")
    ]
    link = link_from(_words(entry, "url") or _words(entry, "external_url"), url)
    return make_item(entry.get("id"), _words(entry, "title"), link, said)


def _words(entry: dict[str, Any], key: str) -> str:
    value = entry.get(key)
    return value if isinstance(value, str) else ""
