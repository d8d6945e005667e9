"""python -m tests.campaigns.restart: a bot starts while updates wait, and answers them at Telegram's pace.

Telegram and the models are stand-ins, and what has to be waited for passes at once; the inbox, the handlers,
the order and the pace are the bot's own.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from pathlib import Path
from typing import Annotated

import typer

from tests.campaigns.restart.restarting import restart


def main(
    count: Annotated[int, typer.Option(min=1, help="Updates that wait.")] = 10_000,
    seed: Annotated[int, typer.Option(help="Other numbers mix chats and questions otherwise.")] = 1,
) -> None:
    """Start the bot, print what became of the updates, and exit with 1 where something is wrong."""
    with tempfile.TemporaryDirectory() as folder:
        done = asyncio.run(restart(Path(folder), count, seed))
    rows = {
        "updates that waited": f"{count:,}",
        "of them ask for an answer, and have one": f"{done.asked:,}, {done.answered:,}",
        "left in inbox and outbox": str(done.left),
        "until all was said, by Telegram's limits": f"{done.virtual_s:.0f} s",
        "until all was said, on this machine": f"{done.seconds:.0f} s",
        "memory before, at the most": f"{done.before_mb:.0f} MB, {done.peak_mb:.0f} MB",
        "commits to bot.db an update": f"{done.commits / count:.2f}",
    }
    print(
        "| what | value |", "|---|---|", *(f"| {what} | {value} |" for what, value in rows.items()), sep="\n"
    )
    print("\n".join(done.faults) or "in order, each once, within the limits")
    sys.exit(bool(done.faults or done.left))


if __name__ == "__main__":
    typer.run(main)
