"""Two judges of what a bot sends: aiogram's models say whether a call is one, TDLib whether a text is.

Neither is the library the bot is written with.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import aiogram.methods
from aiogram.methods import TelegramMethod
from aiogram.types import Update
from pydantic import BaseModel, ValidationError

from tests.standin.refusals import RefusedError
from tests.standin.tdlib import check_shown

MAX_UNITS = 4096
MAX_ENTITIES = 100

_METHODS: dict[str, type[TelegramMethod[Any]]] = {
    method.__api_method__: method
    for method in vars(aiogram.methods).values()
    if isinstance(method, type) and issubclass(method, TelegramMethod) and method is not TelegramMethod
}


def check_call(method: str, fields: Mapping[str, Any]) -> dict[str, Any]:
    """The parameters of a call, as the values they stand for. Raises RefusedError when it is none."""
    model = _METHODS.get(method)
    if model is None:
        raise RefusedError(f"Telegram has no method {method}")
    values = {name: _value(model, name, field) for name, field in fields.items()}
    try:
        call = model.model_validate(values)
    except ValidationError as error:
        raise RefusedError(f"{method}: {error}") from None
    if unknown := sorted(_unknown(call)):
        raise RefusedError(f"{method} has no {', '.join(unknown)}")
    if "text" in values and method != "answerCallbackQuery":
        check_text(values["text"], values.get("entities", []))
    return values


def check_update(update: dict[str, Any]) -> dict[str, Any]:
    """``update``; raises RefusedError when aiogram's models do not know it, or a field anywhere in it."""
    try:
        arrived = Update.model_validate(update)
    except ValidationError as error:
        raise RefusedError(f"no update: {error}") from None
    if unknown := sorted(_unknown(arrived)):
        raise RefusedError(f"an update has no {', '.join(unknown)}")
    return update


def check_text(text: str, entities: list[dict[str, Any]]) -> None:
    """Raises RefusedError when Telegram would not take ``text``, or would change what the entities mark."""
    raw = text.encode("utf-16-le")
    if not text.strip():
        raise RefusedError("message text is empty")
    if len(raw) > 2 * MAX_UNITS:
        raise RefusedError("message is too long")
    if len(entities) > MAX_ENTITIES:
        raise RefusedError("more entities than Telegram shows")
    for entity in entities:
        start, end = 2 * entity["offset"], 2 * (entity["offset"] + entity["length"])
        if not 0 <= start < end <= len(raw):
            raise RefusedError(f"{entity} reaches out of the text")
        raw[start:end].decode("utf-16-le")  # raises in the middle of a character
    check_shown(text, entities)


def _value(model: type[BaseModel], name: str, field: Any) -> Any:
    """A field of a form is text, even where it stands for a number or an object."""
    known = model.model_fields.get(name)
    is_text = known is not None and known.annotation in (str, str | None)
    if not isinstance(field, str) or is_text:
        return field
    try:
        return json.loads(field)
    except json.JSONDecodeError:
        return field


def _unknown(value: Any) -> list[str]:
    """Names of fields that aiogram's models do not have, however deep."""
    if isinstance(value, list | tuple):
        return [name for item in value for name in _unknown(item)]
    if not isinstance(value, BaseModel):
        return []
    nested = [name for field in type(value).model_fields for name in _unknown(getattr(value, field))]
    return [*(value.model_extra or {}), *nested]
