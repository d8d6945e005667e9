"""JSON in a row of bot.db with a checksum before it: a damaged letter in it is found out."""

from __future__ import annotations

import zlib


def seal(text: str, *beside: object) -> str:
    """Put a checksum before the JSON ``text``, of it and of what stands ``beside`` it in its row."""
    return f"[{_checksum(text, beside)}, {text}]"


def unseal(sealed: str, *beside: object) -> str:
    """Return the text that was sealed. Raises ValueError where it, or what stands ``beside`` it, is another.

    What earlier versions wrote has no seal and comes back as it is.
    """
    if not sealed.startswith("["):
        return sealed
    checksum, _, text = sealed[1:-1].partition(", ")
    if checksum != str(_checksum(text, beside)) or not sealed.endswith("]"):
        raise ValueError("its checksum doesn't match")
    return text


def _checksum(text: str, beside: tuple[object, ...]) -> int:
    return zlib.crc32(f"{beside} {text}".encode(errors="surrogatepass"))
