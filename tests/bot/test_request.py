"""Whatever a server sends for an answer, it is understood or said to be none."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram.error import TelegramError

from bot.request import SturdyRequest
from tests.standin.people import message, update

DEEP = b"[" * 100_000 + b"]" * 100_000
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


def parsed(body: bytes) -> dict[str, Any]:
    return SturdyRequest.parse_json_payload(body)


@pytest.mark.parametrize(
    "body", [b"null", b"[]", b"3", b'"ok"', b"", b"<html>502</html>", b"\xff\xfe", DEEP[:100_000], b'{"ok":']
)
def test_what_is_no_object_is_no_answer(body: bytes) -> None:
    with pytest.raises(TelegramError, match="what came is no answer of Telegram's"):
        parsed(body + b" " * 10)


def test_of_updates_nested_too_deep_the_others_are_read() -> None:
    good = [update(number=number, **message('Who said "}]" and \\ here? 🦔')) for number in (7, 9)]
    deep = b'{"update_id": 8, "message": {"text": ' + DEEP + b"}}"
    items = [json.dumps(good[0]).encode(), deep, json.dumps(good[1]).encode()]
    body = b'{"ok": true, "result": [' + b", ".join(items) + b"]}"
    assert parsed(body)["result"] == [good[0], {"update_id": 8}, good[1]]


@pytest.mark.parametrize("parameters", [[], "x", 3, {"retry_after": "soon"}, {"migrate_to_chat_id": None}])
def test_parameters_that_are_none_are_left_out(parameters: Any) -> None:
    body = {"ok": False, "error_code": 429, "description": "Too Many", "parameters": parameters}
    assert "parameters" not in parsed(json.dumps(body).encode())


@given(st.binary() | JSON.map(lambda value: json.dumps(value).encode()))
def test_any_body_is_an_object_or_refused(body: bytes) -> None:
    try:
        answer = parsed(body)
    except TelegramError:
        return
    assert isinstance(answer, dict)
