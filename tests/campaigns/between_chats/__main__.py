"""What one chat owns never reaches another: python -m tests.campaigns.between_chats --seed 1 --rounds 10."""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from tests.campaigns.between_chats.rounds import ACTIONS, PRESSES, run
from tests.campaigns.journal import Journal


def main(
    seed: Annotated[int, typer.Option(help="Which trials; the same seed plays the same ones.")] = 1,
    rounds: Annotated[int, typer.Option(min=1, help="How often each of the three kinds is played.")] = 10,
    actions: Annotated[int, typer.Option(help="What people do in a play of chats.")] = ACTIONS,
    presses: Annotated[int, typer.Option(help="Buttons pressed in a play of buttons.")] = PRESSES,
    journal: Annotated[Path | None, typer.Option(help="Where outcomes are kept, to go on from.")] = None,
) -> None:
    """Play them; the exit code is 1 where anything is not as it was promised."""
    with tempfile.TemporaryDirectory(prefix="between-chats-") as folder:
        outcomes = run(seed, rounds, Journal(journal), Path(folder), actions, presses)
    figures: Counter[str] = Counter()
    findings = []
    for trial, outcome in outcomes.items():
        findings += [f"{trial}: {finding}" for finding in outcome["findings"]]
        figures.update({name: count for name, count in outcome.items() if name != "findings"})
    for line in findings:
        typer.echo(line)
    counted = ", ".join(f"{count:,} {name}" for name, count in figures.items())
    typer.echo(f"{len(outcomes)} trials: {counted}: {len(findings)} findings")
    sys.exit(bool(findings))


if __name__ == "__main__":
    typer.run(main)
