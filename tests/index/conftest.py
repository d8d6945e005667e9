"""A library that is open for writing, made with the fake embedder; and a folder for commands."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from index.documents.article import find_files
from index.ingest.ingest import ingest
from index.settings import IndexSettings
from index.store import SqliteLibrary
from index.store.paths import library_path
from index.types import IndexConfiguration
from tests.fakes import CONFIGURATION, FakeEmbedder

BEARS = """---
title: Bears
author: A. Bear
published: 2022-03-18
url: https://forest.example/bears
---

Bears like jam.

They eat it with a spoon.
"""


@pytest.fixture
def library(tmp_path: Path) -> Iterator[SqliteLibrary]:
    """An empty one."""
    with SqliteLibrary(tmp_path / "libraries" / "main.db", CONFIGURATION) as opened:
        yield opened


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A project with two articles, not yet added."""
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "bears.md").write_text(BEARS, encoding="utf-8")
    (tmp_path / "articles" / "foxes.txt").write_text("Foxes read newspapers.", encoding="utf-8")
    return tmp_path


@pytest.fixture
def ids(folder: Path) -> dict[str, str]:
    """The ids by title of the two articles, added with vectors that no command here looks at."""
    settings = IndexSettings()
    configuration = IndexConfiguration(settings.embedder, settings.passage_tokens)
    files = find_files(folder / "articles")
    with SqliteLibrary(library_path(folder / "data", "main"), configuration) as library:
        outcomes = list(ingest(files, lambda: library, folder, configuration, lambda: FakeEmbedder(384)))
    return {done.article.title: done.article.id for done in outcomes if done.article}
