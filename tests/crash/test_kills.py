"""Sixty kills: what was acknowledged is answered, and what was called saved is found."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.crash.__main__ import FAULTS, TOO_MANY
from tests.crash.kills import kill_in_part


@pytest.mark.parametrize("towns", [3])
def test_nothing_is_lost_to_sixty_kills(towns: int) -> None:
    with ThreadPoolExecutor(towns) as side_by_side:
        parts = list(side_by_side.map(lambda town: kill_in_part(f"town {town}", 60 // towns), range(towns)))
    for part in parts:
        assert {fault: part.get(fault, 0) for fault in FAULTS} == dict.fromkeys(FAULTS, 0)
        assert sum(part.get(kind, 0) for kind in TOO_MANY) <= part["kills"]
        assert part.get("set aside", 0) <= part["kills"] / 3
    assert sum(part["at points"] for part in parts) >= 20
