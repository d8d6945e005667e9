"""python -m benchmarks.speed DIR: how fast and how large, on the texts of a question set."""

from __future__ import annotations

import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import numpy as np
import typer

from benchmarks.question_set import answered_questions, whole_articles
from index.command_line import make_progress
from index.config import load_config
from index.ingest.ingest import embed_article
from index.models import load_embedder
from index.search import SqliteSearch
from index.settings import IndexSettings
from index.store import SqliteLibrary
from index.store.paths import library_path
from index.types import IndexConfiguration
from retrieval import Answerer
from retrieval.evaluation import Asked, read_question_set
from retrieval.timing import STAGES


def main(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A question set.")],
    questions: Annotated[int, typer.Option(help="Questions asked.")] = 100,
) -> None:
    """Measure ingest, a question by stage, memory, and the time from start to the first answer."""
    question_set = read_question_set(folder)
    asked = answered_questions(question_set, questions)
    settings = IndexSettings()
    configuration = IndexConfiguration(settings.embedder, settings.passage_tokens)
    embedder = load_embedder(settings.embedder)
    with tempfile.TemporaryDirectory() as place:
        config = Path(place) / "config.toml"
        config.touch()
        path = library_path(Path(place) / "data", "main")
        start, passages = time.perf_counter(), 0
        with make_progress() as progress, SqliteLibrary(path, configuration) as library:
            for article in progress.track(whole_articles(question_set), description="ingesting"):
                embedded = embed_article(article, settings.passage_tokens, embedder)
                library.replace(article, *embedded)
                passages += len(embedded[0])
        rate = passages / (time.perf_counter() - start)
        seconds = _ask(config, SqliteSearch(path, configuration), asked)
        print(
            f"{folder.name}, {platform.machine()}, 2 threads; {passages} passages, {len(seconds)} questions"
        )
        print("| what | value |")
        print("|---|---|")
        print(f"| ingest | {rate:.0f} passages/s |")
        for stage in (*STAGES, "total"):
            times = [row[stage] for row in seconds]
            print(
                f"| a question: {stage} | p50 {np.quantile(times, 0.5):.3f} s,"
                f" p95 {np.quantile(times, 0.95):.3f} s |"
            )
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"| peak memory, both models | {peak:.0f} MB |")
        for what, words in {
            "from start to the first answer": ["retrieval", "When did it begin?"],
            "`list`": ["index", "list"],
            "`--help`": ["retrieval", "--help"],
        }.items():
            options = [] if "--help" in words else ["--config", str(config)]
            print(f"| {what} | {_run([*words, *options]):.1f} s |")


def _ask(config: Path, search: SqliteSearch, asked: Sequence[Asked]) -> list[dict[str, float]]:
    answerer = Answerer.load(load_config(config))
    answerer.ask(asked[0].text, [search])  # the first fills FAISS and warms the sessions
    with make_progress() as progress:
        return [
            dict(answerer.ask(question.text, [search]).seconds)
            for question in progress.track(asked, description="asking")
        ]


def _run(words: Sequence[str]) -> float:
    start = time.perf_counter()
    subprocess.run([sys.executable, "-m", *words], check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


if __name__ == "__main__":
    typer.run(main)
