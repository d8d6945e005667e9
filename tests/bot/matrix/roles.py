"""Who meets the bot, and where: the columns of the matrix."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tests.standin.world import Status

Where = Literal["private", "group", "unlisted", "own"]
"""In private; in a group on the list [bot] chats; in one that is not; in a (listed) group of their own."""

Voice = Literal["own", "group", "channel", "forwarded", "bot"]
"""In whose name they write: theirs, the group's, a channel's; a post that Telegram forwards; another bot."""


@dataclass(frozen=True)
class Role:
    """Somebody, fresh for every cell; ``status`` is theirs in the group."""

    name: str
    where: Where
    status: Status = "member"
    voice: Voice = "own"
    is_user: bool = False  # on the list [bot] users, who are answered in private
    is_operator: bool = False
    has_own_group: bool = False  # where they are the owner


ROLES = {
    role.name: role
    for role in (
        Role("reader", "private", is_user=True),
        Role("stranger", "private"),
        Role("operator-in-private", "private", is_operator=True),
        Role("member", "group"),
        Role("admin", "group", status="administrator"),
        Role("anonymous-admin", "group", status="administrator", voice="group"),  # presses as who they are
        Role("admin-elsewhere", "group", has_own_group=True),  # a plain member here
        Role("operator", "group", is_operator=True),
        Role("as-channel", "group", voice="channel"),  # a member who writes in the name of a channel
        Role("linked-channel", "group", voice="forwarded"),
        Role("other-bot", "group", voice="bot"),
        Role("unlisted-member", "unlisted"),
        Role("unlisted-admin", "unlisted", status="administrator"),
        Role("operator-in-unlisted", "unlisted", is_operator=True),
        Role("passer-by", "group", status="left"),  # sees a public group, and its buttons
        Role(
            "forger", "own", status="left", has_own_group=True
        ),  # presses there what stands on a button here
    )
}

IN_PRIVATE = "reader stranger operator-in-private"
IN_LISTED = "member admin anonymous-admin admin-elsewhere operator as-channel linked-channel other-bot"
IN_UNLISTED = "unlisted-member unlisted-admin operator-in-unlisted"
IN_GROUPS = f"{IN_LISTED} {IN_UNLISTED}"

WRITERS = f"{IN_PRIVATE} {IN_GROUPS}"
"""Who can write a message that the bot gets."""

PRESSERS = (
    f"{IN_PRIVATE} member admin anonymous-admin admin-elsewhere operator {IN_UNLISTED} passer-by forger"
)
"""Who can press a button: always a person, in their own name."""
