"""Nothing is asked of a model hub, whatever is imported first."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.command import ROOT

PROGRAM = """
import {module}
from huggingface_hub import constants
print(constants.HF_HUB_OFFLINE)
"""


@pytest.mark.parametrize(
    "module",
    ["index.models.embedder", "retrieval.read", "retrieval.answerer", "bot.cli.app", "training.model"],
)
def test_the_hub_is_off_before_its_library_is_imported(module: str) -> None:
    env = {name: value for name, value in os.environ.items() if name != "HF_HUB_OFFLINE"}
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", PROGRAM.format(module=module)],
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "True\n"
