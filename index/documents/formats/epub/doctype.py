"""XML with a document type declaration -> without it, its entities replaced by what they stand for."""

from __future__ import annotations

import re

# One that has no end takes all that follows: no pattern looks through it twice.
_COMMENT = r"<!--(?:[^-]|-(?!->))*+(?:-->|\Z)"
_INSTRUCTION = r"<\?(?:[^?]|\?(?!>))*+(?:\?>|\Z)"
_QUOTED = r"\"[^\"]*+\"|'[^']*+'"
_PROLOGUE = re.compile(rf"\ufeff?(?:\s|{_INSTRUCTION}|{_COMMENT})*+")
_DOCTYPE = re.compile(
    rf"<!DOCTYPE(?:[^\[\]<>\"']|{_QUOTED})*+(?:\[((?:[^\]\"'<]|{_QUOTED}|{_COMMENT}|{_INSTRUCTION}|<)*+)\]\s*+)?>",
    re.I,
)
_DECLARED = re.compile(
    rf"{_COMMENT}|<!ENTITY\s++(%\s++)?([\w:][\w.:-]*+)\s++(?:\"([^\"]*+)\"|'([^']*+)'|(?:PUBLIC|SYSTEM)\b)"
)
_CODE = re.compile(r"&#(?:x([\da-fA-F]{1,6})|(\d{1,7}));")
_REFERENCE = re.compile(r"&([\w:][\w.:-]*+);")
_ALWAYS = frozenset(["amp", "lt", "gt", "quot", "apos"])
_LONGEST = 1_000  # characters that an entity may stand for
_MOST_ADDED = 1_000_000  # characters, by all of them


class DoctypeError(ValueError):
    """A text needs what its declaration does not hold, or stands for too much."""


def without_doctype(text: str) -> str:
    """Return ``text``, which is XML, without its DOCTYPE, and words in place of the entities it declares.

    Nothing but ``text`` is looked at. Raises DoctypeError when an entity that is used stands for another
    file, or for far more than a word, and when the declaration has no end.
    """
    start = _PROLOGUE.match(text).end()  # type: ignore[union-attr]  # it matches nothing, too
    if text[start : start + 9].upper() != "<!DOCTYPE":
        return text
    found = _DOCTYPE.match(text, start)
    if not found:
        if "<!ENTITY" in text:
            raise DoctypeError
        return text
    body = text[found.end() :]
    return text[:start] + (_filled(body, _entities(found[1])) if found[1] else body)


def _entities(subset: str) -> dict[str, str | None]:
    """Return what each entity stands for; None where that is not in ``subset``, or is too much."""
    entities: dict[str, str | None] = {}
    for found in _DECLARED.finditer(subset):
        name = found[2]
        if name is None or found[1] or name in _ALWAYS or name in entities:
            continue
        quoted = found[3] if found[3] is not None else found[4]
        try:
            value = None if quoted is None else _filled(_CODE.sub(_char, quoted[: _LONGEST + 1]), entities)
        except DoctypeError:
            value = None
        entities[name] = value if value is not None and len(value) <= _LONGEST else None
    return entities


def _filled(text: str, entities: dict[str, str | None]) -> str:
    added = 0

    def words(reference: re.Match[str]) -> str:
        nonlocal added
        if reference[1] not in entities:
            return reference[0]
        value = entities[reference[1]]
        added += len(value or "")
        if value is None or added > _MOST_ADDED:
            raise DoctypeError
        return value

    return _REFERENCE.sub(words, text)


def _char(code: re.Match[str]) -> str:
    try:
        return chr(int(code[1], 16) if code[1] else int(code[2]))
    except (ValueError, OverflowError):
        return code[0]
