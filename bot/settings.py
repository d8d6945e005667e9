"""The table [bot] of config.toml: which libraries are asked, and through which Bot API server."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field

from index.config import Settings

TELEGRAM = "https://api.telegram.org"


def _base_url(url: str) -> str:
    scheme, mark, rest = url.partition("://")
    host = rest.partition("/")[0]
    if scheme not in {"http", "https"} or not mark or not host or any(c in url for c in " ?#@\n"):
        raise ValueError("it has to be the address of a Bot API server, like https://api.telegram.org")
    return url.rstrip("/")


LibraryName = Annotated[str, Field(pattern=r"^[a-z0-9-]{1,40}$")]
BaseUrl = Annotated[str, AfterValidator(_base_url)]


class BotSettings(Settings):
    """Where the bot finds articles, and Telegram."""

    libraries: Annotated[list[LibraryName], Field(min_length=1)] = Field(default=["main"])
    api_url: BaseUrl = TELEGRAM
