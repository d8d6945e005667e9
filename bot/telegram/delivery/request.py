"""HTTP to Telegram, whatever comes back: a body that is no answer is an error of the library's own kind."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from telegram.error import NetworkError, TelegramError
from telegram.request import HTTPXRequest

_NUMBER = re.compile(r'"update_id"\s*:\s*(\d{1,19})')
_LIST = re.compile(r'"result"\s*:\s*\[')


LONGEST_REFUSAL = 1 << 16  # in bytes
LARGEST_PARAMETER = 1 << 53  # more than any chat's id; the library cannot count more seconds than that


class UnreadableError(TelegramError):
    """Telegram, or what stands before it, took a call and said something that nobody can read."""


class SturdyRequest(HTTPXRequest):
    """Makes calls and reads their answers.

    The library's own takes every body for an object that is not nested too deep, takes a page of whatever
    stands before Telegram for Telegram's refusal, and writes such a page to the log.
    """

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        """Return the status and the body. Raises NetworkError where it is not Telegram that refuses."""
        status, body = await super().do_request(*args, **kwargs)
        if not 200 <= status <= 299 and not _is_refusal(body):
            raise NetworkError(f"HTTP {status}, and not an answer from Telegram")
        return status, body

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Read an answer of Telegram's; of updates those that can be read. Raises UnreadableError."""
        text = payload.decode("utf-8", "replace")
        try:
            answer = json.loads(text)
        except RecursionError:
            answer = _salvaged(text)
        except ValueError:
            raise UnreadableError("what came is not an answer from Telegram") from None
        if not isinstance(answer, dict):
            raise UnreadableError("what came is not an answer from Telegram")
        parameters = answer.get("parameters")
        if not isinstance(parameters, dict) or not all(map(_is_parameter, parameters.values())):
            answer.pop("parameters", None)
        answer.setdefault("result", None)  # which the library looks for in every answer
        return answer


def _is_parameter(value: Any) -> bool:
    return isinstance(value, int) and abs(value) < LARGEST_PARAMETER


def _is_refusal(body: bytes) -> bool:
    """Tell whether a body is Telegram's own way of refusing a call."""
    try:
        said = json.loads(body) if len(body) <= LONGEST_REFUSAL else None
    except (ValueError, RecursionError):
        return False
    return isinstance(said, dict) and isinstance(said.get("description"), str)


def _salvaged(text: str) -> dict[str, Any] | None:
    """Read what can be read of an answer that is nested too deep; None where it holds no list."""
    found = _LIST.search(text)
    return {"ok": True, "result": list(_updates_in(text, found.end()))} if found else None


def _updates_in(text: str, start: int) -> Iterator[Any]:
    """Yield each update of the list that begins at ``start``; of one that cannot be read, its number."""
    for item in _objects_in(text, start):
        try:
            yield json.loads(item)
        except (ValueError, RecursionError):
            number = _NUMBER.search(item)
            if number is not None:
                yield {"update_id": int(number[1])}


def _objects_in(text: str, start: int) -> Iterator[str]:
    """Yield the objects of the list that begins at ``start``, each as it stands there."""
    depth, first, is_string = 0, start, False
    for mark in re.finditer(r'\\.|["{}\[\]]', text[start:]):
        character, place = mark[0], start + mark.start()
        if character == '"':
            is_string = not is_string
        elif is_string or character.startswith("\\"):
            continue
        elif character in "{[":
            first = place if depth == 0 else first
            depth += 1
        else:
            depth -= 1
            if depth < 0:
                return
            if depth == 0:
                yield text[first : place + 1]
