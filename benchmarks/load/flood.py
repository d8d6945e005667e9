"""python -m benchmarks.load.flood: how long others wait while one person floods the bot.

The bot runs as a process with its models and the limits of a fresh installation, at a stand-in for Telegram's
server. People ask it one question each, one after the other: while nobody else writes, and while one person
sends 400 messages. Both are measured in turns of one run, so that a machine that is busy with other things
slows down both.
"""

from __future__ import annotations

import itertools
import json
import os
import platform
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import Annotated

import typer

from benchmarks.load.asking import Crowd
from benchmarks.load.figures import quantile
from benchmarks.load.library import LoadError, make_library
from benchmarks.load.measuring import note
from index.command_line import JsonOption, run
from tests.standin.process import BotProcess
from tests.standin.telegram import Telegram
from tests.standin.world import BOT, Json

COMMANDS = ("/help", "hello", "/articles", "/start", "/settings")
QUESTIONS = 60  # different ones, asked in turns
AT_MOST = 2.0
"""The p95 of others during a flood may be this many times what it is without."""

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)


@dataclass(frozen=True, slots=True)
class Kind:
    """A way to flood: which messages, and how many a second; 0 is all at once."""

    name: str
    texts: tuple[str, ...]
    a_second: float


@dataclass(frozen=True, slots=True)
class Figures:
    """The waits of others, in seconds, and how many answers the flooding person got, in all rounds."""

    flood: str
    asked: int  # by others, during the floods
    calm_p50_s: float
    calm_p95_s: float
    p50_s: float
    p95_s: float
    p95_ratio: float
    sent: int  # by those who flooded
    said_to_flooder: int


@app.command()
def flood(
    messages: Annotated[int, typer.Option(min=1, help="Messages in one flood.")] = 400,
    a_second: Annotated[
        float, typer.Option(min=1, help="Messages a second, in the floods that aren't all at once.")
    ] = 50,
    rounds: Annotated[int, typer.Option(min=1, help="Rounds of quiet and of each kind of flood.")] = 3,
    asked: Annotated[int, typer.Option(min=5, help="Questions by others in each round, at least.")] = 40,
    as_json: JsonOption = False,
) -> None:
    """Compare the waits of people who ask one question each, with and without a flood."""
    with tempfile.TemporaryDirectory() as place, Telegram() as telegram:
        telegram.world.next_time = lambda _: int(time.time())
        note("adding articles")
        questions = make_library(Path(place), None, QUESTIONS)
        kinds = [
            Kind(f"{messages} {what}, {how}", tuple(texts), pace)
            for what, texts in (("questions", questions), ("commands and greetings", COMMANDS))
            for how, pace in (("all at once", 0.0), (f"{a_second:g} a second", a_second))
        ]
        with BotProcess(Path(place), telegram.url, settings="") as bot:
            bot.wait_for_line("ready: ", within_s=120)
            figures = _measured(telegram, questions, kinds, messages, rounds, asked)
            bot.send()
            bot.exit_code(within_s=60)
    if as_json:
        print(json.dumps([asdict(row) for row in figures], indent=2))
    else:
        print(
            "\n".join([f"{platform.machine()}, {os.cpu_count()} cores, {rounds} rounds", *to_table(figures)])
        )
    if max(row.p95_ratio for row in figures) > AT_MOST:
        raise typer.Exit(1)


def to_table(figures: Sequence[Figures]) -> list[str]:
    """Return the figures as lines of a Markdown table, a row for each kind of flood."""
    lines = [
        "| one person sends | others ask | p50, p95 without, s | p50, p95 meanwhile, s | p95 ÷ without |"
        " answered of it |",
        "|---|---|---|---|---|---|",
    ]
    return lines + [
        f"| {row.flood} | {row.asked} | {row.calm_p50_s:.3f}, {row.calm_p95_s:.3f} |"
        f" {row.p50_s:.3f}, {row.p95_s:.3f} | {row.p95_ratio:.2f} | {row.said_to_flooder} of {row.sent} |"
        for row in figures
    ]


def _measured(
    telegram: Telegram,
    questions: Sequence[str],
    kinds: Sequence[Kind],
    messages: int,
    rounds: int,
    asked: int,
) -> list[Figures]:
    crowd, turns = Crowd(telegram), itertools.cycle(questions)
    note("asking everything once, to warm up")
    crowd.ask([(crowd.private(), text) for text in questions])
    calm: dict[Kind, list[float]] = {kind: [] for kind in kinds}
    waits: dict[Kind, list[float]] = {kind: [] for kind in kinds}
    floods: dict[Kind, list[_Flood]] = {kind: [] for kind in kinds}
    for number, kind in itertools.product(range(rounds), kinds):
        note(f"round {number + 1}: {kind.name}")
        calm[kind] += _waits(crowd, turns, asked, lambda: True)
        flood = _Flood(telegram, kind, messages)
        with flood:
            waits[kind] += _waits(crowd, turns, asked, lambda flood=flood: flood.is_over)  # type: ignore[misc]
        floods[kind].append(flood)
    return [_figures(kind, calm[kind], waits[kind], floods[kind]) for kind in kinds]


def _waits(crowd: Crowd, texts: Iterator[str], at_least: int, is_over: Callable[[], bool]) -> list[float]:
    """Return how long each of some new people waits for an answer, one by one, until it ``is_over``."""
    found: list[float] = []
    while len(found) < at_least or not is_over():
        waits = crowd.ask([(crowd.private(), next(texts))]).waits()
        if waits.answered != 1:
            raise LoadError("Somebody was not answered.")
        found.append(waits.max_s)
    return found


class _Flood:
    """Messages of one person, from a thread of their own.

    They are written before they are sent: at Telegram that is the work of other machines.
    """

    def __init__(self, telegram: Telegram, kind: Kind, count: int) -> None:
        self.count = count
        self.person = telegram.person("Mallory")
        self._telegram = telegram
        self._pause_s = 1 / kind.a_second if kind.a_second else 0.0
        texts = itertools.islice(itertools.cycle(kind.texts), count)
        self._updates = telegram.do(lambda: [{"message": self._written(text)} for text in texts])
        self._thread = threading.Thread(target=self._send)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *_: object) -> None:
        self._thread.join()

    @property
    def is_over(self) -> bool:
        """Whether all was sent, and the bot has nothing left to fetch."""
        return not self._thread.is_alive() and not self._telegram.methods.updates.pending_count

    @property
    def answered(self) -> int:
        """How many messages the bot has sent to this person so far."""
        return len(self._telegram.sent(self.person.id))

    def _send(self) -> None:
        began = time.monotonic()
        for number, update in enumerate(self._updates):
            time.sleep(max(0.0, began + number * self._pause_s - time.monotonic()))
            update["message"]["date"] = int(time.time())
            self._telegram.brings(update)

    def _written(self, text: str) -> Json:
        chat = self.person.private
        chat.members[BOT["id"]] = "member"
        return self._telegram.world.write(chat, self.person.user, text=text)


def _figures(kind: Kind, calm: Sequence[float], waits: Sequence[float], floods: Sequence[_Flood]) -> Figures:
    p95_s, calm_p95_s = quantile(sorted(waits), 0.95), quantile(sorted(calm), 0.95)
    return Figures(
        flood=kind.name,
        asked=len(waits),
        calm_p50_s=median(calm),
        calm_p95_s=calm_p95_s,
        p50_s=median(waits),
        p95_s=p95_s,
        p95_ratio=p95_s / calm_p95_s,
        sent=sum(flood.count for flood in floods),
        said_to_flooder=sum(flood.answered for flood in floods),
    )


if __name__ == "__main__":
    run(app, "python -m benchmarks.load.flood")
