"""Mutated files become articles or sentences, and leave nothing behind in the process that has them read."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict
from pathlib import Path

import pytest

from index.documents.child_process import Ended, TooMuchSaidError
from index.documents.sandbox import LIMITS, MOST_SAID_BYTES
from tests.campaigns import strangers_bytes
from tests.campaigns.forked_child import ForkedChildren
from tests.campaigns.journal import Journal
from tests.campaigns.strangers_bytes import (
    Spoilt,
    Trying,
    fails,
    forked,
    make_file,
    run,
    started,
    summary,
)

COUNT = 2_000
STARTED = 40


def test_mutated_files_become_articles_or_sentences() -> None:
    """In the mix of the long form; the processes that read them are forked from one, not started for each."""
    with forked() as trying:
        outcomes = run(range(COUNT), 0, Journal(), trying)
    assert [outcome for outcome in outcomes if fails(outcome)] == [], summary(outcomes)
    did = Counter(outcome["did"] for outcome in outcomes)
    assert (
        min(did["article"], did["refused"], did["items"]) > COUNT / 50
    )  # they are neither whole nor mere noise


def test_files_read_by_processes_of_their_own_fare_the_same() -> None:
    """Some of them again, as the product does it: what became of them is the same."""
    numbers = range(0, 5 * STARTED, 5)
    with started() as trying:
        own = run(numbers, 0, Journal(), trying)
    with forked() as trying:
        shared = run(numbers, 0, Journal(), trying)
    assert [outcome["did"] for outcome in own] == [outcome["did"] for outcome in shared]
    assert [outcome for outcome in own if fails(outcome)] == []


def test_a_forked_process_that_takes_too_long_is_ended() -> None:
    program = "index.documents.sandbox"
    head = {"format": "html", "name": "long.html", "url": None, "charset": None, "limits": asdict(LIMITS)}
    takes_seconds = json.dumps(head).encode() + b"\n<article>" + b"<p>A lamp burned there." * 50_000
    with ForkedChildren() as children:
        with pytest.raises(TimeoutError):
            children.run_program(program, takes_seconds, most_bytes=MOST_SAID_BYTES, wall_s=0.0)
        ended = children.run_program(program, b"{}\n", most_bytes=0, wall_s=60.0)
        assert ended == Ended(1, b"")  # no limits in the request


def test_a_forked_process_that_says_too_much_is_ended() -> None:
    head = {"format": "html", "name": "a.html", "url": None, "charset": None, "limits": asdict(LIMITS)}
    given = json.dumps(head).encode() + b"\n<article><p>A lamp burned there."
    with ForkedChildren() as children:
        said = children.run_program("index.documents.sandbox", given, most_bytes=1000, wall_s=60.0).said
        assert 0 < len(said) <= 1000
        with pytest.raises(TooMuchSaidError):
            children.run_program("index.documents.sandbox", given, most_bytes=len(said) - 1, wall_s=60.0)


def test_a_file_is_made_again_by_its_number() -> None:
    assert make_file(3, 14) == make_file(3, 14)
    assert len({make_file(3, number).data for number in range(50)}) > 45


def test_what_breaks_is_told_and_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(spoilt: Spoilt) -> str:
        raise KeyError(spoilt.kind)

    monkeypatch.setattr(strangers_bytes, "read", broken)
    (outcome,) = run(range(7, 8), 0, Journal(), Trying(lambda: 0.0), tmp_path)
    assert fails(outcome)
    assert "KeyError" in outcome["trace"]
    (kept,) = tmp_path.iterdir()
    assert kept.read_bytes() == make_file(0, 7).data


@pytest.mark.parametrize(("cpu_s", "grown_mb"), [(10.1, 0.0), (0.1, 50.1)])
def test_what_takes_too_much_fails(cpu_s: float, grown_mb: float) -> None:
    assert fails({"kind": "pdf", "did": "refused", "cpu_s": cpu_s, "grown_mb": grown_mb})
    assert not fails({"kind": "pdf", "did": "refused", "cpu_s": 9.9, "grown_mb": 49.9})
