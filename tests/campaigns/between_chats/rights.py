"""The matrix of rights in another order each time, in other kinds of group, and over restarts."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from random import Random

from tests.bot.matrix.matrix import ROWS, matrix
from tests.bot.matrix.pressing import TOO_OFTEN
from tests.bot.matrix.rows import Row
from tests.campaigns.journal import Outcome
from tests.campaigns.logged import logged

KINDS = ("supergroup", "group")


def try_rights(seed: int, number: int, folder: Path, rows: Sequence[Row] = ROWS) -> Outcome:
    """Play all cells of ``rows``; return how many there were, and those that came out otherwise.

    In three of four trials the bot is started again when all of a row is ready: buttons stand there, replies
    and edits are of messages that an earlier process wrote.
    """
    chance = Random(f"rights {seed} {number}")
    restarts, kind = number % 4 != 3, KINDS[number // 2 % 2]
    chosen = [row for row in rows if not (restarts and row in TOO_OFTEN)]  # rates start anew
    chance.shuffle(chosen)
    findings, cells = [], 0
    with logged() as log, matrix(folder, type=kind) as playing:
        for row in chosen:
            expected = row.outcomes()
            chance.shuffle(expected)
            seen = playing.outcomes(row, [role for role, _ in expected], restarts=restarts)
            cells += len(expected)
            findings += [
                f"{row.name}, {role}, in a {kind}: {outcome} instead of {right}"
                for (role, right), outcome in zip(expected, seen, strict=True)
                if outcome != right
            ]
        findings += [f"refused by Telegram: {line}" for line in playing.telegram.refused]
    findings += [f"in the log: {line}" for line in log.lines if "Traceback" in line]
    return {"cells": cells, "restarts": len(chosen) if restarts else 0, "findings": findings}
