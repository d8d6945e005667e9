"""Whatever a server sends for an answer, it is understood or said to be none."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram.error import (
    BadRequest,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from bot.telegram.delivery.request import SturdyRequest
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
    with pytest.raises(TelegramError, match="what came is not an answer from Telegram"):
        parsed(body + b" " * 10)


def test_of_updates_nested_too_deep_the_others_are_read() -> None:
    good = [update(number=number, **message('Who said "}]" and \\ here? 🦔')) for number in (7, 9)]
    deep = b'{"update_id": 8, "message": {"text": ' + DEEP + b"}}"
    items = [json.dumps(good[0]).encode(), deep, json.dumps(good[1]).encode()]
    body = b'{"ok": true, "result": [' + b", ".join(items) + b"]}"
    assert parsed(body)["result"] == [good[0], {"update_id": 8}, good[1]]


@pytest.mark.parametrize(
    "parameters",
    [[], "x", 3, {"retry_after": "soon"}, {"migrate_to_chat_id": None}, {"retry_after": 10**30}],
)
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


def test_an_answer_without_a_result_has_none() -> None:
    assert parsed(b'{"ok": true}') == {"ok": True, "result": None}


async def asked(status: int, body: bytes) -> TelegramError:
    """What is raised where a server answers so."""
    transport = httpx.MockTransport(lambda _: httpx.Response(status, content=body))
    request = SturdyRequest(httpx_kwargs={"transport": transport})
    with pytest.raises(TelegramError) as caught:
        await request.post("http://telegram/bot1:x/getUpdates")
    await request.shutdown()
    return caught.value


@pytest.mark.parametrize("status", [302, 400, 401, 403, 404, 409, 413, 500, 502, 503])
@pytest.mark.parametrize(
    "body", [b"<html>/bot1:x/ who wrote this</html>", b"", b"null", b'{"ok": false}', DEEP]
)
async def test_what_is_no_refusal_of_telegrams_is_trouble_on_the_way(status: int, body: bytes) -> None:
    error = await asked(status, body)
    assert type(error) is NetworkError
    assert str(error) == f"HTTP {status}, and not an answer from Telegram"


@pytest.mark.parametrize(
    ("status", "kind"),
    [(400, BadRequest), (401, InvalidToken), (403, Forbidden), (404, InvalidToken), (409, Conflict)],
)
async def test_telegrams_own_refusals_are_told_apart(status: int, kind: type[TelegramError]) -> None:
    body = {"ok": False, "error_code": status, "description": "Bad Request: no"}
    assert type(await asked(status, json.dumps(body).encode())) is kind


async def test_how_long_to_wait_is_read() -> None:
    body = {"ok": False, "error_code": 429, "description": "x", "parameters": {"retry_after": 7}}
    assert type(await asked(429, json.dumps(body).encode())) is RetryAfter
