"""The form of the matrix: a row is what somebody does, its cells say what comes of it, for each role."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.chat import texts
from tests.bot.matrix.acts import Act
from tests.bot.matrix.outcomes import ID, Outcome, says


@dataclass(frozen=True)
class Row:
    """``cells``: names of roles, with spaces between, and what happens to all of them."""

    name: str
    act: Act
    cells: Mapping[str, Outcome]

    def outcomes(self) -> list[tuple[str, Outcome]]:
        """Every cell: the name of a role, and what happens."""
        return [(role, outcome) for roles, outcome in self.cells.items() for role in roles.split()]


SERVED_IN_GROUPS = "member admin anonymous-admin admin-elsewhere operator as-channel operator-in-unlisted"
SERVED_IN_PRIVATE = "reader operator-in-private"
SERVED = f"{SERVED_IN_PRIVATE} {SERVED_IN_GROUPS}"
"""Who is answered, when they address the bot."""

UNSERVED = "linked-channel other-bot unlisted-member unlisted-admin"
"""Who never is, in a group."""

NOT_LISTED = says(texts.not_admitted_person(ID))
"""All that a stranger gets."""
