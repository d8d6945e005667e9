"""python -m benchmarks.statements: how many SQL statements an answer takes, and how many load an article.

The articles of a folder become a library in a temporary place; each question is asked twice, and the second
time is counted: the first also fills FAISS. What FTS5 asks of its own tables is left out.
"""

from __future__ import annotations

import re
import tempfile
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from index.command_line import run
from index.config import Config
from index.documents.article import find_files
from index.ingest.ingest import ingest
from index.library_name import LibraryName
from index.search import SqliteSearch
from index.store import SqliteStore
from index.store.paths import path_of
from retrieval import Answerer

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)

QUESTIONS = ("What did China refuse to give Russian airlines?", "What is the capital of Australia?")
NAME = LibraryName("main")
LOADS = re.compile(r"SELECT articles\.id.*\btext\b(?!, )", re.DOTALL)
"""A statement that reads the whole text of an article."""


@app.command()
def statements(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Articles.")] = Path("articles"),
) -> None:
    """Print a line for each kind of answer: statements, and articles loaded."""
    with tempfile.TemporaryDirectory() as place:
        config = Config(Path(place), Path(place), {})
        answerer = Answerer.load(config)
        store = SqliteStore(config)
        _fill(store, folder, answerer)
        with closing(SqliteSearch(path_of(Path(place), NAME), store.configuration)) as search:
            for question in QUESTIONS:
                _report(question, search, partial(answerer.ask, question, [search], more=5))
            summarize = partial(answerer.summarize, "", [search])
            _report("a summary, read for the first time", search, summarize, is_first=True)
            _report("the same summary, remembered", search, summarize)


def _fill(store: SqliteStore, folder: Path, answerer: Answerer) -> None:
    with store.library(NAME, create=True) as library:
        files = iter(list(find_files(folder)))
        for _ in ingest(files, lambda: library, folder, store.configuration, lambda: answerer.embedder):
            pass


def _report(what: str, search: SqliteSearch, answer: Callable[[], object], *, is_first: bool = False) -> None:
    if not is_first:
        answer()
    found = Counter(count_statements(search, answer))
    loaded = sum(count for statement, count in found.items() if LOADS.search(statement))
    print(f"{sum(found.values()):>4} statements, {loaded} of them load articles: {what}")


def count_statements(search: SqliteSearch, answer: Callable[[], object]) -> list[str]:
    """Return the statements that ``answer`` has executed in the library of ``search``, in order."""
    executed: list[str] = []
    connection = search._connection  # nobody but a benchmark wants to know
    connection.set_trace_callback(executed.append)
    try:
        answer()
    finally:
        connection.set_trace_callback(None)
    return [statement for statement in executed if not statement.startswith("--")]


if __name__ == "__main__":
    run(app, "python -m benchmarks.statements")
