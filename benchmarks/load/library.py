"""What the load test asks about: a library as the command makes it, and different questions about it."""

from __future__ import annotations

import itertools
import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.question_set import answered_questions, whole_articles
from index.documents.article import find_files, read_article
from index.errors import OperatorError
from retrieval.evaluation import QUERIES, QuestionSet, read_question_set
from tests.standin.process import ROOT

SAMPLE = ROOT / "articles"
WORDS = 6  # of an article, in a question that is made from it


class LoadError(OperatorError):
    """The load test cannot be run."""


def make_library(place: Path, more: Path | None, question_count: int) -> list[str]:
    """Put the sample articles and those of ``more`` into the library in ``place``; questions about them.

    ``more`` is a folder of articles, or a question set: then its questions are asked. All are different;
    raises LoadError when there are fewer than ``question_count``.
    """
    folders, questions = [SAMPLE], None
    if more is not None and (more / QUERIES).exists():
        question_set = read_question_set(more)
        folders.append(_written(question_set, place / "articles"))
        questions = [asked.text for asked in answered_questions(question_set, question_count)]
    elif more is not None:
        folders.append(more)
    _add(folders, place / "config.toml")
    if questions is None:
        texts = [read_article(path, ROOT).text for folder in folders for path in find_files(folder)]
        questions = list(itertools.islice(made_of(texts), question_count))
    if len(questions) < question_count:
        raise LoadError(f"{question_count} questions are needed. Name a folder with more articles.")
    return questions


def made_of(texts: Sequence[str]) -> Iterator[str]:
    """Yield different questions after words in a row, of each text in turn."""
    words = [text.split() for text in texts]
    seen = set()
    for start in range(max(map(len, words), default=0)):
        for own in words:
            question = f"What is said of {' '.join(own[start : start + WORDS])}?"
            if start + WORDS <= len(own) and question not in seen:
                seen.add(question)
                yield question


def _written(question_set: QuestionSet, folder: Path) -> Path:
    folder.mkdir()
    for number, article in enumerate(whole_articles(question_set)):
        head = f"---\ntitle: {json.dumps(article.title)}\n---\n\n"
        (folder / f"{number}.md").write_text(head + article.text, encoding="utf-8")
    return folder


def _add(folders: Sequence[Path], config: Path) -> None:
    config.touch()
    command = [sys.executable, "-m", "bot.cli", "add", *map(str, folders), "--config", str(config)]
    added = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    if added.returncode:
        raise LoadError(f"The articles were not added: {added.stderr.strip()}")
