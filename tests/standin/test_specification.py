"""The judge by description: its logic with one made up here, its fit with the real one where that lies."""

from __future__ import annotations

from typing import Any

import pytest

from tests.standin.specification import SHARED_FILE, Specification, specification

MADE_UP = Specification(
    {
        "version": "Notes 1",
        "methods": {
            "sendNote": {
                "name": "sendNote",
                "fields": [
                    {"name": "to", "types": ["Integer", "String"], "required": True, "description": "Whom"},
                    {
                        "name": "text",
                        "types": ["String"],
                        "required": True,
                        "description": "Words, 1-5 characters after entities parsing",
                    },
                    {"name": "parse_mode", "types": ["String"], "required": False, "description": ""},
                    {"name": "data", "types": ["String"], "required": False, "description": "1-4 bytes"},
                    {
                        "name": "secret",
                        "types": ["String"],
                        "required": False,
                        "description": "1-9 characters, only A-Z, a-z, 0-9, _ and - are allowed",
                    },
                    {
                        "name": "colour",
                        "types": ["String"],
                        "required": False,
                        "description": 'It must be one of "red" or "blue"',
                    },
                    {"name": "times", "types": ["Integer"], "required": False, "description": "1-3 times"},
                    {"name": "weight", "types": ["Float"], "required": False, "description": ""},
                    {"name": "silent", "types": ["Boolean"], "required": False, "description": ""},
                    {
                        "name": "draft",
                        "types": ["Integer"],
                        "required": False,
                        "description": "must be non-zero",
                    },
                    {
                        "name": "rows",
                        "types": ["Array of Array of Shape"],
                        "required": False,
                        "description": "A list of 1-2 rows",
                    },
                ],
            }
        },
        "types": {
            "Update": {
                "name": "Update",
                "fields": [{"name": "shape", "types": ["Shape"], "required": False, "description": ""}],
            },
            "Shape": {"name": "Shape", "subtypes": ["Dot", "Line"]},
            "Dot": {
                "name": "Dot",
                "fields": [
                    {"name": "type", "types": ["String"], "required": True, "description": "must be dot"}
                ],
            },
            "Line": {
                "name": "Line",
                "fields": [
                    {"name": "type", "types": ["String"], "required": True, "description": 'always "line"'},
                    {"name": "length", "types": ["Integer"], "required": True, "description": ""},
                ],
            },
        },
    }
)
LINE = {"type": "line", "length": 3}


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"to": "@readers"},
        {"text": "🦔🦔a"},
        {"text": "<b>abcde</b>", "parse_mode": "HTML"},
        {"data": "éé", "secret": "a-_9", "colour": "blue", "times": 3, "weight": 1, "silent": True},
        {"weight": 0.5, "draft": -1, "rows": [[LINE, {"type": "dot"}], []]},
    ],
)
def test_a_good_call_has_no_mistake(more: dict[str, Any]) -> None:
    assert MADE_UP.mistakes_in_call("sendNote", {"to": 5, "text": "a", **more}) == []


@pytest.mark.parametrize(
    ("more", "mistake"),
    [
        ({"sound": 1}, "sendNote has no sound"),
        ({"to": True}, "sendNote.to is no Integer: True"),
        ({"to": [5]}, "sendNote.to is no Integer: [5]"),
        ({"text": ""}, "sendNote.text has 0 characters, not 1-5"),
        ({"text": "🦔🦔🦔"}, "sendNote.text has 6 characters, not 1-5"),
        ({"text": "<b>abcdef</b>", "parse_mode": "HTML"}, "sendNote.text has 6 characters, not 1-5"),
        ({"data": "ééé"}, "sendNote.data has 6 bytes, not 1-4"),
        ({"secret": "a b"}, "sendNote.secret has other signs than A-Z, a-z, 0-9, _ and -: 'a b'"),
        ({"colour": "green"}, "sendNote.colour is none of red, blue: 'green'"),
        ({"times": 4}, "sendNote.times is 4, not 1-3"),
        ({"times": 1.5}, "sendNote.times is no Integer: 1.5"),
        ({"weight": "1"}, "sendNote.weight is no Float: '1'"),
        ({"silent": 1}, "sendNote.silent is no Boolean: 1"),
        ({"draft": 0}, "sendNote.draft is 0"),
        ({"rows": []}, "sendNote.rows has 0 items, not 1-2"),
        ({"rows": [LINE]}, f"sendNote.rows[0] is no list: {LINE!r}"),
        ({"rows": [[3]]}, "sendNote.rows[0][0] is no Dot: 3"),
        ({"rows": [[{"type": "line"}]]}, "sendNote.rows[0][0].length is missing"),
        ({"rows": [[{"type": "dot", "length": 3}]]}, "sendNote.rows[0][0] has no length"),
        ({"rows": [[{"type": "box"}]]}, "sendNote.rows[0][0] is no Dot or Line: {'type': 'box'}"),
    ],
)
def test_each_mistake_is_named(more: dict[str, Any], mistake: str) -> None:
    assert MADE_UP.mistakes_in_call("sendNote", {"to": 5, "text": "a", **more}) == [mistake]


def test_a_method_that_is_none_and_a_parameter_that_is_missing() -> None:
    assert MADE_UP.mistakes_in_call("sendNode", {}) == ["Notes 1 has no method sendNode"]
    assert MADE_UP.mistakes_in_call("sendNote", {"text": "a"}) == ["sendNote.to is missing"]


def test_an_update_may_hold_what_is_newer_but_nothing_mistyped() -> None:
    assert MADE_UP.mistakes_in_update({"sound": 1, "shape": {**LINE, "width": 2}}) == []
    assert MADE_UP.mistakes_in_update({"shape": {**LINE, "length": "3"}}) == [
        "Update.shape.length is no Integer: '3'"
    ]


@pytest.fixture
def real() -> Specification:
    """The Bot API's own, of which this project has no copy."""
    described = specification()
    if described is None:
        pytest.skip(
            f"no description of the Bot API: neither VERBATIM_BOT_API nor {SHARED_FILE.name} is there"
        )
    return described


MARKUP = {"inline_keyboard": [[{"text": "More", "callback_data": "m" * 64}]]}
ARTICLE = {
    "type": "article",
    "id": "1",
    "title": "Bears",
    "input_message_content": {"message_text": "Bears like jam."},
}


@pytest.mark.parametrize(
    ("method", "values"),
    [
        ("sendMessage", {"chat_id": 5, "text": "a" * 4096, "reply_markup": MARKUP}),
        (
            "sendMessage",
            {"chat_id": 5, "text": "ab", "entities": [{"type": "bold", "offset": 0, "length": 2}]},
        ),
        ("editMessageReplyMarkup", {"chat_id": 5, "message_id": 3, "reply_markup": {"inline_keyboard": []}}),
        ("answerInlineQuery", {"inline_query_id": "1", "results": [ARTICLE], "cache_time": 0}),
        ("answerGuestQuery", {"guest_query_id": "1", "result": ARTICLE}),
        (
            "setMessageReaction",
            {"chat_id": 5, "message_id": 3, "reaction": [{"type": "emoji", "emoji": "👀"}]},
        ),
        (
            "setMyCommands",
            {"commands": [{"command": "ask", "description": "a"}], "scope": {"type": "default"}},
        ),
        ("sendMessageDraft", {"chat_id": 5, "draft_id": 1, "text": ""}),
        ("sendDocument", {"chat_id": 5, "document": "attach://document"}),
    ],
)
def test_what_telegram_takes_passes(real: Specification, method: str, values: dict[str, Any]) -> None:
    assert real.mistakes_in_call(method, values) == []


@pytest.mark.parametrize(
    ("method", "values"),
    [
        ("sendMessage", {"chat_id": 5, "text": "a" * 4097}),
        (
            "sendMessage",
            {"chat_id": 5, "text": "a", "entities": [{"type": "bald", "offset": 0, "length": 1}]},
        ),
        ("sendMessage", {"chat_id": 5, "text": "a", "reply_markup": {"inline_keyboard": [[{"txt": "a"}]]}}),
        ("answerCallbackQuery", {"callback_query_id": "1", "text": "a" * 201}),
        ("answerInlineQuery", {"inline_query_id": "1", "results": [{**ARTICLE, "id": "é" * 33}]}),
        ("answerInlineQuery", {"inline_query_id": "1", "results": [{**ARTICLE, "type": "essay"}]}),
        (
            "setMessageReaction",
            {"chat_id": 5, "message_id": 3, "reaction": [{"type": "emoji", "emoji": "🦔"}]},
        ),
        ("setMyCommands", {"commands": [{"command": "Ask", "description": "a"}]}),
        ("setMyCommands", {"commands": [{"command": "ask", "description": "a"}], "scope": {"type": "all"}}),
        ("setWebhook", {"url": "https://a.example", "secret_token": "a b"}),
        ("getUpdates", {"limit": 101}),
    ],
)
def test_what_telegram_does_not_take_fails(real: Specification, method: str, values: dict[str, Any]) -> None:
    assert real.mistakes_in_call(method, values) != []
