"""python -m tests.crash --kills 1000 --seed 1: kill the bot again and again, and count what was lost."""

from __future__ import annotations

import json
from collections import Counter
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from tests.campaigns.journal import Journal
from tests.crash.kills import kill_in_part

PART = 50
"""Kills in one town."""

FAULTS = ("lost", "saved and not found", "answered wrongly", "refused", "tracebacks")
"""What must not be."""

TOO_MANY = ("repeats", "placeholders left")
"""Messages that Telegram took in the very moment of a kill, so that nobody knew: at most one a kill."""


def main(
    kills: Annotated[int, typer.Option(min=1, help="How often the bot is killed.")] = 1000,
    seed: Annotated[int, typer.Option(help="The same seed kills at the same places.")] = 1,
    journal: Annotated[Path | None, typer.Option(help="Keeps outcomes; run again, it goes on.")] = None,
) -> None:
    """Kill, restart, drain; print the figures. Exits with 1 where something was lost."""
    trials = Journal(journal)
    figures: Counter[str] = Counter()
    for first in range(0, kills, PART):
        count = min(PART, kills - first)
        name = f"seed {seed}, kills {first} to {first + count}"
        figures += Counter(trials.run(name, partial(kill_in_part, name, count)))
        typer.echo(json.dumps({"so far": dict(figures)}), err=True)
    typer.echo(json.dumps(dict(figures), indent=2))
    if any(figures[fault] for fault in FAULTS) or sum(figures[kind] for kind in TOO_MANY) > figures["kills"]:
        raise typer.Exit(1)


if __name__ == "__main__":
    typer.run(main)
