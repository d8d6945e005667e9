"""The buttons under an answer, under a refusal and under a list of articles. Pure.

What a button says of itself is opaque: the key of an exchange, and how it is to be shown.
"""

from __future__ import annotations

from dataclasses import dataclass

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot import texts
from bot.links import can_be_opened
from bot.types import Given


@dataclass(frozen=True, slots=True)
class View:
    """How an answer is shown: with further quotes, or a refusal with the nearest; with what stands around."""

    further: bool = False
    context: bool = False

    def __str__(self) -> str:
        return f"{'f' * self.further}{'c' * self.context}"


VIEW_PATTERN = r"^a:(?P<key>[A-Za-z0-9_-]{16}):(?P<view>f?c?)$"
PAGE_PATTERN = r"^p:(?P<page>[0-9]{1,4})$"


def view_of(text: str) -> View:
    """What stands at the end of a button's data."""
    return View("f" in text, "c" in text)


def under_answer(key: str, given: Given, view: View, link: str | None) -> InlineKeyboardMarkup | None:
    """More quotes, context and open, as far as there are any; ``link`` is that of the first quote."""
    if given.kind != "quotes" or not given.turn:
        return None

    def to(label: str, further: bool, context: bool) -> InlineKeyboardButton:
        return InlineKeyboardButton(label, callback_data=f"a:{key}:{View(further, context)}")

    row = []
    is_refusal = not given.turn.places
    if given.further:
        on, off = (texts.NEAREST, texts.NO_NEAREST) if is_refusal else (texts.MORE, texts.FEWER)
        hides = is_refusal and view.further
        row.append(to(off if view.further else on, not view.further, view.context and not hides))
    if given.turn.places or view.further:
        row.append(to(texts.NO_CONTEXT if view.context else texts.CONTEXT, view.further, not view.context))
        if link is not None and can_be_opened(link):
            row.append(InlineKeyboardButton(texts.OPEN, url=link))
    return InlineKeyboardMarkup([row]) if row else None


def between_pages(page: int, count: int) -> InlineKeyboardMarkup | None:
    """To the page before and after ``page``, from 0, of ``count``."""
    row = []
    if page > 0:
        row.append(InlineKeyboardButton(texts.NEWER, callback_data=f"p:{page - 1}"))
    if page < count - 1:
        row.append(InlineKeyboardButton(texts.OLDER, callback_data=f"p:{page + 1}"))
    return InlineKeyboardMarkup([row]) if row else None
