"""How good each stage is, on a question set: a folder that is measured as a whole.

It holds texts and questions in the form that ``retrieval.evaluation.question_set`` describes; what the
figures mean stands at ``retrieval.evaluation.figures.to_figures``. The texts become a library of their own,
once, and each question's outcome is kept beside it: a run that was stopped goes on where it was.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import re
import sys
from collections.abc import Callable, Iterable
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.command_line import make_progress
from index.config import Config
from index.files import private
from index.settings import IndexSettings
from retrieval.settings import RetrievalSettings

if TYPE_CHECKING:
    from index.types import Embedder, IndexConfiguration
    from retrieval.evaluation import Asked, QuestionSet
    from retrieval.evaluation.trial import Trial
    from retrieval.types import Reader

ROOT = Path(__file__).parents[2]
CODE = ("py", "txt", "toml")  # lists of words and patterns decide as much as code does
VERSIONS = ("sentence-transformers", "onnxruntime", "faiss-cpu", "numpy")


GetModels = Callable[[], "tuple[Embedder, Reader]"]
"""Gives the models when they are needed: a run that is complete never loads them."""


def measure(
    folder: Path, config: Config, models: GetModels, *, limit: int | None, within_article: bool
) -> dict[str, Any]:
    """Return the report for ``--json``. Raises QuestionSetError, JournalError, what a library raises."""
    from retrieval.evaluation import every, read_question_set
    from retrieval.evaluation.figures import to_figures

    question_set = read_question_set(folder)
    chosen = every(question_set.questions, limit)
    asked = [question for question in chosen if not within_article or question_set.own_texts(question)]
    trials = _try_all(question_set, asked, config, models, within_article)
    return {
        "set": question_set.name,
        **to_figures([(question, trials[question.id]) for question in asked]),
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
    """Return the trial of every question, by id; those of earlier runs are not asked again."""
    from index.search import SqliteSearch
    from index.types import IndexConfiguration
    from retrieval.answerer import Answerer
    from retrieval.evaluation.journal import Journal
    from retrieval.evaluation.trial import Bench
    from retrieval.parser import load_parser

    index = config.section("index", IndexSettings)
    settings = config.section("retrieval", RetrievalSettings)
    configuration = IndexConfiguration(index.embedder, index.passage_tokens)
    private.tighten_all(config.data_dir)
    library = _library_path(question_set, config.data_dir, index)
    _fill(library, question_set, configuration, models)
    journal = Journal(_journal_path(library, question_set, settings, within_article))
    left = [question for question in asked if question.id not in journal.trials]
    if len(left) < len(asked):
        done = f"{len(asked) - len(left)} of {len(asked)} questions were asked before"
        _tell(
            f"{done}{'; continuing with the rest' if left else ''}. To ask them again, delete {journal.path}."
        )
    if left:
        embedder, reader = models()
        search = SqliteSearch(library, configuration)
        # Only a question behind others needs to be parsed.
        parser = load_parser() if any(question.history for question in left) else None
        answerer = Answerer(embedder, reader, settings, parser)
        bench = Bench(question_set, search, answerer, settings, within_article)
        bench.try_question(left[0])  # the first question fills FAISS and warms the models: it is slow
        with make_progress() as progress:
            for question in progress.track(left, description="asking"):
                journal.add(bench.try_question(question))
        search.close()
    return journal.trials


def _fill(
    library_path: Path, question_set: QuestionSet, configuration: IndexConfiguration, models: GetModels
) -> None:
    """Make the library, or what is missing of it."""
    from index.ingest.ingest import embed_article
    from index.store import SqliteLibrary

    with SqliteLibrary(library_path, configuration) as library:
        there = {info.id for info in library.articles()}
        left = [text for text in question_set.texts.values() if text.id not in there]
        if there and left:
            _tell(f"{len(there)} of {len(question_set.texts)} texts are already in the library; continuing.")
        with make_progress() as progress:
            for text in progress.track(left, description="embedding"):
                library.replace(text, *embed_article(text, configuration.passage_tokens, models()[0]))


def _library_path(question_set: QuestionSet, data_dir: Path, index: IndexSettings) -> Path:
    """Name the library by all that its passages depend on."""
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
    """Name the journal by all that a trial depends on: library, questions, settings, code and weights."""
    from retrieval.evaluation import QUERIES
    from retrieval.evaluation.question_set import QRELS

    code = [
        path
        for layer in ("index", "retrieval")
        for ending in CODE
        for path in (ROOT / layer).rglob(f"*.{ending}")
    ]
    weights = [path for path in (ROOT / "retrieval" / "read" / "weights").rglob("*") if path.is_file()]
    reader = [path for path in Path(settings.reader).rglob("*") if path.is_file()]
    digest = _digest(
        [library.name, settings.model_dump_json(), str(within_article)],
        [question_set.folder / QUERIES, question_set.folder / QRELS, *sorted(code), *sorted(weights)],
        sorted(reader),
    )
    return library.with_name(f"{library.stem}-{digest}.jsonl")


def _digest(words: Iterable[str], *files: Iterable[Path]) -> str:
    """Return 12 hexadecimal digits of words and contents of files."""
    digest = hashlib.sha256(json.dumps([*words]).encode())
    for path in (path for listed in files for path in listed):
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:12]


def _tell(message: str) -> None:
    print(message, file=sys.stderr)
