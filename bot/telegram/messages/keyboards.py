"""The buttons under an answer, under a refusal and under a list of articles. Pure.

What a button says of itself is opaque: the key of an exchange, and how it is to be shown.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.chat import article_texts, texts
from bot.store import StoredAnswer
from bot.telegram.messages.buttons import ButtonKind
from bot.telegram.messages.links import can_be_opened
from bot.telegram.messages.render import PAGE as PAGE_SIZE
from index.types import ArticleInfo

MOST_QUOTES = 5
"""The most that a chat can be set to get in an answer."""

_KEY = re.compile(r"[A-Za-z0-9_-]{16}")  # of an exchange
_ID = re.compile(r"[A-Za-z0-9]{1,16}")  # of an article
_PAGE = re.compile(r"[0-9]{1,9}")  # from 0
_TOPIC = re.compile(r"[0-9]{1,15}")
_YES_OR_NO = re.compile(r"[01]")

VIEW = ButtonKind("a", {"key": _KEY, "view": re.compile(r"f?c?")})
PAGE = ButtonKind("p", {"page": _PAGE})
ARTICLE = ButtonKind("l", {"article": _ID, "page": _PAGE})
REMOVE = ButtonKind("r", {"article": _ID, "page": _PAGE})
REMOVE_SURELY = ButtonKind("R", {"article": _ID, "page": _PAGE})
KEEP = ButtonKind("k", {"yes": _YES_OR_NO})
QUOTES = ButtonKind("s:q", {"count": re.compile(rf"[1-{MOST_QUOTES}]")})
KEEPERS = ButtonKind("s:k", {"everybody": _YES_OR_NO})
FREE_TOPIC = ButtonKind("s:t", {"topic": _TOPIC, "free": _YES_OR_NO})


@dataclass(frozen=True, slots=True)
class View:
    """How an answer is shown: with further quotes, or a refusal with the nearest; with what stands around."""

    further: bool = False
    context: bool = False

    def __str__(self) -> str:
        return f"{'f' * self.further}{'c' * self.context}"


NUMBERS_IN_A_ROW = 5


def view_of(text: str) -> View:
    """Read the view at the end of a button's data."""
    return View("f" in text, "c" in text)


def under_answer(key: str, answer: StoredAnswer, view: View, link: str | None) -> InlineKeyboardMarkup | None:
    """Make the buttons more quotes, context and open, as far as there are any; ``link`` opens the first."""
    if answer.kind != "quotes" or not answer.turn:
        return None

    def to(label: str, further: bool, context: bool) -> InlineKeyboardButton:
        data = VIEW.data(key=key, view=str(View(further, context)))
        return InlineKeyboardButton(label, callback_data=data)

    row = []
    is_refusal = not answer.turn.places
    if answer.further:
        on, off = (texts.NEAREST, texts.NO_NEAREST) if is_refusal else (texts.MORE, texts.FEWER)
        hides = is_refusal and view.further
        row.append(to(off if view.further else on, not view.further, view.context and not hides))
    if answer.turn.places or view.further:
        row.append(to(texts.NO_CONTEXT if view.context else texts.CONTEXT, view.further, not view.context))
        if link is not None and can_be_opened(link):
            row.append(InlineKeyboardButton(texts.OPEN, url=link))
    return InlineKeyboardMarkup([row]) if row else None


def around_page(articles: Sequence[ArticleInfo], page: int) -> InlineKeyboardMarkup:
    """Make a button for every article of ``page``, from 0, and for the pages before and after."""
    first = page * PAGE_SIZE
    numbers = [
        _to_article(str(number), ARTICLE, article.id, page)
        for number, article in enumerate(articles[first : first + PAGE_SIZE], first + 1)
    ]
    rows = [numbers[at : at + NUMBERS_IN_A_ROW] for at in range(0, len(numbers), NUMBERS_IN_A_ROW)]
    turns = []
    if page > 0:
        turns.append(_to_page(article_texts.NEWER, page - 1))
    if first + PAGE_SIZE < len(articles):
        turns.append(_to_page(article_texts.OLDER, page + 1))
    return InlineKeyboardMarkup([*rows, turns] if turns else rows)


def around_article(own_id: str | None, page: int) -> InlineKeyboardMarkup:
    """Make the buttons back to ``page`` and, for an article of the chat's own, to remove it."""
    back = _to_page(article_texts.BACK, page)
    out = [] if own_id is None else [_to_article(article_texts.REMOVE, REMOVE, own_id, page)]
    return InlineKeyboardMarkup([[back, *out]])


def surely(article_id: str, page: int) -> InlineKeyboardMarkup:
    """Make the buttons that remove an article, or do not."""
    no = _to_article(article_texts.BACK, ARTICLE, article_id, page)
    yes = _to_article(article_texts.REMOVE_SURELY, REMOVE_SURELY, article_id, page)
    return InlineKeyboardMarkup([[no, yes]])


def keep_or_not() -> InlineKeyboardMarkup:
    """Make the buttons that keep somebody's words as an article, or do not."""
    yes = InlineKeyboardButton(article_texts.KEEP, callback_data=KEEP.data(yes=1))
    no = InlineKeyboardButton(article_texts.DO_NOT_KEEP, callback_data=KEEP.data(yes=0))
    return InlineKeyboardMarkup([[yes, no]])


def _to_page(label: str, page: int) -> InlineKeyboardButton:
    return InlineKeyboardButton(label, callback_data=PAGE.data(page=page))


def _to_article(label: str, kind: ButtonKind, article_id: str, page: int) -> InlineKeyboardButton:
    return InlineKeyboardButton(label, callback_data=kind.data(article=article_id, page=page))
