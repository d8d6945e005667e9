"""Whatever an address inside a network looks like, and whoever leads there: nobody inside is dialled."""

from __future__ import annotations

from collections import Counter

import pytest

from index.documents.web import guard
from tests.campaigns.forbidden_addresses import make_forbidden, run

COUNT = 1_000


def test_nobody_inside_is_dialled() -> None:
    assert len({make_forbidden(1, number).url for number in range(COUNT)}) > 900
    assert run(COUNT, seed=1) == []


def test_without_the_check_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    """The addresses are such that the check is what keeps them out, by every way."""
    monkeypatch.setattr(guard, "is_public", lambda _: True)
    ways = Counter(way for _, dialled in run(200, seed=1) for way in {way for way, *_ in dialled})
    assert ways["rebound"] == 200
    assert min(ways["directly"], ways["redirected"]) > 60  # the others are no addresses at all
