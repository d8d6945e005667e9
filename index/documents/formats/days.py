"""The ways a day is written where files say when they were published."""

from __future__ import annotations

import re
from datetime import date

_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_BY_NUMBERS = re.compile(r"((?:19|20)\d\d)([-/.])(\d{1,2})\2(\d{1,2})(?!\d)")
_CLOSE_UP = re.compile(r"(?:D:)?((?:19|20)\d\d)()(\d\d)(\d\d)(?:\d{6}|(?!\d))")
_DAY_FIRST = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)?\.? ([A-Za-z]{3,9})\.?,? ((?:19|20)\d\d)\b")
_MONTH_FIRST = re.compile(r"\b([A-Za-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? ((?:19|20)\d\d)\b")


def parse_day(text: str | None) -> date | None:
    """Return the day that ``text`` names: 2022-03-18T…, 20220318, D:20220318…, 18 March 2022, March 18, 2022.

    None when it names none, or could mean two (03/04/2022).
    """
    text = " ".join((text or "").split())
    if found := _BY_NUMBERS.match(text) or _CLOSE_UP.match(text):
        return _day(found[1], found[3], found[4])
    if found := _DAY_FIRST.search(text):
        return _day(found[3], found[2], found[1])
    if found := _MONTH_FIRST.search(text):
        return _day(found[3], found[1], found[2])
    return None


def _day(year: str, month: str, day: str) -> date | None:
    try:
        number = int(month) if month.isdecimal() else _MONTHS.index(month[:3].lower()) + 1
        return date(int(year), number, int(day))
    except ValueError:
        return None
