"""The third judge: the Bot API's own description, read by machine, where this machine has a copy of it.

It is no part of this project. It lies beside the repository, or where VERBATIM_BOT_API says; without it,
nothing is checked here.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from tests.standin.refusals import RefusedError
from tests.standin.tdlib import parse, units

Json = dict[str, Any]

ROOT = Path(__file__).parents[2]
SHARED_FILE = ROOT.parent / "shared" / "telegram" / "bot-api-10.0.json"

_SIMPLE: dict[str, tuple[type, ...]] = {
    "String": (str,),
    "Integer": (int,),
    "Float": (float, int),
    "Boolean": (bool,),
    "InputFile": (str,),  # the name of what was uploaded
}
_KIND = re.compile(r'(?:must be|always) "?([a-z_]+)"?\.?$')
_ONE_OF = re.compile(r"(?:must be|can be) one of|Currently, can be")
_CHARACTERS = re.compile(r"(\d+)-(\d+) characters")
_BYTES = re.compile(r"(\d+)-(\d+) bytes", re.IGNORECASE)
_AT_MOST_BYTES = re.compile(r"can't exceed (\d+) bytes")
_RANGE = re.compile(r"(?<![\d-])(\d+)-(\d+)(?![\d-])")
_AT_MOST_ITEMS = re.compile(r"(?:No more than|At most) (\d+) ")
_SIGNS = "A-Z, a-z, 0-9, _ and - are allowed"
_COMMAND_SIGNS = "only lowercase English letters, digits and underscores"


@cache
def specification() -> Specification | None:
    """The description that this machine has; None where it has none."""
    path = Path(os.environ.get("VERBATIM_BOT_API") or SHARED_FILE)
    return Specification(json.loads(path.read_text(encoding="utf-8"))) if path.is_file() else None


class Specification:
    """Methods and types by name, as described in the form of PaulSonOfLars/telegram-bot-api-spec."""

    def __init__(self, described: Mapping[str, Any]) -> None:
        self.version = str(described["version"])
        self._methods: Mapping[str, Json] = described["methods"]
        self._types: Mapping[str, Json] = described["types"]

    def mistakes_in_call(self, method: str, values: Mapping[str, Any]) -> list[str]:
        """What Telegram would not take in a call, in words; empty for a good one."""
        described = self._methods.get(method)
        if described is None:
            return [f"{self.version} has no method {method}"]
        return list(self._object(method, described, values, strict=True))

    def mistakes_in_update(self, update: Mapping[str, Any]) -> list[str]:
        """What is no update in one; a field that is unknown here may be of a newer version."""
        return list(self._object("Update", self._types["Update"], update, strict=False))

    def _object(self, at: str, described: Json, values: Any, *, strict: bool) -> Iterator[str]:
        if not isinstance(values, Mapping):
            yield f"{at} is no {described['name']}: {values!r}"
            return
        fields = {field["name"]: field for field in described.get("fields", ())}
        for name, field in fields.items():
            if name in values:
                yield from self._field(f"{at}.{name}", field, values, strict=strict)
            elif field["required"]:
                yield f"{at}.{name} is missing"
        if strict:
            yield from (f"{at} has no {name}" for name in values if name not in fields)

    def _field(self, at: str, field: Json, values: Mapping[str, Any], *, strict: bool) -> Iterator[str]:
        value = values[field["name"]]
        found = self._any_of(at, field["types"], value, strict=strict)
        if found or not strict:
            yield from found
        elif isinstance(value, str):
            yield from _in_a_text(at, field, value, values)
        else:
            yield from _in_a_number_or_list(at, field, value)

    def _any_of(self, at: str, types: list[str], value: Any, *, strict: bool) -> list[str]:
        """The mistakes of the type that ``value`` is nearest to."""
        types = [name for kind in types for name in self._types.get(kind, {}).get("subtypes", [kind])]
        meant = [name for name in types if self._is_meant(name, value)]
        if not meant:
            return [f"{at} is no {' or '.join(types)}: {value!r}"]
        return min((list(self._value(at, name, value, strict=strict)) for name in meant), key=len)

    def _is_meant(self, kind: str, value: Any) -> bool:
        """Whether ``value`` says, by a field that names its kind, that it is of another one."""
        if not isinstance(value, Mapping):
            return True
        fields = self._types.get(kind, {}).get("fields", ())
        named = ((field["name"], _KIND.search(field["description"])) for field in fields)
        return all(found is None or value.get(name) in (None, found[1]) for name, found in named)

    def _value(self, at: str, kind: str, value: Any, *, strict: bool) -> Iterator[str]:
        if kind.startswith("Array of "):
            if not isinstance(value, list | tuple):
                yield f"{at} is no list: {value!r}"
                return
            for place, item in enumerate(value):
                yield from self._any_of(
                    f"{at}[{place}]", [kind.removeprefix("Array of ")], item, strict=strict
                )
        elif kind in _SIMPLE:
            is_flag = isinstance(value, bool) and kind != "Boolean"  # to Python, True is a number
            if is_flag or not isinstance(value, _SIMPLE[kind]):
                yield f"{at} is no {kind}: {value!r}"
        else:
            yield from self._object(at, self._types[kind], value, strict=strict)


def _in_a_text(at: str, field: Json, text: str, around: Mapping[str, Any]) -> Iterator[str]:
    described = field["description"]
    if "after entities parsing" in described:
        mode = around.get(f"{field['name']}_parse_mode") or around.get("parse_mode")
        try:
            text = parse(text, mode)[0] if mode else text
        except RefusedError as error:
            yield f"{at}: {error}"
    length = units(text)  # Telegram's characters, in the reading that is safe
    if (found := _CHARACTERS.search(described)) and not int(found[1]) <= length <= int(found[2]):
        yield f"{at} has {length} characters, not {found[1]}-{found[2]}"
    size = len(text.encode())
    if (found := _BYTES.search(described)) and not int(found[1]) <= size <= int(found[2]):
        yield f"{at} has {size} bytes, not {found[1]}-{found[2]}"
    if (found := _AT_MOST_BYTES.search(described)) and size > int(found[1]):
        yield f"{at} has {size} bytes, more than {found[1]}"
    if _SIGNS in described and not re.fullmatch(r"[A-Za-z0-9_-]*", text):
        yield f"{at} has other signs than A-Z, a-z, 0-9, _ and -: {text!r}"
    if _COMMAND_SIGNS in described and not re.fullmatch(r"[a-z0-9_]*", text):
        yield f"{at} has other signs than a-z, 0-9 and _: {text!r}"
    if found := _ONE_OF.search(described):
        known = re.findall(r'"([^"]+)"', described[found.start() :])
        if known and text not in known:
            yield f"{at} is none of {', '.join(known)}: {text!r}"


def _in_a_number_or_list(at: str, field: Json, value: Any) -> Iterator[str]:
    ranges = _RANGE.findall(field["description"])
    if isinstance(value, list | tuple):
        low, high = map(int, ranges[0]) if ranges else (0, len(value))
        if found := _AT_MOST_ITEMS.search(field["description"]):
            high = int(found[1])
        if not low <= len(value) <= high:
            yield f"{at} has {len(value)} items, not {low}-{high}"
    elif isinstance(value, int | float) and not isinstance(value, bool) and len(ranges) == 1:
        low, high = map(int, ranges[0])
        if not low <= value <= high:
            yield f"{at} is {value}, not {low}-{high}"
    elif value == 0 and "must be non-zero" in field["description"]:
        yield f"{at} is 0"
