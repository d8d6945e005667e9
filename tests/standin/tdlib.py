"""Telegram's own library for texts: what it marks, how it parses, what it would show. Without a network."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import tdjson

from tests.standin.refusals import RefusedError


def marks_of(text: str) -> list[dict[str, Any]]:
    """What Telegram marks in a text that a person writes: commands, mentions, links."""
    found = tdlib({"@type": "getTextEntities", "text": text})["entities"]
    return [
        {"type": _NAMES[entity["type"]["@type"]], "offset": entity["offset"], "length": entity["length"]}
        for entity in found
        if entity["type"]["@type"] in _NAMES
    ]


def parse(text: str, mode: str) -> tuple[str, list[dict[str, Any]]]:
    """Text and entities of a marked-up text, by Telegram's own parser. Raises RefusedError with its words."""
    theirs = {"@type": "textParseModeHTML"}
    if mode.lower() != "html":
        theirs = {"@type": "textParseModeMarkdown", "version": 2 if mode.lower() == "markdownv2" else 1}  # type: ignore[dict-item]
    parsed = tdlib({"@type": "parseTextEntities", "text": text, "parse_mode": theirs})
    if parsed["@type"] == "error":
        raise RefusedError(parsed["message"].partition("entities: ")[2] or parsed["message"])
    return parsed["text"], [_entity(entity) for entity in parsed["entities"]]


def units(text: str) -> int:
    """The length of a text as Telegram counts it: in UTF-16."""
    return len(text.encode("utf-16-le")) // 2


def tdlib(request: Mapping[str, Any]) -> dict[str, Any]:
    """TDLib's answer to a request that needs neither account nor network."""
    answered = tdjson.td_execute(json.dumps(request).encode())
    if answered is None:
        raise ValueError(f"TDLib answers {request['@type']} only when connected")
    answer: dict[str, Any] = json.loads(answered)
    return answer


_NAMES = {
    "textEntityTypeBotCommand": "bot_command",
    "textEntityTypeMention": "mention",
    "textEntityTypeHashtag": "hashtag",
    "textEntityTypeUrl": "url",
}
_TYPES = {
    "bold": "textEntityTypeBold",
    "italic": "textEntityTypeItalic",
    "underline": "textEntityTypeUnderline",
    "strikethrough": "textEntityTypeStrikethrough",
    "spoiler": "textEntityTypeSpoiler",
    "code": "textEntityTypeCode",
    "pre": "textEntityTypePre",
    "blockquote": "textEntityTypeBlockQuote",
    "expandable_blockquote": "textEntityTypeExpandableBlockQuote",
    "text_link": "textEntityTypeTextUrl",
    **{name: theirs for theirs, name in _NAMES.items()},
}
_OURS = {theirs: name for name, theirs in _TYPES.items()}

tdlib({"@type": "setLogVerbosityLevel", "new_verbosity_level": 0})


def _entity(theirs: dict[str, Any]) -> dict[str, Any]:
    kind = theirs["type"]
    entity = {"type": _OURS[kind["@type"]], "offset": theirs["offset"], "length": theirs["length"]}
    return entity | {"url": kind["url"]} if "url" in kind else entity


def check_shown(text: str, entities: list[dict[str, Any]]) -> None:
    """Raises RefusedError when Telegram would change what the entities mark."""
    theirs = [
        {
            "@type": "textEntity",
            "offset": entity["offset"],
            "length": entity["length"],
            "type": {"@type": _TYPES[entity["type"]], **({"url": entity["url"]} if "url" in entity else {})},
        }
        for entity in entities
    ]
    formatted = {"@type": "formattedText", "text": text, "entities": theirs}
    answer = tdlib({"@type": "getMarkdownText", "text": formatted})
    if answer["@type"] == "error":
        raise RefusedError(answer["message"])
    quotes = sum(entity["type"] == "blockquote" for entity in entities)
    kept = sum(entity["type"]["@type"] == "textEntityTypeBlockQuote" for entity in answer["entities"])
    if quotes != kept:
        raise RefusedError(f"{quotes} blockquotes were sent and {kept} would be shown")
