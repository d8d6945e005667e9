"""python -m tests.campaigns.questions: many questions in one process, and whether it grows or slows.

The real models answer, through the bot's own way to them. A run that was stopped goes on by its journal; what
a new process takes is compared with that process only.
"""

from __future__ import annotations

import asyncio
import tempfile
import threading
from pathlib import Path
from typing import Annotated

import typer

from index.config import Config
from index.models import load_embedder
from index.models.onnx_session import load_session, load_tokenizer
from index.settings import IndexSettings
from retrieval.answerer import Answerer
from retrieval.attribution import GrammarAttributor
from retrieval.parser import load_parser
from retrieval.read import WEIGHTS, OwnReader
from retrieval.read.reader import MAX_TOKENS
from retrieval.settings import RetrievalSettings
from tests.campaigns.journal import Journal
from tests.campaigns.memory import open_files, resident_mb
from tests.campaigns.questions.figures import table
from tests.campaigns.questions.world import World

STRETCH = 250
"""Questions between two measurements."""

CANDIDATES = 2
"""Passages that are read for a question: each costs the same again, and shows nothing new."""


def main(
    count: Annotated[int, typer.Option(min=STRETCH, help="Questions in all.")] = 100_000,
    seed: Annotated[int, typer.Option(help="Other numbers make other articles and questions.")] = 1,
    journal: Annotated[Path | None, typer.Option(help="Keeps what was asked; a run goes on by it.")] = None,
) -> None:
    """Ask, measure after every stretch, and print how the end of each process compares with its beginning."""
    trials = Journal(journal)
    missing = [n for n in range(count // STRETCH) if f"{seed} {n}" not in trials.outcomes]
    if missing:
        with tempfile.TemporaryDirectory() as folder:
            asyncio.run(_run(Path(folder), seed, range(missing[0], count // STRETCH), trials))
    print("\n".join(table([*trials.outcomes.values()])))


async def _run(folder: Path, seed: int, stretches: range, journal: Journal) -> None:
    world = World(seed, Config(folder, folder / "data", {}), _load)
    process = 1 + max((outcome["process"] for outcome in journal.outcomes.values()), default=0)
    try:
        await world.begin(stretches.start)
        for number in stretches:
            stretch = await world.ask(STRETCH)
            outcome = {
                "process": process,
                "ms": [round(1000 * s) for s in stretch.seconds],
                "processor_ms": [round(1000 * s) for s in stretch.processor_s],
                "came": dict(stretch.came),
                "resident_mb": resident_mb(),
                "files": open_files(),
                "threads": threading.active_count(),
            }
            journal.add(f"{seed} {number}", outcome)
    finally:
        world.close()


def _load() -> Answerer:
    """The real models; the reader keeps to one core: two that wait for each other take twice the work."""
    index = IndexSettings()
    reader = OwnReader(load_tokenizer(WEIGHTS, MAX_TOKENS), load_session(WEIGHTS, threads=1))
    settings, parser = RetrievalSettings(candidates=CANDIDATES), load_parser()
    embedder, attributor = load_embedder(index.embedder), GrammarAttributor(parser)
    return Answerer(embedder, reader, settings, parser, attributor, languages=index.languages)


if __name__ == "__main__":
    typer.run(main)
