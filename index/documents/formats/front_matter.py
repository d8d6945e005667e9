"""What stands above a text between two lines of dashes -> what is known of the article.

Programs that make web sites write it as YAML or TOML (``markdown.front_matter_data``); by hand it is mostly
``key: value`` a line, and that is read here. Keys that mean nothing to us are passed over.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from urllib.parse import urljoin, urlsplit

from index.documents.formats.blocks import one_line
from index.documents.formats.days import parse_day
from index.documents.formats.types import Known
from index.errors import SourceError

Fields = Mapping[str, object]
"""Keys in small letters, with what stands behind them: words, lists or mappings of them, None for nothing."""

_AUTHOR = ("author", "authors", "creator")
_DAY = ("date", "publishdate", "publish_date", "pubdate", "date_published", "datepublished", "published_at")
_LANGUAGE = ("language", "lang", "locale")
_ADDRESS = ("canonical_url", "canonicalurl", "canonical", "permalink")  # taken where they are web addresses
_KEYS = frozenset(("title", "publisher", "published", "url", *_AUTHOR, *_DAY, *_LANGUAGE, *_ADDRESS))
_NO_DAY = frozenset(["true", "false", "yes", "no", "on", "off"])  # whether it is published
_BETWEEN_RULES = re.compile(r"\A---[ \t]*+\n(.*?)^(?:---|\.\.\.)[ \t]*+(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_MOST_AUTHORS = 100


def between_rules(text: str) -> tuple[str, str] | None:
    """Return what stands between two lines of dashes at the top of ``text``, and what follows them."""
    found = _BETWEEN_RULES.match(text.lstrip("\n \t"))
    return (found[1], found.string[found.end() :]) if found else None


def are_fields(fields: Fields, inner: str) -> bool:
    """Return whether ``fields``, as they were read from ``inner``, are no text between two rules.

    They are none where a key is known, or where all keys are single words right below the first rule.
    """
    if not _KEYS.isdisjoint(fields):
        return True
    return bool(fields) and not inner.startswith("\n") and not any(" " in key for key in fields)


def line_fields(inner: str, name: str) -> Fields | None:
    """Return what the lines of ``inner`` say, a ``key: value`` each; None where they are a text.

    Lines that are indented, and items of lists, belong to the line above and are passed over. Raises
    SourceError where a line is neither, and others have keys that are known.
    """
    fields: dict[str, object] = {}
    odd = None
    for line in inner.splitlines():
        if not line.strip() or line[0] in " \t#" or line.startswith("- "):
            continue
        key, colon, value = (part.strip() for part in line.partition(":"))
        if colon and key:
            fields[key.lower()] = _unquoted(value) or None
        else:
            odd = odd or line
    if not are_fields(fields, inner) or (odd and _KEYS.isdisjoint(fields)):
        return None
    if odd:
        raise SourceError(
            f"{name}: the line {odd[:60]!r} in its front matter isn't `key: value`. Please correct it."
        )
    return fields


def known_from(fields: Fields, name: str, base: str | None = None) -> Known:
    """Return what ``fields`` say of the article; an address that is relative counts from ``base``.

    Raises SourceError when ``published`` is no day, or ``url`` no web address.
    """
    return Known(
        title=one_line(_words(fields.get("title"))),
        url=_url(_words(fields.get("url")), name, base) or _first_address(fields),
        publisher=one_line(_words(fields.get("publisher"))),
        author=one_line(", ".join(_names(next(filter(None, map(fields.get, _AUTHOR)), None)))),
        published=_published(fields, name),
        language=one_line(next(filter(None, (_words(fields.get(key)) for key in _LANGUAGE)), None)),
    )


def day_of(text: str, name: str) -> date:
    """Return the day that ``text`` names. Raises SourceError when it names none."""
    day = parse_day(text)
    if day is None:
        raise SourceError(f"{name}: {text[:60]!r} isn't a date. Please write it like 2022-03-18.")
    return day


def _published(fields: Fields, name: str) -> date | None:
    said = _words(fields.get("published"))
    if said and said.lower() not in _NO_DAY:
        return day_of(said, name)
    return next(filter(None, (parse_day(_words(fields.get(key))) for key in _DAY)), None)


def _words(value: object) -> str | None:
    return value.strip() or None if isinstance(value, str) else None


def _names(value: object) -> list[str]:
    """Return the names in ``value``: words, a list of them, or what has a name."""
    if isinstance(value, str):
        return [value.strip()] if value.strip() else []
    if isinstance(value, Mapping):
        return _names(value.get("name")) if isinstance(value.get("name"), str) else []
    if isinstance(value, Sequence):
        return [
            name for entry in value[:_MOST_AUTHORS] if not isinstance(entry, list) for name in _names(entry)
        ]
    return []


def _url(value: str | None, name: str, base: str | None) -> str | None:
    if value is None:
        return None
    try:
        parts = urlsplit(value)
        is_spaced = re.search(r"\s", value) is not None
        if not parts.scheme and not is_spaced:
            return urljoin(base, value) if base else None
        is_usable = parts.scheme in ("http", "https") and bool(parts.hostname) and not is_spaced
    except ValueError:
        is_usable = False
    if not is_usable:
        raise SourceError(
            f"{name}: {value[:200]!r} isn't a web address. Please write one that starts with https://."
        )
    return value


def _first_address(fields: Fields) -> str | None:
    for key in _ADDRESS:
        value = _words(fields.get(key)) or ""
        if value.startswith(("https://", "http://")) and not re.search(r"\s", value):
            return value
    return None


def _unquoted(value: str) -> str:
    quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
    return value[1:-1].strip() if quoted else value.strip("\"'") and value
