"""The clock that goes by Telegram's."""

from __future__ import annotations

import httpx
import pytest

from bot.telegram.delivery.clock import TelegramClock

DATE = "Fri, 18 Mar 2022 12:00:00 GMT"
NOON = 1_647_604_800.0


class Ours:
    """The clocks of this machine."""

    def __init__(self) -> None:
        self.monotonic, self.machine = 5.0, 0.0

    def clock(self) -> TelegramClock:
        return TelegramClock(lambda: self.monotonic, lambda: self.machine)


async def test_it_goes_by_telegrams_date_and_on_from_there() -> None:
    ours = Ours()
    clock = ours.clock()
    assert clock.now() == 0.0
    await clock.read(httpx.Response(200, headers={"Date": DATE}))
    assert clock.now() == NOON
    ours.monotonic += 60
    ours.machine += 10**9  # somebody has set the clock of the machine
    assert clock.now() == NOON + 60


@pytest.mark.parametrize("headers", [{}, {"Date": "yesterday"}, {"Date": "Fri, 99 Mar 2022 12:00:00 GMT"}])
async def test_what_is_no_date_sets_nothing(headers: dict[str, str]) -> None:
    clock = Ours().clock()
    await clock.read(httpx.Response(200, headers={"Date": DATE}))
    await clock.read(httpx.Response(200, headers=headers))
    assert clock.now() == NOON
