"""python -m benchmarks.refusal DIR: what a score and two thresholds refuse, before any is chosen.

Each question is asked as people ask it, and once more of another article; what the reader says of the passage
it ranks first is kept. Then every share of relevance in the score, and every pair of thresholds, is tried.
"""

from __future__ import annotations

import itertools
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

import typer

from benchmarks.question_set import search_of
from index.command_line import make_progress
from index.models import load_embedder
from index.protocols import Search
from index.settings import IndexSettings
from retrieval import Answerer
from retrieval.evaluation import Asked, auroc, every, read_question_set, refused_at
from retrieval.evaluation.trial import texts_elsewhere
from retrieval.read import load_reader
from retrieval.settings import OWN, RetrievalSettings
from retrieval.types import Reading

SHARES = (0.0, 0.1, 0.2, 0.3)
KEPT = (0.98, 0.95, 0.9)
FLOORS = (-6.0, -5.0, -4.0, -3.0)
THRESHOLDS = (-2.0, -1.5, -1.0, -0.5, 0.0, 0.5)


@dataclass(slots=True)
class Readings:
    """Of the passages that were ranked first: of questions with an answer, without, and asked elsewhere."""

    answerable: list[Reading] = field(default_factory=list)
    unanswerable: list[Reading] = field(default_factory=list)
    elsewhere: list[Reading] = field(default_factory=list)


def main(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A question set.")],
    limit: Annotated[int, typer.Option(help="Questions.")] = 300,
    within_article: Annotated[
        bool, typer.Option("--within-article", help="Ask only of the question's own article.")
    ] = False,
    reader: Annotated[str, typer.Option(help="As in config.toml.")] = OWN,
) -> None:
    """Measure what would be refused on the question set in DIR."""
    question_set, settings = read_question_set(folder), IndexSettings()
    asked = [question for question in every(question_set.questions, limit) if question.answerable is not None]
    embedder = load_embedder(settings.embedder)
    answerer = Answerer(embedder, load_reader(reader), RetrievalSettings(reader=reader))
    found = Readings()
    with tempfile.TemporaryDirectory() as place, ExitStack() as shown:
        search = search_of(question_set, Path(place), embedder)
        progress = shown.enter_context(make_progress())
        for question in progress.track(asked, description="asking"):
            own = [text.id for text in question_set.own_texts(question)] if within_article else None
            (found.answerable if question.answerable else found.unanswerable).extend(
                _first(answerer, search, question, own)
            )
            if other := [text.id for text in texts_elsewhere(question_set, question)]:
                found.elsewhere.extend(_first(answerer, search, question, other))
        search.close()
    print(f"{folder.name}: {len(asked)} questions, {len(found.elsewhere)} asked elsewhere, {reader}\n")
    print("\n".join(_scores(found)), "\n")
    print("\n".join(_thresholds(found)))


def _first(answerer: Answerer, search: Search, asked: Asked, articles: list[str] | None) -> list[Reading]:
    ranked = answerer.rerank([asked.text], answerer.retrieve([asked.text], [search], articles=articles).fused)
    return [reading for _, reading in ranked[:1]]


def _scores(found: Readings) -> list[str]:
    columns = " | ".join(f"near misses refused where {share:.0%} are kept" for share in KEPT)
    lines = [f"| share of relevance | AUROC | {columns} |", "|---" * (2 + len(KEPT)) + "|"]
    for share in SHARES:
        positive, negative = (_mixed(readings, share) for readings in (found.answerable, found.unanswerable))
        figures = [auroc(positive, negative), *(refused_at(kept, positive, negative) for kept in KEPT)]
        cells = " | ".join("–" if figure is None else f"{figure:.3f}" for figure in figures)
        lines.append(f"| {share} | {cells} |")
    return lines


def _mixed(readings: Sequence[Reading], share: float) -> list[float]:
    return [reading.answers + share * (reading.relevance - reading.answers) for reading in readings]


def _thresholds(found: Readings) -> list[str]:
    lines = [
        "| min_relevance | min_answers | answerable answered | near misses refused | off topic refused |",
        "|---|---|---|---|---|",
    ]
    for floor, threshold in itertools.product(FLOORS, THRESHOLDS):
        shown = [
            [reading.relevance >= floor and reading.answers >= threshold for reading in readings]
            for readings in (found.answerable, found.unanswerable, found.elsewhere)
        ]
        answered, near, off = (sum(flags) / len(flags) if flags else None for flags in shown)
        refused = ("–" if part is None else f"{1 - part:.3f}" for part in (near, off))
        lines.append(
            f"| {floor} | {threshold} | {'–' if answered is None else f'{answered:.3f}'}"
            f" | {' | '.join(refused)} |"
        )
    return lines


if __name__ == "__main__":
    typer.run(main)
