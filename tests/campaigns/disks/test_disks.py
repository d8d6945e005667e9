"""A short form of `python -m tests.campaigns.disks`: some trials of each kind, 20 s in all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.campaigns.disks import calls
from tests.campaigns.disks.__main__ import Trials, damage, fail, fill, is_good, scratch
from tests.campaigns.journal import Journal

SEED = 1


@pytest.fixture
def folder() -> Iterator[Path]:
    """Where trials work."""
    with scratch() as made:
        yield made


def counted(outcomes: Trials) -> Counter[str]:
    """How many trials ended how; none in silence, with a traceback, or with a file made anew."""
    found = dict(outcomes)
    assert {name: outcome for name, outcome in found.items() if not is_good(outcome)} == {}
    return Counter(outcome["is"] for outcome in found.values())


@pytest.mark.parametrize("file", ["library", "bot.db"])
def test_damage_is_named_or_does_no_harm(file: str, folder: Path) -> None:
    counts = counted(damage(Journal(), SEED, 40, file, folder))
    assert counts["named"] >= 10
    assert counts["named"] + counts["unharmed"] == 40


@pytest.mark.skipif(calls.why_not() is not None, reason=str(calls.why_not()))
def test_a_call_that_fails_is_a_sentence_and_then_all_is_as_before(folder: Path) -> None:
    counts = counted(fail(Journal(), calls.SWEEPS, 41, folder))
    assert counts["named"] >= 20
    assert counts["not reached"] == len(calls.SWEEPS)


def test_a_full_disk_loses_nothing(folder: Path) -> None:
    counts = counted(fill(Journal(), range(0, 9, 4), folder))
    reasons = [kind for kind in counts if kind.startswith("not tried")]
    if reasons:
        pytest.skip(reasons[0])
    assert counts["named"] >= 1
