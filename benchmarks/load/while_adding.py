"""python -m benchmarks.load.while_adding DIR: how long answers take while chats add long articles.

The bot runs as a process with its models, at a stand-in for Telegram's server, as in `benchmarks.load`.
Questions of a question set are asked one by one: while nothing else is done, while one chat adds an article
made of its texts, and while several do, in turns.
"""

from __future__ import annotations

import itertools
import json
import os
import platform
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Annotated

import typer

from benchmarks.load.asking import Crowd
from benchmarks.load.figures import quantile
from benchmarks.load.library import LoadError, make_library
from benchmarks.load.measuring import note
from benchmarks.question_set import whole_articles
from index.command_line import JsonOption, run
from retrieval.evaluation import read_question_set
from tests.standin.process import BotProcess
from tests.standin.said import Said
from tests.standin.telegram import Telegram

SEVERAL = 3  # chats that add at once
TOLD_S = 240.0  # an addition that takes longer has failed
NOTHING, ONE, MANY = "nobody adds", "one chat adds", f"{SEVERAL} chats add"

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)


@app.command()
def while_adding(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A question set.")],
    questions: Annotated[
        int, typer.Option(min=1, help="Questions asked while nobody adds, and again in turns.")
    ] = 40,
    characters: Annotated[
        int, typer.Option(min=1000, help="Characters in an article that is added.")
    ] = 100_000,
    rounds: Annotated[
        int, typer.Option(min=1, help="Rounds of adding nothing, one and several articles.")
    ] = 2,
    as_json: JsonOption = False,
) -> None:
    """Measure the waits of questions asked one by one, while nobody adds and while chats do."""
    texts = _texts(folder, characters)
    with tempfile.TemporaryDirectory() as place, Telegram() as telegram:
        note("adding articles")
        asked = make_library(Path(place), folder, questions)
        with BotProcess(Path(place), telegram.url) as bot:
            bot.wait_for_line("ready: ", within_s=120)
            crowd = Crowd(telegram)
            note("asking everything once, to warm up")
            crowd.ask([(crowd.private(), text) for text in asked])
            turns = itertools.cycle(asked)
            waits: dict[str, list[float]] = {NOTHING: [], ONE: [], MANY: []}
            for _ in range(rounds):
                note(NOTHING)
                waits[NOTHING] += [_wait(crowd, text) for text in asked]
                for what, count in ((ONE, 1), (MANY, SEVERAL)):
                    note(what)
                    progress = [_send(telegram, next(texts)) for _ in range(count)]
                    until = time.monotonic() + TOLD_S
                    while not all(map(_is_added, progress)):
                        waits[what].append(_wait(crowd, next(turns)))
                        if time.monotonic() > until:
                            raise LoadError(f"An article was not added in {TOLD_S:.0f} s.")
            bot.send()
            bot.exit_code(within_s=60)
    idle = quantile(sorted(waits[NOTHING]), 0.95)
    figures = {
        what: {
            "questions": len(times),
            "p50_s": median(times),
            "p95_s": quantile(sorted(times), 0.95),
            "p95_of_idle": quantile(sorted(times), 0.95) / idle,
        }
        for what, times in waits.items()
    }
    if as_json:
        print(json.dumps(figures, indent=2))
        return
    print(
        f"{folder.name}, {platform.machine()}, {os.cpu_count()} cores; articles of {characters:,} characters"
    )
    print("| while | questions | p50, s | p95, s | p95 ÷ idle |")
    print("|---|---|---|---|---|")
    for what, row in figures.items():
        print(
            f"| {what} | {row['questions']} | {row['p50_s']:.3f} | {row['p95_s']:.3f} |"
            f" {row['p95_of_idle']:.2f} |"
        )


def _texts(folder: Path, characters: int) -> Iterator[str]:
    """Yield different articles of ``characters`` characters, of the texts of the set, without an end."""
    words = "\n\n".join(article.text for article in whole_articles(read_question_set(folder)))
    if len(words) < characters:
        raise LoadError(f"{folder} has only {len(words):,} characters. Set --characters lower.")
    for number in itertools.count():
        start = number * characters % (len(words) - characters + 1)
        yield f"---\ntitle: Added {number}\n---\n\n{words[start : start + characters]}"


def _send(telegram: Telegram, text: str) -> Said:
    """Send a text as a file; return the message that tells how far the addition is."""
    return telegram.person("Ben").sends_file(text.encode(), "added.md", "text/markdown").answer()


def _is_added(progress: Said) -> bool:
    message = progress.now()
    return message is not None and "Added: " in message["text"]


def _wait(crowd: Crowd, question: str) -> float:
    waits = crowd.ask([(crowd.private(), question)]).waits()
    if waits.answered != 1:
        raise LoadError(f"{question!r} was not answered.")
    return waits.max_s


if __name__ == "__main__":
    run(app, "python -m benchmarks.load.while_adding")
