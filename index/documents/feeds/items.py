"""The items of a feed, of whatever form: told apart, with absolute links, within bounds."""

from __future__ import annotations

import hashlib
import json
from urllib.parse import urljoin

ITEMS = 2000
TITLE_CHARS = 300
ID_CHARS = 1000
LINK_CHARS = 8000


def make_item(id: object, title: str | None, link: str, said: object) -> dict[str, str]:
    """Return the fields of an ``Item``; ``said`` is what a feed says of it beside its title and link."""
    title = _line(title)
    mark = hashlib.sha256(json.dumps([title, link, said]).encode()).hexdigest()[:16]
    return {"id": (str(id or "") or link or title)[:ID_CHARS], "title": title, "url": link, "mark": mark}


def each_once(items: list[dict[str, str]]) -> list[dict[str, str]]:
    """Return ``items``, each id once, with the item that comes first.

    Where items share one and have links that differ, these tell them apart: their ids are the links.
    """
    links: dict[str, set[str]] = {}
    for item in items:
        links.setdefault(item["id"], set()).add(item["url"])
    once: dict[str, dict[str, str]] = {}
    for item in items:
        id = item["id"] if len(links[item["id"]]) == 1 else item["url"] or item["id"]
        once.setdefault(id[:ID_CHARS], {**item, "id": id[:ID_CHARS]})
    return list(once.values())


def link_from(link: str, url: str) -> str:
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
