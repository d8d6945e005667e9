"""How the data of inline buttons is written and read, for every kind that `keyboards` names. Pure.

Buttons stay under messages for years: a kind that is changed no longer reads those that people have already.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from telegram.constants import InlineKeyboardButtonLimit

Values = Mapping[str, str]
"""What a button's data says, by the names of its fields."""


@dataclass(frozen=True, slots=True)
class ButtonKind:
    """How the data of one kind of button is written: a prefix and the values, with colons between them."""

    prefix: str
    fields: Mapping[str, re.Pattern[str]]  # what each value looks like, in the order of writing

    def data(self, **values: str | int) -> str:
        """Return the data that says ``values``.

        Raises ValueError where it could not be read again, or where Telegram takes no button of its length.
        """
        written = {name: str(value) for name, value in values.items()}
        data = ":".join([self.prefix, *(written.get(name, "") for name in self.fields)])
        if self.read(data) != written:
            raise ValueError(f"a button {self.prefix!r} cannot say {written}")
        if len(data.encode()) > InlineKeyboardButtonLimit.MAX_CALLBACK_DATA:
            raise ValueError(f"{data!r} is longer than a button's data may be")
        return data

    def read(self, data: str) -> Values | None:
        """Return the values that ``data`` says; None where it is not of this kind."""
        prefix, parts = self.prefix.split(":"), data.split(":")
        texts = parts[len(prefix) :]
        if parts[: len(prefix)] != prefix or len(texts) != len(self.fields):
            return None
        values = dict(zip(self.fields, texts, strict=True))
        fits = all(pattern.fullmatch(values[name]) for name, pattern in self.fields.items())
        return values if fits else None
