"""python -m tests.campaigns.disks: every way a disk fails, and what became of it.

Damages of bot.db and of a library, the n-th call that fails for n = 1, 2, 3, …, and a full disk. What becomes
of each has to be a sentence or a recovery; exit code 1 where one is something else.
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from itertools import count
from pathlib import Path
from typing import Annotated

import pytest
import typer

from tests.campaigns.disks import calls, full
from tests.campaigns.disks.damages import Damages
from tests.campaigns.disks.data_folder import use_folder
from tests.campaigns.journal import Journal, Outcome
from tests.small_disk import small_disk

Trials = Iterator[tuple[str, Outcome]]
"""The name of each trial, and what became of it."""

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)

GOOD = ("named", "unharmed", "recovered", "ranked otherwise", "not reached")
"""UNSEEN is what nobody noticed; LOST an answer that is gone without a word; FAILED anything worse."""


@app.command()
def main(
    seed: Annotated[int, typer.Option(help="The same seed tries the same things.")] = 1,
    damages: Annotated[int, typer.Option(help="So many damages of each of the two files.")] = 600,
    every: Annotated[int, typer.Option(help="Every so many calls one fails: 1 for each in turn.")] = 1,
    pages: Annotated[int, typer.Option(help="Up to so many pages are left on the full disk.")] = 40,
    journal: Annotated[Path | None, typer.Option(help="What is in it is not tried again.")] = None,
) -> None:
    """Try it all, and count what became of it."""
    trials = Journal(journal)
    parts: dict[str, Callable[[Path], Trials]] = {
        "damages of a library": partial(damage, trials, seed, damages, "library"),
        "damages of bot.db": partial(damage, trials, seed, damages, "bot.db"),
        **{name_of(sweep): partial(fail, trials, [sweep], every) for sweep in calls.SWEEPS},
        "a full disk": partial(fill, trials, range(pages + 1)),
    }
    is_good = True
    for name, part in parts.items():
        with scratch() as folder:
            is_good &= tell(name, part(folder))
    sys.exit(0 if is_good else 1)


@contextmanager
def scratch() -> Iterator[Path]:
    """A folder that is gone behind the block; in memory, where that is possible: a disk takes its time."""
    memory = Path("/dev/shm")  # noqa: S108 - the folder in it has a name of its own
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
        yield Path(folder)


def damage(journal: Journal, seed: int, times: int, file: str, folder: Path) -> Trials:
    """Damage a file so many times, each time as ``seed`` and its number say."""
    trials = Damages(use_folder(folder / "kept", seed), folder / "tried", seed)
    trial = trials.of_library if file == "library" else trials.of_state
    for number in range(times):
        name = f"{file} {seed}:{number}"
        yield name, journal.run(name, partial(trial, number))


def fail(journal: Journal, sweeps: Sequence[calls.Fault], every: int, folder: Path) -> Trials:
    """Let every ``every``-th call fail in turn, in each sweep until a run needs no more calls than that."""
    reason = calls.why_not()
    if reason:
        yield "", {"is": f"not tried: {reason}"}
        return
    with calls.FailingDisk(folder) as disk:
        for sweep in sweeps:
            for n in count(1, every):
                name = f"{name_of(sweep)} {n}"
                outcome = journal.run(name, partial(disk.run, replace(sweep, n=n)))
                yield name, outcome
                if outcome["is"] == "not reached":
                    break


def fill(journal: Journal, pages: range, folder: Path) -> Trials:
    """Leave so many pages on the disk, in turn."""
    try:
        with small_disk(folder, full.SIZE) as disk:
            for left in pages:
                name = f"{left} pages left"
                yield name, journal.run(name, partial(full.outcome_of, disk, left))
    except pytest.skip.Exception as error:
        yield "", {"is": f"not tried: {error}"}


def tell(name: str, outcomes: Trials) -> bool:
    """Print what became of the trials, and which did not end well; return whether none did."""
    counts: Counter[str] = Counter()
    for trial, outcome in outcomes:
        counts[outcome["is"]] += 1
        if not is_good(outcome):
            print(f"{trial}: {outcome}", file=sys.stderr)
    del counts["not reached"]
    listed = ", ".join(f"{number} {kind}" for kind, number in counts.most_common())
    print(f"{name}: {counts.total()} tried: {listed}", flush=True)
    return all(is_good({"is": kind}) for kind in counts)


def is_good(outcome: Outcome) -> bool:
    """Whether a trial ended with a sentence or a recovery, or was none."""
    return outcome["is"] in GOOD or outcome["is"].startswith("not tried")


def name_of(sweep: calls.Fault) -> str:
    """A sweep in words."""
    which = "each write" if sweep.writes_only else "each call"
    return f"{sweep.error} at {which}{' and behind it' if sweep.lasting else ''}"


if __name__ == "__main__":
    app()
