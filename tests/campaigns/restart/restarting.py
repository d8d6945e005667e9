"""A bot that starts with a backlog: everything is real but Telegram, the clock and the models."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from bot.chat import Answering
from bot.settings import BotSettings
from bot.store import Database, Inbox
from bot.telegram.application import build, run
from bot.telegram.delivery.pacing import Pacer
from tests.bot.fakes import FakeAnswerer, FakeLibraries, article
from tests.bot.inside import AT_EASE
from tests.campaigns.memory import resident_mb
from tests.campaigns.restart.backlog import backlog, is_for_us
from tests.campaigns.restart.clock import VirtualClock
from tests.campaigns.restart.watching import WatchingRequest, faults

TOKEN = "123456789:AAEhBP0av28fC2S-tHiS_is_nOt_a_tOkEn1"  # noqa: S105  # made up


@dataclass(frozen=True)
class Restarted:
    """What became of a backlog."""

    faults: list[str]
    asked: int
    answered: int
    virtual_s: float
    seconds: float
    left: int  # updates that are still in the inbox, and replies in the outbox
    before_mb: float
    peak_mb: float
    commits: int


class CountingDatabase(Database):
    """A database that counts how often something is written to disk."""

    commits = 0

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Count one more transaction."""
        self.commits += 1
        with super().writing() as connection:
            yield connection


async def restart(folder: Path, count: int, seed: int) -> Restarted:
    """Start a bot for which ``count`` updates wait, and stop it when nothing is left to do."""
    waiting = backlog(count, seed)
    earlier = Database(folder / "bot.db")
    Inbox(earlier).take(waiting)
    earlier.close()
    asked = [
        (update["message"]["chat"]["id"], update["message"]["message_id"])
        for update in waiting
        if is_for_us(update)
    ]
    del waiting
    clock = VirtualClock()
    request = WatchingRequest(clock)
    settings = BotSettings(**AT_EASE)
    answering = Answering(FakeAnswerer, FakeLibraries(article()), settings.libraries)
    database = CountingDatabase(folder / "bot.db")
    pacer = Pacer(clock.now, clock.sleep)
    application = build(TOKEN, settings, answering, database, quotes=3, request=request, pacer=pacer)
    stop, passing = asyncio.Event(), asyncio.create_task(clock.run())
    before, start = resident_mb(), time.perf_counter()
    running = asyncio.create_task(run(application, settings, answering, stop))
    while not running.done() and (left := _left(database)):
        await asyncio.sleep(0.2)
    seconds = time.perf_counter() - start
    stop.set()
    await running
    passing.cancel()
    with suppress(asyncio.CancelledError):
        await passing
    left = _left(database)
    database.close()
    said = request.said
    answered = sum(map(len, said.replies.values()))
    return Restarted(
        faults(said, asked),
        len(asked),
        answered,
        clock.now(),
        seconds,
        left,
        before,
        said.peak_mb,
        database.commits,
    )


def _left(database: Database) -> int:
    rows = database.one("SELECT (SELECT count(*) FROM inbox) + (SELECT count(*) FROM outbox)")
    return int(rows[0]) if rows else 0
