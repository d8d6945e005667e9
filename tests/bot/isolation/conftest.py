"""The libraries of all chats, written once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bot.isolation.places import write_libraries


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a file for every secret word, to be copied by ``fill``."""
    folder = tmp_path_factory.mktemp("written")
    write_libraries(folder)
    return folder
