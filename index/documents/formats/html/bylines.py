"""The names in a byline, without what stands around them; no names that say nothing."""

from __future__ import annotations

import re

from index.documents.formats.blocks import one_line
from index.documents.formats.days import parse_day

_BEFORE = re.compile(
    r"(?:(?:written|posted|published|reported|words|text|story|article|photographs?)\s+by|by|von|par|por|author|"
    r"autor|auteur)\s*:?\s+",
    re.IGNORECASE,
)
_NOBODY = frozenset(
    [
        *("admin", "administrator", "anonymous", "anonym", "author", "default", "editor", "guest", "n/a"),
        *("none", "null", "root", "staff", "superuser", "undefined", "unknown", "user", "webmaster"),
        *("wordpress", "wpadmin"),
    ]
)
_NO_NAME = re.compile(
    r"(?:view|see|read|show)\b.{0,20}\b(?:profile|posts|articles|bio)\b.*|(?:follow|contact|e-?mail)\b.*|@\S+|"
    r"\S{1,80}@\S{1,80}|https?:\S*|(?:\d{1,2}[:.]\d\d).*|[^\w]*|(?:updated|posted|published)\b.*|share",
    re.IGNORECASE,
)
_ENDING = re.compile(r"\s(?:[|•·]\s|@\S|view (?:my|all|full|complete|profile)\b)", re.IGNORECASE)
_DATE = re.compile(
    r",?\s(?:on\s)?(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,?\s)?(?:(?:jan|feb|mar|apr|may|jun|jul|"
    r"aug|sep|oct|nov|dec)[a-z]{0,6}\.?\s\d|\d{1,2}\s(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|\d{4}-\d\d)",
    re.IGNORECASE,
)


def name_in(said: str | None) -> str | None:
    """Return the name in the line ``said``; None where it is a date, a handle, a button or nobody's name."""
    line = one_line(said)
    if line is None:
        return None
    line = _BEFORE.sub("", line, count=1) if _BEFORE.match(line) else line
    for end in (_ENDING, _DATE):
        if found := end.search(f" {line}"):
            line = line[: max(0, found.start() - 1)].strip(" ,|•·–—-")
    if _NO_NAME.fullmatch(line) or line.casefold() in _NOBODY or (parse_day(line) and len(line) < 40):
        return None
    return line or None


def names_in(said: list[str]) -> str | None:
    """Return the names in the lines ``said``, each once, with commas between; None without any."""
    return ", ".join(dict.fromkeys(name for line in said if (name := name_in(line)))) or None
