"""Judges of what a bot sends: aiogram's models say whether a call is one, TDLib whether a text is.

Where this machine has the Bot API's description, that is a third. None of them is the library that the bot
is written with.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import aiogram.methods
from aiogram.methods import TelegramMethod
from aiogram.types import Update
from pydantic import BaseModel, ValidationError

from tests.standin.refusals import (
    BUTTON_DATA_INVALID,
    CAPTION_TOO_LONG,
    NOTICE_TOO_LONG,
    TEXT_EMPTY,
    TOO_LONG,
    RefusedError,
)
from tests.standin.specification import specification
from tests.standin.tdlib import check_shown, parse, units

MAX_UNITS = 4096
MAX_CAPTION_UNITS = 1024
MAX_NOTICE_UNITS = 200  # of what is shown over a chat when a button was pressed
MAX_DATA_BYTES = 64
MAX_RAW_BYTES = 1 << 15  # of a text with its markup
MAX_ENTITIES = 100

_METHODS: dict[str, type[TelegramMethod[Any]]] = {
    method.__api_method__: method
    for method in vars(aiogram.methods).values()
    if isinstance(method, type) and issubclass(method, TelegramMethod) and method is not TelegramMethod
}


def knows(method: str) -> bool:
    """Whether Telegram has a method of this name."""
    return method in _METHODS


def check_call(method: str, fields: Mapping[str, Any]) -> dict[str, Any]:
    """The parameters of a call, as the values they stand for. Raises RefusedError when it is none."""
    if not knows(method):
        raise RefusedError(f"Telegram has no method {method}")
    model = _METHODS[method]
    values = {name: _value(model, name, field) for name, field in fields.items()}
    try:
        call = model.model_validate(values)
    except ValidationError as error:
        raise RefusedError(f"{method}: {error}") from None
    if unknown := sorted(_unknown(call)):
        raise RefusedError(f"{method} has no {', '.join(unknown)}")
    _check_texts(method, values)
    _check_buttons(values)
    if (described := specification()) and (mistakes := described.mistakes_in_call(method, values)):
        raise RefusedError("; ".join(mistakes))
    return values


def check_update(update: dict[str, Any]) -> dict[str, Any]:
    """``update``; raises RefusedError when aiogram's models do not know it, or a field anywhere in it."""
    try:
        arrived = Update.model_validate(update)
    except ValidationError as error:
        raise RefusedError(f"no update: {error}") from None
    if unknown := sorted(_unknown(arrived)):
        raise RefusedError(f"an update has no {', '.join(unknown)}")
    if (described := specification()) and (mistakes := described.mistakes_in_update(update)):
        raise RefusedError("; ".join(mistakes))
    return update


def check_text(text: str, entities: list[dict[str, Any]], max_units: int = MAX_UNITS) -> None:
    """Raises RefusedError when Telegram would not take ``text``, or would change what the entities mark."""
    raw = text.encode("utf-16-le")
    if not text.strip():
        raise RefusedError(TEXT_EMPTY)
    if len(raw) > 2 * max_units:
        raise RefusedError(TOO_LONG if max_units == MAX_UNITS else CAPTION_TOO_LONG)
    if len(entities) > MAX_ENTITIES:
        raise RefusedError("more entities than Telegram shows")
    for entity in entities:
        start, end = 2 * entity["offset"], 2 * (entity["offset"] + entity["length"])
        if not 0 <= start < end <= len(raw):
            raise RefusedError(f"{entity} reaches out of the text")
        raw[start:end].decode("utf-16-le")  # raises in the middle of a character
    check_shown(text, entities)


def formatted(
    text: str, mode: str | None, entities: list[dict[str, Any]]
) -> tuple[str, list[dict[str, Any]]]:
    """Text and entities as Telegram keeps them. Raises RefusedError, with its words."""
    if not mode:
        return text, entities
    if len(text.encode()) > MAX_RAW_BYTES:
        raise RefusedError("text is too long")
    try:
        return parse(text, mode)
    except RefusedError as error:
        raise RefusedError(f"can't parse entities: {error}") from None


def _check_texts(method: str, values: Mapping[str, Any]) -> None:
    mode = values.get("parse_mode")
    if method in _WITH_TEXT and not (method in _MAY_BE_EMPTY and not values.get("text")):
        check_text(*formatted(values["text"], mode, values.get("entities") or []))
    if method == "answerCallbackQuery" and units(values.get("text", "")) > MAX_NOTICE_UNITS:
        raise RefusedError(NOTICE_TOO_LONG)
    if values.get("caption"):
        caption = formatted(values["caption"], mode, values.get("caption_entities") or [])
        check_text(*caption, max_units=MAX_CAPTION_UNITS)


def _check_buttons(values: Mapping[str, Any]) -> None:
    rows = (values.get("reply_markup") or {}).get("inline_keyboard", ())
    for button in (button for row in rows for button in row):
        data = button.get("callback_data")
        if data is not None and not 1 <= len(data.encode()) <= MAX_DATA_BYTES:
            raise RefusedError(BUTTON_DATA_INVALID)


_WITH_TEXT = frozenset({"sendMessage", "editMessageText", "sendMessageDraft"})
_MAY_BE_EMPTY = frozenset({"sendMessageDraft"})


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
