"""Everything that the bot showed, and whether a chat was shown a word of another one."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from bot.telegram.messages.utf16 import code_points
from tests.bot.isolation.places import WORDS
from tests.standin.methods import Call
from tests.standin.world import Json

_ECHOES = (
    re.compile(r"^No article is called “(.+)”\. You can choose from: ", re.MULTILINE),
    re.compile(r"^\d+ articles match “(.+?)”: ", re.MULTILINE),
    re.compile(r"^I have no articles about (.+)\. Use /articles", re.MULTILINE),
    re.compile(r"^Articles about (.+):$", re.MULTILINE),
)
"""Sentences in which the bot repeats what a person said."""

_KEY = re.compile(r"\ba:[A-Za-z0-9_-]{16}:")


def leaks(calls: Iterable[Call], words: Mapping[str, set[int]], said: Mapping[int, str]) -> list[str]:
    """What of ``calls`` shows one of ``words`` in a chat that is none of the word's; nothing, if all is well.

    Where a person in that chat ``said`` the word, it may be repeated as theirs; never in a quote, a title, a
    link or on a button.
    """
    return [
        f"{word} in {call.values.get('chat_id')}: {call.method} {shown}"
        for call in calls
        for word, shown in _named(call, words)
        if call.values.get("chat_id") not in words[word] and not _is_echo(call.values, word, said)
    ]


def _named(call: Call, words: Iterable[str]) -> Iterator[tuple[str, str]]:
    if call.method == "getUpdates":
        return
    shown = json.dumps(call.values, ensure_ascii=False).casefold()
    yield from ((word, shown) for word in words if word in shown)


def _is_echo(values: Json, word: str, said: Mapping[int, str]) -> bool:
    text = values.get("text", "")
    rest = json.dumps({**values, "text": ""}, ensure_ascii=False).casefold()
    if word in rest or word not in said.get(values.get("chat_id", 0), "").casefold():
        return False
    spans = [match.span(1) for echo in _ECHOES for match in echo.finditer(text)]
    spans += [
        code_points(text, entity["offset"], entity["length"])
        for entity in values.get("entities", ())
        if entity["type"] == "italic" and entity["offset"] == 0
    ]
    found = [match.span() for match in re.finditer(re.escape(word), text.casefold())]
    return all(any(first <= start and end <= last for first, last in spans) for start, end in found)


def quoted(calls: Iterable[Call], chat_ids: set[int]) -> str:
    """All that was quoted in these chats."""
    texts = []
    for call in calls:
        if call.values.get("chat_id") in chat_ids:
            for entity in call.values.get("entities", ()):
                if entity["type"] == "blockquote":
                    start, end = code_points(call.values["text"], entity["offset"], entity["length"])
                    texts.append(call.values["text"][start:end])
    return "\n".join(texts)


def lines(calls: Iterable[Call], chat_ids: set[int], start: str) -> str:
    """The lines in these chats that begin so, a pattern: a source with a dash, an article with a number."""
    texts = (call.values.get("text", "") for call in calls if call.values.get("chat_id") in chat_ids)
    return "\n".join(line for text in texts for line in text.split("\n") if re.match(start, line))


def words_in(text: str) -> set[str]:
    """The secret words that ``text`` names."""
    return {word for word in WORDS if word in text.casefold()}


def seen(message: Json | None) -> Any:
    """A message as people see it, and its buttons without what differs each time."""
    if message is None:
        return None
    names = ("message_id", "text", "entities", "reply_markup")
    replied = message.get("reply_to_message", {}).get("message_id")
    raw = json.dumps({**{name: message.get(name) for name in names}, "replied": replied}, ensure_ascii=False)
    return json.loads(_KEY.sub("a:KEY:", raw))
