"""How good each stage is, on a question set; or how well the speakers of quotations are named."""

from __future__ import annotations

import functools
import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.options import ConfigOption
from index.command_line import JsonOption, spinner
from index.config import Config, load_config
from index.errors import OperatorError
from index.settings import IndexSettings
from retrieval.settings import RetrievalSettings

if TYPE_CHECKING:
    from index.types import Embedder
    from retrieval.types import Reader


class EvaluationError(OperatorError):
    """Nothing is named that could be measured, or two things are."""


def evaluate(
    folder: Annotated[Path | None, typer.Argument(metavar="DIR", help="A question set.")] = None,
    limit: Annotated[
        int | None, typer.Option(min=1, metavar="COUNT", help="Ask at most COUNT questions, spread evenly.")
    ] = None,
    within_article: Annotated[
        bool, typer.Option("--within-article", help="Ask each question only of its own article.")
    ] = False,
    speakers: Annotated[
        Path | None,
        typer.Option(
            "--speakers", metavar="FILE", help="Measure quotations with known speakers instead of DIR."
        ),
    ] = None,
    as_json: JsonOption = False,
    config: ConfigOption = None,
) -> None:
    """Measure how well questions are answered, or speakers are named."""
    values = load_config(config)
    if folder is not None and speakers is None:
        _evaluate_questions(folder, values, limit, within_article, as_json)
    elif folder is None and speakers is not None:
        _evaluate_speakers(speakers, as_json)
    else:
        raise EvaluationError("Name one thing to measure: either a question set (DIR) or --speakers FILE.")


def _evaluate_questions(
    folder: Path, values: Config, limit: int | None, within_article: bool, as_json: bool
) -> None:
    index, retrieval = values.section("index", IndexSettings), values.section("retrieval", RetrievalSettings)

    @functools.cache
    def models() -> tuple[Embedder, Reader]:
        from index.models import load_embedder
        from retrieval.read import load_reader

        with spinner("loading the models"):
            return load_embedder(index.embedder), load_reader(retrieval.reader)

    from retrieval.evaluation.evaluate import measure

    report = measure(folder, values, models, limit=limit, within_article=within_article)
    if as_json:
        print(json.dumps(report, ensure_ascii=False, indent=2))
    else:
        print(_to_text(report))


def _evaluate_speakers(path: Path, as_json: bool) -> None:
    from retrieval.evaluation.speaker_set import measure_speakers, read_speaker_set, to_text

    noted = read_speaker_set(path)
    with spinner("loading the parser"):
        from retrieval.attribution import GrammarAttributor
        from retrieval.parser import load_parser

        attributor = GrammarAttributor(load_parser())
    report = {"set": str(path), **measure_speakers(noted, attributor)}
    print(json.dumps(report, ensure_ascii=False, indent=2) if as_json else to_text(report))


def _to_text(report: dict[str, Any]) -> str:
    """Write the report for people: what was asked, the tables, and what they were measured on and with."""
    from retrieval.evaluation.figures import to_markdown

    asked = [f"{report['set']}: {report['questions']} questions"]
    if report["within_article"]:
        asked += [f"each within its own article, {report['skipped']} without one left out"]
    settings = {**report["settings"]["index"], **report["settings"]["retrieval"]}
    measured = {"machine": report["machine"], "versions": report["versions"], "settings": settings}
    return "\n".join([", ".join(asked), "", to_markdown(report), "", *map(_listed, measured.items())])


def _listed(item: tuple[str, str | dict[str, Any]]) -> str:
    what, value = item
    if isinstance(value, dict):
        value = ", ".join(f"{name} {found}" for name, found in value.items())
    return f"{what}: {value}"
