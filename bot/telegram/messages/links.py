"""Which links Telegram takes: one that it does not would cost the whole message."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

LONGEST_URL = 2_000
_HOST = re.compile(r"[\w-]+(?:\.[\w-]+)+")


def can_be_opened(link: str) -> bool:
    """Tell whether ``link`` may stand in a text, or on a button: a web address, and no local one."""
    if len(link) > LONGEST_URL:  # first: to take it apart takes a time that grows with its square
        return False
    try:
        parts = urlsplit(link)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return False
    is_clean = not any(character.isspace() or not character.isprintable() for character in link)
    is_web = parts.scheme in {"http", "https"} and _HOST.fullmatch(host) is not None
    is_whole = not parts.netloc.endswith(":")  # a port is promised, and none named
    return is_clean and is_web and is_whole
