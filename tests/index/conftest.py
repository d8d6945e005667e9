"""A library that is open for writing, made with the fake embedder."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from index.library import Library
from tests.fakes import MADE_WITH


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """An empty one."""
    with Library(tmp_path / "libraries" / "main.db", MADE_WITH) as opened:
        yield opened
