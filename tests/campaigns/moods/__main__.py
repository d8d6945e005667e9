"""Telegram's moods: python -m tests.campaigns.moods --seed 7 --count 140 [--journal moods-7.jsonl]."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from tests.campaigns.journal import Journal
from tests.campaigns.moods.campaign import run
from tests.campaigns.moods.moods import MOODS


def main(
    seed: Annotated[int, typer.Option(help="Which trials; the same seed plays the same ones.")],
    count: Annotated[
        int, typer.Option(help="How many; every mood comes once in as many as there are.")
    ] = len(MOODS),
    journal: Annotated[Path | None, typer.Option(help="Where outcomes are kept, to go on from.")] = None,
    folder: Annotated[Path | None, typer.Option(help="Where the bots' files are while they run.")] = None,
) -> None:
    """Play trials; the exit code is 1 where anything is not as it was promised."""
    outcomes = run(seed, count, Journal(journal), folder)
    wrong = {trial: outcome["findings"] for trial, outcome in outcomes.items() if outcome["findings"]}
    for trial, findings in wrong.items():
        typer.echo(f"{trial}: {'; '.join(findings)}")
    asked = sum(outcome["asked"] for outcome in outcomes.values())
    lost = sum(outcome["lost"] for outcome in outcomes.values())
    typer.echo(
        f"{len(outcomes)} trials of {len(MOODS)} moods, {asked} questions, {lost} confirmations lost: "
        f"{len(wrong)} trials with findings"
    )
    sys.exit(bool(wrong))


if __name__ == "__main__":
    typer.run(main)
