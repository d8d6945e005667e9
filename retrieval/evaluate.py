"""python -m retrieval.evaluate DIR: how good each stage is, on a question set.

DIR holds texts and questions in the form that ``retrieval.evaluation.question_set`` describes; what the
figures mean stands at ``retrieval.evaluation.figures.to_figures``. The texts become a library of their own,
once, and each question's outcome is kept beside it: a run that was stopped goes on where it was.
"""

from __future__ import annotations

import functools
import hashlib
import json
import os
import platform
import re
import sys
from collections.abc import Callable, Iterable
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from index.cli import ConfigOption, JsonOption, make_progress, run, waiting
from index.config import Config, load_config
from index.errors import OperatorError
from index.files import private
from index.settings import IndexSettings
from retrieval.settings import RetrievalSettings

if TYPE_CHECKING:
    from index.types import Embedder, MadeWith
    from retrieval.evaluation import Asked, QuestionSet
    from retrieval.evaluation.trial import Trial
    from retrieval.types import Reader

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)
ROOT = Path(__file__).parents[1]
VERSIONS = ("sentence-transformers", "onnxruntime", "faiss-cpu", "numpy")


class EvaluationError(OperatorError):
    """Nothing is named that could be measured, or two things are."""


GetModels = Callable[[], "tuple[Embedder, Reader]"]
"""Gives the models when they are needed: a run that is complete never loads them."""


@app.command()
def evaluate(
    folder: Annotated[Path | None, typer.Argument(metavar="DIR", help="A question set.")] = None,
    limit: Annotated[
        int | None, typer.Option(min=1, help="At most so many questions, spread evenly.")
    ] = None,
    within_article: Annotated[
        bool, typer.Option("--within-article", help="Ask each question of its own article only.")
    ] = False,
    speakers: Annotated[
        Path | None,
        typer.Option(
            "--speakers", metavar="FILE", help="Instead of DIR: quotations whose speakers are known."
        ),
    ] = None,
    as_json: JsonOption = False,
    config: ConfigOption = None,
) -> None:
    """Measure how well the questions of a set are answered, stage by stage; or the speakers of quotations."""
    values = load_config(config)
    if folder is not None and speakers is None:
        _evaluate_questions(folder, values, limit, within_article, as_json)
    elif folder is None and speakers is not None:
        _evaluate_speakers(speakers, as_json)
    else:
        raise EvaluationError("Name one thing to measure: a question set, DIR, or --speakers FILE.")


def _evaluate_questions(
    folder: Path, values: Config, limit: int | None, within_article: bool, as_json: bool
) -> None:
    index, retrieval = values.section("index", IndexSettings), values.section("retrieval", RetrievalSettings)

    @functools.cache
    def models() -> tuple[Embedder, Reader]:
        from index.models.embedder import load_embedder
        from retrieval.read import load_reader

        with waiting("loading the models"):
            return load_embedder(index.embedder), load_reader(retrieval.reader)

    report = measure(folder, values, models, limit=limit, within_article=within_article)
    if as_json:
        print(json.dumps(report, ensure_ascii=False, indent=2))
    else:
        print(_to_text(report))


def _evaluate_speakers(path: Path, as_json: bool) -> None:
    from retrieval.evaluation.speaker_set import measure_speakers, read_speaker_set, to_text

    noted = read_speaker_set(path)
    with waiting("loading the parser"):
        from retrieval.parser import load_parser

        parser = load_parser()
    report = {"set": str(path), **measure_speakers(noted, parser)}
    print(json.dumps(report, ensure_ascii=False, indent=2) if as_json else to_text(report))


def measure(
    folder: Path, config: Config, models: GetModels, *, limit: int | None, within_article: bool
) -> dict[str, Any]:
    """The object that ``--json`` prints. Raises QuestionSetError, JournalError, what a library raises."""
    from retrieval.evaluation import every, read_question_set
    from retrieval.evaluation.figures import to_figures

    question_set = read_question_set(folder)
    chosen = every(question_set.questions, limit)
    asked = [one for one in chosen if not within_article or question_set.own_texts(one)]
    trials = _try_all(question_set, asked, config, models, within_article)
    return {
        "set": question_set.name,
        **to_figures([(one, trials[one.id]) for one in asked]),
        "skipped": len(chosen) - len(asked),
        "within_article": within_article,
        "machine": f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores",
        "versions": {"python": platform.python_version(), **{name: version(name) for name in VERSIONS}},
        "settings": {
            "index": config.section("index", IndexSettings).model_dump(),
            "retrieval": config.section("retrieval", RetrievalSettings).model_dump(),
        },
    }


def _try_all(
    question_set: QuestionSet,
    asked: list[Asked],
    config: Config,
    models: GetModels,
    within_article: bool,
) -> dict[str, Trial]:
    """The trial of every question, by id; those of earlier runs are not asked again."""
    from index.search.sqlite_search import SqliteSearch
    from index.types import MadeWith
    from retrieval.answerer import Answerer
    from retrieval.evaluation.journal import Journal
    from retrieval.evaluation.trial import Bench
    from retrieval.parser import load_parser

    index = config.section("index", IndexSettings)
    settings = config.section("retrieval", RetrievalSettings)
    made_with = MadeWith(index.embedder, index.passage_tokens)
    private.tighten_all(config.data_dir)
    library = _library_path(question_set, config.data_dir, index)
    _fill(library, question_set, made_with, models)
    journal = Journal(_journal_path(library, question_set, settings, within_article))
    left = [one for one in asked if one.id not in journal.trials]
    if len(left) < len(asked):
        done = f"{len(asked) - len(left)} of {len(asked)} questions were asked before"
        _tell(f"{done}{'; going on' if left else ''}. Delete {journal.path} to ask them anew.")
    if left:
        embedder, reader = models()
        search = SqliteSearch(library, made_with)
        # Only a question behind others needs to be parsed.
        parser = load_parser() if any(one.history for one in left) else None
        answerer = Answerer(embedder, reader, settings, parser)
        bench = Bench(question_set, search, answerer, settings, within_article)
        bench.try_question(left[0])  # the first question fills FAISS and warms the models: it is slow
        with make_progress() as progress:
            for one in progress.track(left, description="asking"):
                journal.add(bench.try_question(one))
        search.close()
    return journal.trials


def _fill(library_path: Path, question_set: QuestionSet, made_with: MadeWith, models: GetModels) -> None:
    """Make the library, or what is missing of it."""
    from index.ingest.ingest import embed_article
    from index.store.library import Library

    with Library(library_path, made_with) as library:
        there = {info.id for info in library.articles()}
        left = [text for text in question_set.texts.values() if text.id not in there]
        if there and left:
            _tell(f"{len(there)} of {len(question_set.texts)} texts are in the library; going on.")
        with make_progress() as progress:
            for text in progress.track(left, description="embedding"):
                library.replace(text, *embed_article(text, made_with.passage_tokens, models()[0]))


def _library_path(question_set: QuestionSet, data_dir: Path, index: IndexSettings) -> Path:
    """Named by all that its passages depend on."""
    from retrieval.evaluation.question_set import CORPUS

    splitting = [
        ROOT / "index" / f"{name}.py"
        for name in ("documents/normalize", "text/sentences", "text/passages", "ingest/ingest")
    ]
    digest = _digest([index.model_dump_json()], [question_set.folder / CORPUS, *splitting])
    name = re.sub(r"[^\w-]", "-", question_set.name)[:40]
    return data_dir / "evaluate" / f"{name}-{digest}.db"


def _journal_path(
    library: Path, question_set: QuestionSet, settings: RetrievalSettings, within_article: bool
) -> Path:
    """Named by all that a trial depends on: library, questions, settings, code and weights."""
    from retrieval.evaluation import QUERIES
    from retrieval.evaluation.question_set import QRELS

    code = [path for layer in ("index", "retrieval") for path in (ROOT / layer).rglob("*.py")]
    weights = [path for path in (ROOT / "retrieval" / "read" / "weights").rglob("*") if path.is_file()]
    reader = [path for path in Path(settings.reader).rglob("*") if path.is_file()]
    digest = _digest(
        [library.name, settings.model_dump_json(), str(within_article)],
        [question_set.folder / QUERIES, question_set.folder / QRELS, *sorted(code), *sorted(weights)],
        sorted(reader),
    )
    return library.with_name(f"{library.stem}-{digest}.jsonl")


def _digest(words: Iterable[str], *files: Iterable[Path]) -> str:
    """12 hexadecimal digits of words and contents of files."""
    digest = hashlib.sha256(json.dumps([*words]).encode())
    for path in (path for listed in files for path in listed):
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:12]


def _tell(message: str) -> None:
    print(message, file=sys.stderr)


def _to_text(report: dict[str, Any]) -> str:
    """The report for people: what was asked, the tables, and what they were measured on and with."""
    from retrieval.evaluation.figures import to_markdown

    asked = [f"{report['set']}: {report['questions']} questions"]
    if report["within_article"]:
        asked += [f"each within its article, {report['skipped']} without one left out"]
    settings = {**report["settings"]["index"], **report["settings"]["retrieval"]}
    measured = {"machine": report["machine"], "versions": report["versions"], "settings": settings}
    return "\n".join([", ".join(asked), "", to_markdown(report), "", *map(_listed, measured.items())])


def _listed(item: tuple[str, str | dict[str, Any]]) -> str:
    what, value = item
    if isinstance(value, dict):
        value = ", ".join(f"{name} {found}" for name, found in value.items())
    return f"{what}: {value}"


if __name__ == "__main__":
    run(app, "python -m retrieval.evaluate")
