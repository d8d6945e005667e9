"""What a page says of its article in JSON-LD, in the forms that sites write it in."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

_TYPE = "application/ld+json"
_ARTICLES = ("Article", "Posting", "Report")
_MOST_NODES = 5_000
_IN_FRONT = re.compile(r"(?://|/\*)?\s*(?:<!\[CDATA\[|<!--)\s*(?:\*/)?")
_BEHIND = re.compile(r"(?://|/\*)?\s{0,9}(?:\]\]>|-->)\s{0,9}(?:\*/)?;?$")
_STRING_OR_ODD = re.compile(
    r'"(?:[^"\\]|\\.?)*+"?|/\*(?:[^*]|\*(?!/)){0,200}\*/|//[^\n]*|,(?=\s*[}\]])', re.DOTALL
)
_TAIL_CHARS = 60


def scripts_of(page: Any) -> list[str]:
    """Return the texts of the page's scripts of JSON-LD, in order."""
    return [
        script.text or ""
        for script in page.iter("script")
        if (script.get("type") or "").partition(";")[0].strip().lower() == _TYPE
    ]


def described_article(page: Any) -> dict[str, Any]:
    """Return the first description of an article in the tree ``page``; empty without one.

    Where it names its author or publisher by ``@id`` only, what is described under that stands there.
    """
    nodes = [node for script in scripts_of(page) for node in _nodes(_parsed(script))]
    named = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and len(node) > 1}
    for node in nodes:
        kinds = node.get("@type")
        kinds = kinds if isinstance(kinds, list) else [kinds]
        if any(str(kind).endswith(_ARTICLES) for kind in kinds):
            return {**node, **{key: _resolved(node.get(key), named) for key in ("author", "publisher")}}
    return {}


def _parsed(text: str) -> Any:
    text = text.strip()
    if found := _IN_FRONT.match(text):
        text = text[found.end() :]
    text = text[:-_TAIL_CHARS] + _BEHIND.sub("", text[-_TAIL_CHARS:])
    for attempt in (text, _STRING_OR_ODD.sub(_kept, text)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _kept(found: re.Match[str]) -> str:
    return found[0] if found[0].startswith('"') else ""


def _nodes(described: Any) -> Iterator[dict[str, Any]]:
    """Yield the objects that are described by themselves, the outer ones first."""
    waiting = [described]
    for _ in range(_MOST_NODES):
        if not waiting:
            return
        node = waiting.pop(0)
        if isinstance(node, list):
            waiting[:0] = node[:_MOST_NODES]
        elif isinstance(node, dict):
            yield node
            waiting[:0] = [node[key] for key in ("@graph", "mainEntity") if key in node]


def _resolved(said: Any, named: dict[str, dict[str, Any]]) -> Any:
    if isinstance(said, list):
        return [_resolved(item, named) for item in said[:20]]
    if isinstance(said, dict) and not said.get("name") and isinstance(said.get("@id"), str):
        return named.get(said["@id"], said)
    return said
