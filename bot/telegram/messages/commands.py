"""A row in the table of the chat's commands: its name, what it does, how it counts, where it is listed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

Handle = Callable[[Any, Any, Any], Awaitable[None]]
"""Takes the services, the message, and what was read in it."""


@dataclass(frozen=True, slots=True)
class Command:
    """A command that people may write; a description is empty where Telegram does not list it."""

    name: str
    handle: Handle
    in_private: str = ""
    in_groups: str = ""
    for_admins: str = ""  # of groups
    takes_words: bool = False  # the words behind it belong to it
    is_question: bool = False  # the models read for it, so that it counts as a question
    follows_edits: bool = False  # an edited message is answered anew


Commands = Mapping[str, Command]
"""All commands, by name, in the order in which Telegram lists them."""
