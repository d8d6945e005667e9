"""A bot that starts with a backlog answers it, in order, once, and no faster than Telegram allows."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from pathlib import Path

from tests.campaigns.restart.clock import VirtualClock
from tests.campaigns.restart.restarting import restart
from tests.campaigns.restart.watching import Said, faults

COUNT = 1_000


async def test_a_backlog_is_answered_within_the_limits(tmp_path: Path) -> None:
    done = await restart(tmp_path, COUNT, seed=1)
    assert done.faults == []
    assert (done.answered, done.left) == (done.asked, 0)
    assert done.virtual_s >= done.asked / 30
    assert done.peak_mb - done.before_mb < 60


def test_what_is_wrong_is_told() -> None:
    def of(at: list[float], by_chat: dict[int, list[float]], replies: dict[int, list[int]]) -> list[str]:
        said = Said(at, defaultdict(list, by_chat), defaultdict(list, replies))
        return faults(said, [(5, 1), (5, 2), (-9, 3)])

    answered = {5: [1, 2], -9: [3]}
    assert of([0.0, 1.0], {5: [0.0, 1.0]}, answered) == []
    assert of([number / 31 for number in range(31)], {}, answered) == ["more than 30 messages in a second"]
    assert of([number / 30 for number in range(31)], {}, answered) == []
    assert of([], {5: [0.0, 0.9]}, answered) == ["two messages within a second in chat 5"]
    group = [2.9 * number for number in range(21)]
    assert of([], {-9: group}, answered) == ["more than 20 messages in a minute in group -9"]
    assert of([], {}, {**answered, 5: [2, 1]}) == ["in chat 5 [1, 2] were answered by [2, 1]"]
    assert of([], {}, {**answered, -9: [3, 3]}) == ["in chat -9 [3] were answered by [3, 3]"]


async def test_the_clock_wakes_everybody_in_order() -> None:
    clock = VirtualClock()
    passing = asyncio.create_task(clock.run())
    woken: list[tuple[str, float]] = []

    async def sleeper(name: str, seconds: float, times: int) -> None:
        for _ in range(times):
            await clock.sleep(seconds)
            woken.append((name, clock.now()))

    await asyncio.gather(sleeper("a", 2.0, 2), sleeper("b", 3.0, 1))
    passing.cancel()
    assert woken == [("a", 2.0), ("b", 3.0), ("a", 4.0)]
