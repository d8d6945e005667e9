"""python -m benchmarks.ingest DIR: from bytes to searchable, how fast and in how much memory.

The texts of a question set are written as files and added as `verbatim add` adds them, in a process
of its own; then articles are added to an empty library and to one of many passages.
"""

from __future__ import annotations

import json
import os
import platform
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from benchmarks.ingest.adding import Added, add
from benchmarks.ingest.files import write_html, write_markdown, write_pdf
from benchmarks.ingest.growing import Cost, Growing, grow
from benchmarks.question_set import whole_articles
from index.command_line import JsonOption, run
from index.models import load_embedder
from index.settings import IndexSettings
from index.types import Article, IndexConfiguration
from retrieval.evaluation import read_question_set

Write = Callable[[Sequence[Article], int, Path], Path]

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)


@app.command()
def ingest(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A question set.")],
    articles: Annotated[int, typer.Option(min=5, help="Articles, a fifth of them as web pages.")] = 1000,
    pages: Annotated[int, typer.Option(min=1, help="Pages in a PDF.")] = 1000,
    passages: Annotated[
        int, typer.Option(min=1, help="Passages in the library that articles are added to.")
    ] = 100_000,
    rounds: Annotated[int, typer.Option(min=1, help="Articles added to that library.")] = 9,
    as_json: JsonOption = False,
) -> None:
    """Measure the way from bytes to searchable: rates, memory, and what it costs in a large library."""
    texts = whole_articles(read_question_set(folder))
    added: dict[str, Added] = {}
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        kinds: dict[str, tuple[Write, int]] = {
            "1 article, Markdown": (write_markdown, 1),
            "1 article, HTML": (write_html, 1),
            f"{articles:,} articles, Markdown": (write_markdown, articles),
            f"{articles // 5:,} articles, HTML": (write_html, articles // 5),
            f"a PDF of {pages:,} pages": (write_pdf, pages),
        }
        for what, (write, count) in kinds.items():
            note(what)
            added[what] = add(write(texts, count, place / f"files{len(added)}"), place / f"data{len(added)}")
        note(f"an article more, in a library of {passages:,} passages")
        settings = IndexSettings()
        embedder = load_embedder(settings.embedder)
        configuration = IndexConfiguration(settings.embedder, settings.passage_tokens)
        growing = grow(place, texts, passages, rounds, embedder, configuration)
    if as_json:
        figures = {"added": {what: asdict(run) for what, run in added.items()}, "growing": asdict(growing)}
        print(json.dumps(figures, indent=2))
        return
    print(f"{folder.name}, {platform.machine()}, {os.cpu_count()} cores\n")
    print("\n".join([*_rates(added), "", *_costs(growing, passages)]))


def note(doing: str) -> None:
    """Say on stderr what is being done: it takes minutes."""
    print(doing, file=sys.stderr)


def _rates(added: dict[str, Added]) -> list[str]:
    return [
        "| bytes to searchable | passages | seconds | articles/s | passages/s | characters/s"
        " | peak memory, MB | reading a file, MB | together, MB |",
        "|---|---|---|---|---|---|---|---|---|",
        *(
            f"| {what} | {run.passages:,} | {run.seconds:.2f} | {run.articles / run.seconds:.1f} |"
            f" {run.passages / run.seconds:.1f} | {run.characters / run.seconds:,.0f} | {run.peak_mb:.0f} |"
            f" {run.reading_mb:.0f} | {run.together_mb:.0f} |"
            for what, run in added.items()
        ),
    ]


def _costs(growing: Growing, passages: int) -> list[str]:
    rows: dict[str, Cost] = {
        "read, split, embedded, written": growing.added,
        "until a library that was open before finds it": growing.found,
        "writing and finding alone, without a model": growing.written,
    }
    head = f"an article of {growing.passages} passages"
    return [
        f"| {head} | added to none, s | to {passages:,} passages, s | ratio |",
        "|---|---|---|---|",
        *(
            f"| {what} | {row.empty_s:.3f} | {row.full_s:.3f} | {row.ratio:.2f} |"
            for what, row in rows.items()
        ),
    ]


if __name__ == "__main__":
    run(app, "python -m benchmarks.ingest")
