"""What a web address says besides where it leads."""

from __future__ import annotations

import re

_USER = re.compile(r"(?<=//)[^/?#]*@")


def without_user(url: str, instead: str = "") -> str:
    """Put ``instead`` in the place of a name and password that stand before the host of ``url``."""
    return _USER.sub(instead, url, count=1)
