"""Questions that take for granted what an article denies or does not say, with the real models."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.config import load_config
from index.ingest.ingest import ingest
from index.library_name import library_names
from index.protocols import Search
from index.search import SqliteLibraries
from index.settings import IndexSettings
from index.store import SqliteLibrary
from index.store.paths import library_path
from index.types import Embedder, IndexConfiguration
from retrieval.answerer import Answerer
from retrieval.answers import Answer, citations_of
from tests.retrieval.conftest import ROOT, SAMPLE

FILES = ROOT / "tests" / "files"


KNOWN = {
    "What did Blinken say when he met Putin in Moscow?",
    "What did Greta Holm say after she left parliament?",
    "Which singer will replace Ruth Adeyemi?",
}
"""Mistakes that are made as yet: each article says something of the person, and nothing of the premise."""


@pytest.fixture(scope="module")
def searches(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Iterator[dict[str, Search]]:
    """A library for each article, by its name."""
    folder = tmp_path_factory.mktemp("premises")
    (folder / "config.toml").touch()
    settings = IndexSettings()
    configuration = IndexConfiguration(settings.embedder, settings.passage_tokens)
    libraries = SqliteLibraries(load_config(folder / "config.toml"))
    found: dict[str, Search] = {}
    for path in (SAMPLE, *sorted((FILES / "false_premises").glob("*.md"))):
        add(path, library_path(folder / "data", path.stem), configuration, embedder)
        found[path.stem] = libraries.searches(library_names([path.stem]))[0]
    yield found
    libraries.close()


def add(path: Path, to: Path, configuration: IndexConfiguration, embedder: Embedder) -> None:
    """Make the library ``to`` of the article in ``path``."""
    with SqliteLibrary(to, configuration) as library:
        outcomes = list(ingest(iter([path]), lambda: library, ROOT, configuration, lambda: embedder))
    assert [outcome.did for outcome in outcomes] == ["added"]


def mistake(answer: Answer, contradicted_by: str | None) -> str | None:
    """What is wrong with ``answer`` to a question whose premise ``contradicted_by`` denies; None if nothing.

    A refusal is right. A quote is, where it holds these words; where the article is silent, none is.
    """
    quotes = [citation.quote.text for citation in citations_of(answer)]
    if not quotes or (contradicted_by is not None and contradicted_by in quotes[0]):
        return None
    return f"{answer.question}\n    quoted: {quotes[0]}\n    it says: {contradicted_by or 'nothing about it'}"


def test_a_false_premise_is_contradicted_or_refused(answerer: Answerer, searches: dict[str, Search]) -> None:
    lines = Path(FILES / "false_premises.jsonl").read_text(encoding="utf-8").splitlines()
    asked = [json.loads(line) for line in lines]
    assert (len(asked), sum(entry["contradicted_by"] is None for entry in asked)) == (30, 15)
    mistakes = {
        entry["question"]: mistake(
            answerer.ask(entry["question"], [searches[entry["article"]]]), entry["contradicted_by"]
        )
        for entry in asked
    }
    wrong = {question: text for question, text in mistakes.items() if text}
    new = "\n".join(text for question, text in wrong.items() if question not in KNOWN)
    assert not new, f"{len(wrong)} of {len(asked)} are answered wrongly, these not before:\n{new}"
