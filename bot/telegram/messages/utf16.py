"""Telegram counts UTF-16 units, Python counts code points: a 🦔 is two of the one and one of the other."""

from __future__ import annotations


def units(text: str) -> int:
    """Return the length of ``text`` as Telegram counts it."""
    return len(text) + sum(character > "\uffff" for character in text)


def code_points(text: str, offset: int, length: int) -> tuple[int, int]:
    """Start and end in code points of what Telegram calls ``offset`` and ``length``.

    What reaches over the end of ``text``, or into the middle of a character, ends before it.
    """
    raw = text.encode("utf-16-le", "surrogatepass")
    start = len(raw[: 2 * offset].decode("utf-16-le", "ignore"))
    return start, len(raw[: 2 * (offset + length)].decode("utf-16-le", "ignore"))
