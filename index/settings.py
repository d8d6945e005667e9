"""The table [index] of config.toml: what is searched, with which model, and who is fetched from."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator, Field

from index.config import Settings


def _host_and_port(value: str) -> str:
    found = re.fullmatch(r"(?:[\w.-]+|\[[0-9A-Fa-f:.]+\]):(\d{1,5})", value, re.ASCII)
    if not found or not 0 < int(found[1]) < 65_536:
        raise ValueError("it has to be a host and a port, like 127.0.0.1:8000 or [::1]:8000")
    return value.lower()


Language = Annotated[str, Field(pattern=r"^[a-z]{2,3}$")]


class IndexSettings(Settings):
    """How articles are cut and embedded. A library keeps to what it was made with until it is rebuilt."""

    embedder: str = Field("bge-small-en-v1.5", min_length=1)
    passage_tokens: int = Field(160, ge=32, le=480)
    # ISO 639 codes of those that embedder and reader were made for; no article in another is taken
    languages: Annotated[list[Language], Field(min_length=1)] = Field(default=["en"])
    # fetched from though they are not public, or at another port than 80 and 443
    fetch_hosts: list[Annotated[str, AfterValidator(_host_and_port)]] = Field(default=[])
