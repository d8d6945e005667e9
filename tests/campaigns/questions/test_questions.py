"""A short long run: fake models, the real parser, real libraries, and the bot's own way to them."""

from __future__ import annotations

import gc
import sys
import threading
from collections import Counter
from pathlib import Path

from index.config import Config
from index.documents.language import load_identifier
from retrieval.answerer import Answerer
from retrieval.attribution import GrammarAttributor
from retrieval.parser import load_parser
from retrieval.settings import RetrievalSettings
from tests.campaigns.memory import open_files
from tests.campaigns.questions.figures import table
from tests.campaigns.questions.plan import MIXTURE, fact, questions
from tests.campaigns.questions.world import World
from tests.fakes import CONFIGURATION, FakeEmbedder, FakeReader

IN_A_STRETCH, STRETCHES = 100, 8
NOISE = 400
"""Blocks by which one stretch differs from the next: less than one for each question."""
MADE = {"index": {"embedder": CONFIGURATION.model, "passage_tokens": CONFIGURATION.passage_tokens}}


def answerer() -> Answerer:
    settings, parser = RetrievalSettings(candidates=3), load_parser()
    return Answerer(
        FakeEmbedder(),
        FakeReader(),
        settings,
        parser,
        GrammarAttributor(parser),
        languages=["en"],
        identify=load_identifier(),
    )


def memory_blocks() -> int:
    """The blocks of memory that Python's objects take."""
    gc.collect()
    return sys.getallocatedblocks()


async def test_a_process_holds_no_more_after_many_questions_than_after_some(tmp_path: Path) -> None:
    world = World(1, Config(tmp_path, tmp_path / "data", MADE), answerer)
    came = Counter[str]()
    held: list[tuple[int, int, int]] = []
    try:
        await world.begin(0)
        for _ in range(STRETCHES):
            came += (await world.ask(IN_A_STRETCH)).came
            held.append((memory_blocks(), open_files(), threading.active_count()))
    finally:
        world.close()
    # What is remembered of the articles that were read last is now more, now less: so the least of some.
    assert min(held[-3:])[0] - min(held[1:4])[0] < NOISE
    assert held[-1][1:] == held[1][1:]
    assert came.total() == IN_A_STRETCH * STRETCHES
    assert came["foreign: quotes, nothing"] == STRETCHES * MIXTURE["foreign"]
    assert came["answered: quotes, answered"] > 0.9 * STRETCHES * MIXTURE["answered"]
    assert came["follow_up: quotes, answered"] > came["follow_up: quotes, nothing"] > 0


def test_the_plan_is_the_same_again_and_mixed_as_it_says() -> None:
    libraries = [[fact(1, 0, number) for number in range(3)]]
    asked = [*questions(1, 5, 200, libraries)]
    assert asked == [*questions(1, 5, 200, libraries)]
    assert asked != [*questions(1, 6, 200, libraries)]
    assert Counter(question.kind for question in asked) == {
        kind: 2 * share for kind, share in MIXTURE.items()
    }


def test_the_figures_compare_the_end_of_a_process_with_its_own_beginning() -> None:
    def outcome(process: int, ms: int, mb: float) -> dict[str, object]:
        took = {"ms": [ms, ms], "processor_ms": [2 * ms, 2 * ms]}
        return {"process": process, **took, "came": {"talk": 2}, "resident_mb": mb, "files": 9, "threads": 4}

    run = [outcome(1, 40, 500.0), *(outcome(1, 50, 400.0) for _ in range(9)), outcome(1, 60, 550.0)]
    lines = table([*run, outcome(2, 30, 700.0)])
    assert lines[2:] == [
        "| 1 | 22 | 500 | 550 | 1.100 | 40 | 60 | 1.50 | 1.50 | 9 → 9 | 4 → 4 |",
        "| 2 | 2 | 700 | 700 | 1.000 | 30 | 30 | 1.00 | 1.00 | 9 → 9 | 4 → 4 |",
        "",
        "24 × talk",
    ]
