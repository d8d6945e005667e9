"""The table [bot] of config.toml: what is asked, by whom and how often, through which Bot API server."""

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


STAND_INS = frozenset({777_000, 136_817_688, 1_087_968_824})
"""Accounts of Telegram that write for whoever speaks as a group or a channel. Not from telegram.constants:
that takes longer to import than all else that this needs."""


def _of_one_person(user_id: int) -> int:
    if user_id in STAND_INS:
        raise ValueError(
            "it isn't a person: Telegram uses this account for everyone who posts as a group or a channel"
        )
    return user_id


LibraryName = Annotated[str, Field(pattern=r"^[a-z0-9-]{1,40}$")]
BaseUrl = Annotated[str, AfterValidator(_base_url)]
UserId = Annotated[int, AfterValidator(_of_one_person)]
Count = Annotated[int, Field(ge=1, le=10_000)]


class BotSettings(Settings):
    """Where the bot finds articles and Telegram, and whom it answers."""

    libraries: Annotated[list[LibraryName], Field(min_length=1)] = Field(default=["main"])
    api_url: BaseUrl = TELEGRAM
    users: list[UserId] = Field(default=[])  # only these are answered in private; everybody, if there is none
    chats: list[int] = Field(default=[])  # only in these groups; everywhere, if there is none
    operators: list[UserId] = Field(default=[])  # may change the settings of every chat
    left_days: Annotated[int, Field(ge=0, le=3650)] = 30  # what is kept for a chat that removed the bot
    keep_days: Annotated[int, Field(ge=1, le=3650)] = 30  # what was asked and answered; then it is forgotten
    chat_articles: Annotated[int, Field(ge=0, le=100_000)] = 500  # in a chat's own library,
    chat_characters: Annotated[int, Field(ge=0, le=10**9)] = 20_000_000  # and in all of them together
    chat_megabytes: Annotated[int, Field(ge=0, le=10**6)] = 300  # and in its file, with PDFs and the like
    chat_additions_an_hour: Count = 30
    person_articles: Annotated[int, Field(ge=1, le=10**6)] = 1_000  # added by one person to all chats,
    person_characters: Annotated[int, Field(ge=1, le=10**10)] = 40_000_000  # with so many characters,
    person_megabytes: Annotated[int, Field(ge=1, le=10**7)] = 600  # and taking so much, as estimated
    person_additions_an_hour: Count = 60
    installation_articles: Annotated[int, Field(ge=0, le=10**8)] = 100_000  # of all chats together
    installation_megabytes: Annotated[int, Field(ge=0, le=10**8)] = 20_000
    free_megabytes: Annotated[int, Field(ge=0, le=10**8)] = 1_000  # of the disk stay free, else none is added
    person_a_minute: Count = 6
    person_at_once: Count = 5
    chat_a_minute: Count = 20
    chat_at_once: Count = 15
    person_commands_a_minute: Count = 30  # greetings, commands, and as many presses of buttons
    person_commands_at_once: Count = 10
    chat_commands_a_minute: Count = 20
    chat_commands_at_once: Count = 15

    def admits(self, user_id: int, chat_id: int) -> bool:
        """Tell whether a question of this user in this chat is answered; a private chat has its user's id."""
        if user_id in self.operators:
            return True
        if chat_id > 0:
            return not self.users or user_id in self.users
        return not self.chats or chat_id in self.chats
