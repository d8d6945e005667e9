"""The experiments of the load test, one after the other, and what they found."""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.load.asking import Crowd, Place, Wave, times_of, writes
from benchmarks.load.figures import SECOND, Pace, Waits, busiest, fair_share_s, pace_of
from tests.standin.telegram import Telegram

ALONE = 50  # the most questions asked one by one, to know how long an answer takes
IN_A_ROW, OTHERS = 30, 50  # questions of the chat that crowds, and chats that ask one each
BURST = 30  # questions at once in one group


@dataclass(frozen=True, slots=True)
class Crowding:
    """One chat asks IN_A_ROW questions, then OTHERS ask one each."""

    alone: Waits  # the others, when that chat asks nothing
    others: Waits
    crowding: Waits


@dataclass(frozen=True, slots=True)
class Server:
    """What reached the server, in all experiments together."""

    pace: Pace  # of messages and edits
    messages: int  # and edits
    typing: int
    drafts: int
    calls_second: int  # most calls of any method in any second
    too_fast: int  # refused by Telegram's limits
    not_taken: list[str]  # refused because Telegram would not take it


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything that is measured."""

    chats: int
    alone_s: float  # mean wait of a question while nobody else asks
    fair_share_s: float  # ``chats`` times that
    rounds: list[Waits]  # every chat asks a question, all at once
    greetings: Waits  # of greetings: nothing is read, so that they are answered as fast as possible
    crowding: Crowding
    burst: Waits  # one group asks BURST questions
    server: Server
    peak_mb: float | None  # of the bot; None where the system does not tell
    else_said: dict[str, int]  # where answers are missing: what was said that is none


def measure(telegram: Telegram, pid: int, questions: Sequence[str], chats: int, rounds: int) -> Figures:
    """Measure all figures of the bot ``pid``; ``questions`` are needed(chats, rounds) or more.

    Every question is asked once before, since the bot keeps what it finds out about an article.
    """
    crowd = Crowd(telegram)
    note("asking everything once, to warm up")
    warm = crowd.ask([(crowd.private(), text) for text in questions[: needed(chats, rounds)]])
    spread = questions[: chats * rounds : max(1, chats * rounds // ALONE)]
    alone = _one_by_one(crowd, spread[::2])
    places = crowd.places(chats)
    waves = []
    for number in range(rounds):
        note(f"round {number + 1}: {chats} chats at once")
        waves.append(crowd.ask(_each(places, questions[number * chats :])))
    alone += _one_by_one(crowd, spread[1::2])  # the machine may be busier now than it was before
    alone_s = [wave.waits().max_s for wave in alone]
    note(f"{chats} greetings at once")
    greetings = crowd.ask([(place, "Hello") for place in places])
    others_alone, crowded, crowding_id = _crowd_out(crowd, questions)
    note(f"{BURST} questions at once in one group")
    group = crowd.group()
    burst = crowd.ask([(group, text) for text in questions[:BURST]])
    return Figures(
        chats=chats,
        alone_s=sum(alone_s) / len(alone_s),
        fair_share_s=fair_share_s(chats, alone_s),
        rounds=[wave.waits() for wave in waves],
        greetings=greetings.waits(),
        crowding=Crowding(
            others_alone.waits(),
            crowded.waits(lambda chat_id: chat_id != crowding_id),
            crowded.waits(lambda chat_id: chat_id == crowding_id),
        ),
        burst=burst.waits(),
        server=_server(telegram),
        peak_mb=peak_mb(pid),
        else_said=_else_said([warm, *alone, *waves, greetings, others_alone, crowded, burst]),
    )


def needed(chats: int, rounds: int) -> int:
    """Return how many different questions are asked."""
    return max(chats * rounds, OTHERS + IN_A_ROW, BURST)


def note(doing: str) -> None:
    """Say on stderr what is being done: it takes minutes."""
    print(doing, file=sys.stderr)


def _one_by_one(crowd: Crowd, questions: Sequence[str]) -> list[Wave]:
    note(f"{len(questions)} questions one by one")
    return [crowd.ask([(crowd.private(), text)]) for text in questions]


def _crowd_out(crowd: Crowd, questions: Sequence[str]) -> tuple[Wave, Wave, int]:
    """Ask for OTHERS alone, then behind many questions of one more chat; return both waves and its id."""
    note(f"{OTHERS} chats at once")
    alone = crowd.ask(_each(crowd.places(OTHERS), questions))
    note(f"the same behind {IN_A_ROW} questions of one chat")
    crowding = crowd.private()
    in_a_row = [(crowding, text) for text in questions[OTHERS : OTHERS + IN_A_ROW]]
    crowded = crowd.ask([*in_a_row, *_each(crowd.places(OTHERS), questions)])
    return alone, crowded, crowding.person.id


def _each(places: Sequence[Place], questions: Sequence[str]) -> list[tuple[Place, str]]:
    return list(zip(places, questions, strict=False))


def _server(telegram: Telegram) -> Server:
    calls = telegram.calls
    written = writes(calls)
    return Server(
        pace=pace_of(written),
        messages=len(written),
        typing=len(times_of(calls, "sendChatAction")),
        drafts=len(times_of(calls, "sendMessageDraft")),
        calls_second=busiest(times_of(calls), SECOND),
        too_fast=len(telegram.methods.too_fast),
        not_taken=telegram.refused,
    )


def _else_said(waves: Sequence[Wave]) -> dict[str, int]:
    missing = [wave for wave in waves if len(wave.answered) < len(wave.asked)]
    return dict(Counter(text for wave in missing for text in wave.else_said))


def peak_mb(pid: int) -> float | None:
    """Return the most memory that a process had at once, in MB; None where the system does not tell."""
    status = Path(f"/proc/{pid}/status")
    found = re.search(r"VmHWM:\s+(\d+) kB", status.read_text()) if status.exists() else None
    return int(found[1]) / 1024 if found else None
