"""python -m benchmarks.load [DIR]: many chats that ask at once, at a stand-in for Telegram's server.

The bot runs as a process with its models; the stand-in enforces Telegram's limits, and everything is measured
there. It works on the same machine, so that its own work is part of every wait.
"""

from __future__ import annotations

import json
import os
import platform
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from benchmarks.load.figures import Waits
from benchmarks.load.library import make_library
from benchmarks.load.measuring import BURST, IN_A_ROW, OTHERS, Figures, measure, needed, note
from index.command_line import JsonOption, run
from tests.standin.process import BotProcess
from tests.standin.telegram import Telegram

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)


@app.command()
def load(
    folder: Annotated[
        Path | None,
        typer.Argument(metavar="DIR", help="Articles to ask about, beside the sample, or a question set."),
    ] = None,
    chats: Annotated[int, typer.Option(min=2, help="Number of chats; half are private, half groups.")] = 200,
    rounds: Annotated[
        int, typer.Option(min=1, help="Rounds of questions; the next begins when every chat has an answer.")
    ] = 1,
    as_json: JsonOption = False,
) -> None:
    """Measure waits, order and pace while many chats ask at once."""
    with tempfile.TemporaryDirectory() as place, Telegram() as telegram:
        note("adding articles")
        questions = make_library(Path(place), folder, needed(chats, rounds))
        telegram.methods.is_limited = True
        with BotProcess(Path(place), telegram.url) as bot:
            bot.wait_for_line("ready: ", within_s=120)
            figures = measure(telegram, bot.pid, questions, chats, rounds)
            bot.send()
            bot.exit_code(within_s=30)
            warnings = [line.strip() for line in bot.lines if " INFO " not in line]
    about = {
        "machine": f"{platform.machine()}, {os.cpu_count()} cores",
        "articles": "the sample" if folder is None else folder.name,
    }
    if as_json:
        print(json.dumps({**about, **asdict(figures), "log": warnings}, ensure_ascii=False, indent=2))
    else:
        print("\n".join([", ".join([*about.values(), f"{chats} chats"]), "", *to_table(figures), *warnings]))


def to_table(figures: Figures) -> list[str]:
    """Return the figures as lines of a Markdown table."""
    server, crowding = figures.server, figures.crowding
    gap, memory = server.pace.chat_gap_s, figures.peak_mb
    rows = {
        "a question alone": f"{figures.alone_s:.3f} s",
        f"fair share of {figures.chats} chats": f"{figures.fair_share_s:.1f} s",
    }
    for number, waits in enumerate(figures.rounds, start=1):
        rows[f"round {number}, a question of each chat"] = _in_words(waits)
        rows[f"round {number}, longest wait ÷ fair share"] = f"{waits.max_s / figures.fair_share_s:.2f}"
    rows |= {
        "a greeting of each chat, read by nobody": _in_words(figures.greetings),
        f"{OTHERS} chats": _in_words(crowding.alone),
        f"{OTHERS} chats behind {IN_A_ROW} questions of one": _in_words(crowding.others),
        "longest wait behind them ÷ without": f"{crowding.others.max_s / crowding.alone.max_s:.2f}",
        f"the {IN_A_ROW} of the one": _in_words(crowding.crowding),
        f"{BURST} questions at once in one group": _in_words(figures.burst),
        "messages and edits, most in a second (30 allowed)": str(server.pace.overall_second),
        "least time between two in a chat (1 s)": "–" if gap is None else f"{gap:.3f} s",
        "most in a minute in a group (20)": str(server.pace.group_minute),
        "refused by these limits": str(server.too_fast),
        "refused for their form": str(len(server.not_taken)),
        "messages and edits, typing, drafts": f"{server.messages}, {server.typing}, {server.drafts}",
        "API calls of any kind, most in a second": str(server.calls_second),
        "peak memory of the bot": "–" if memory is None else f"{memory:.0f} MB",
    }
    lines = ["| what | value |", "|---|---|", *(f"| {what} | {value} |" for what, value in rows.items())]
    lines += [f"refused: {what}" for what in server.not_taken]
    return lines + [
        f"{count} times, instead of an answer: {what}" for what, count in figures.else_said.items()
    ]


def _in_words(waits: Waits) -> str:
    seconds = f"p50 {waits.median_s:.1f} s, p95 {waits.p95_s:.1f} s, max {waits.max_s:.1f} s"
    order = f"{waits.in_order:.1%} of pairs in order, overtaken by {waits.overtaken_by} at most"
    return f"{waits.answered} of {waits.asked} answered; wait {seconds}; {order}"


if __name__ == "__main__":
    run(app, "python -m benchmarks.load")
