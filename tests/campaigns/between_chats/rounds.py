"""Trials by their numbers: in each round one play of chats, one of the matrix of rights, one of buttons."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path

from tests.bot.isolation.places import write_libraries
from tests.campaigns.between_chats.buttons import try_buttons
from tests.campaigns.between_chats.isolation import try_isolation
from tests.campaigns.between_chats.rights import try_rights
from tests.campaigns.journal import Journal, Outcome

ACTIONS = 2_000
PRESSES = 1_000


def run(
    seed: int,
    rounds: int,
    journal: Journal,
    folder: Path,
    actions: int = ACTIONS,
    presses: int = PRESSES,
) -> dict[str, Outcome]:
    """Return the outcome of each trial, those of the journal as they stand there.

    ``folder`` is empty, and takes the files of the plays.
    """
    written = folder / "written"
    written.mkdir()
    write_libraries(written)
    outcomes: dict[str, Outcome] = {}
    for number in range(rounds):
        trials = {
            f"chats {seed} {number} {actions}": partial(try_isolation, seed, number, actions, written),
            f"rights {seed} {number}": partial(try_rights, seed, number),
            f"buttons {seed} {number} {presses}": partial(try_buttons, seed, number, presses, written),
        }
        for name, trial in trials.items():
            outcomes[name] = journal.run(name, partial(_in_a_folder, folder / "trial", trial))
    return outcomes


def _in_a_folder(place: Path, trial: Callable[[Path], Outcome]) -> Outcome:
    """The outcome of ``trial`` in a new folder, which is gone afterwards."""
    place.mkdir()
    try:
        return trial(place)
    finally:
        shutil.rmtree(place)
