"""Cuts text with marks into messages that Telegram takes. Pure.

Everything here counts code points; only a ``Rendered`` counts as Telegram does.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from telegram import MessageEntity
from telegram.constants import MessageLimit

from bot.chat.marked_text import Mark, Marked
from bot.telegram.messages.links import can_be_opened
from bot.telegram.messages.utf16 import units

MAX_UNITS = int(MessageLimit.MAX_TEXT_LENGTH)  # 4,096 UTF-16 units
MAX_ENTITIES = int(MessageLimit.MESSAGE_ENTITIES)  # 100; Telegram drops what is beyond

_ZWJ = "\u200d"
_BORDERS = ("\n\n", "\n", ". ", "? ", "! ", " ")  # best first


@dataclass(frozen=True, slots=True)
class Rendered:
    """One message: plain text and what Telegram marks in it, in UTF-16 units."""

    text: str
    entities: tuple[MessageEntity, ...] = ()


def messages(whole: Marked) -> list[Rendered]:
    """Cut ``whole`` into as few messages as can hold it: joined, they have its text; marks go on in each.

    None is over 4,096 UTF-16 units or 100 entities. It is cut between paragraphs, lines, sentences or words
    where that leaves at least half a message, else between characters, never inside one. A link that Telegram
    does not take stays words.
    """
    parts = []
    shown = (mark for mark in whole.marks if mark.start < mark.end and _can_be_shown(mark))
    marks = sorted(shown, key=lambda m: (m.start, -m.end))
    start = 0
    while start < len(whole.text):
        end = _end_of_part(whole.text, start, marks)
        parts.append(_part(whole.text, start, end, marks))
        start = end
    return parts


def _can_be_shown(mark: Mark) -> bool:
    return mark.type != "text_link" or (mark.url is not None and can_be_opened(mark.url))


def _part(text: str, start: int, end: int, marks: Sequence[Mark]) -> Rendered:
    entities = []
    for mark in [mark for mark in marks if mark.start < end and mark.end > start][:MAX_ENTITIES]:
        first, last = max(mark.start, start), min(mark.end, end)
        entities.append(MessageEntity(mark.type, first - start, last - first, url=mark.url))
    cut = text[start:end]
    return Rendered(cut, tuple(MessageEntity.adjust_message_entities_to_utf_16(cut, entities)))


def _end_of_part(text: str, start: int, marks: Sequence[Mark]) -> int:
    furthest = min(_furthest(text, start), _before_too_many(start, marks))
    if furthest >= len(text):
        return len(text)
    middle = start + (furthest - start) // 2
    for border in _BORDERS:
        found = text.rfind(border, middle, furthest)
        if found >= 0 and found + len(border) <= furthest and _is_border(text, found + len(border)):
            return found + len(border)
    return next((end for end in range(furthest, start, -1) if _is_border(text, end)), furthest)


def _furthest(text: str, start: int) -> int:
    """Return the end of what fits into one message, from ``start``."""
    end = min(len(text), start + MAX_UNITS)
    while units(text[start:end]) > MAX_UNITS:
        end -= (units(text[start:end]) - MAX_UNITS + 1) // 2  # no more characters of two units than that
    return end


def _before_too_many(start: int, marks: Sequence[Mark]) -> int:
    """Return where the 101st mark from ``start`` on begins; beyond every text, if there is none."""
    after = [mark.start for mark in marks if mark.end > start]
    if len(after) <= MAX_ENTITIES:
        return 2**62
    return max(after[MAX_ENTITIES], start + 1)


def _is_border(text: str, at: int) -> bool:
    """Tell whether what stands before and after ``at`` are two characters to a reader."""
    if not 0 < at < len(text):
        return True
    before, after = text[at - 1], text[at]
    if before == _ZWJ or after == _ZWJ or before + after == "\r\n":
        return False
    if unicodedata.category(after).startswith("M") or _extends_an_emoji(after) or _is_jamo(after):
        return False
    if _is_flag_letter(before) and _is_flag_letter(after):
        letters = sum(1 for _ in takewhile(_is_flag_letter, (text[i] for i in range(at - 1, -1, -1))))
        return letters % 2 == 0  # a flag is two of them
    return True


def _extends_an_emoji(character: str) -> bool:
    return "\U0001f3fb" <= character <= "\U0001f3ff" or "\U000e0020" <= character <= "\U000e007f"


def _is_jamo(character: str) -> bool:
    return "\u1160" <= character <= "\u11ff"  # the vowel or the end of a Korean syllable


def _is_flag_letter(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"
