"""Trials by their numbers: which mood, and what was found."""

from __future__ import annotations

import tempfile
from pathlib import Path
from random import Random

from tests.campaigns.journal import Journal, Outcome
from tests.campaigns.logged import logged
from tests.campaigns.moods.moods import MOODS
from tests.campaigns.moods.play import Play
from tests.standin.telegram import Telegram


def run(seed: int, count: int, journal: Journal, folder: Path | None = None) -> dict[str, Outcome]:
    """Return the outcome of each of ``count`` trials, those of the journal as they stand there."""
    names = [*MOODS]
    trials = {f"{seed} {number} {names[number % len(names)]}": number for number in range(count)}
    return {
        trial: journal.run(trial, lambda n=number: try_mood(seed, n, names[n % len(names)], folder))  # type: ignore[misc]  # mypy does not see the default
        for trial, number in trials.items()
    }


def try_mood(seed: int, number: int, name: str, folder: Path | None = None) -> Outcome:
    """Play one mood; return how many were asked, how many answers were lost on the way, and what is wrong."""
    with tempfile.TemporaryDirectory(dir=folder) as made, logged() as log, Telegram() as telegram:
        play = Play(telegram, Path(made), log)
        findings = MOODS[name](play, Random(f"{seed} {number}"))  # it has to be repeatable
        return {"asked": len(play.asked), "lost": play.lost, "findings": findings}
