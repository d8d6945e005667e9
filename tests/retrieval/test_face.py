"""What ``retrieval`` hands out, and that asking for it is what loads it."""

from __future__ import annotations

import subprocess
import sys

import pytest

import retrieval
from retrieval import Answerer, Citation
from tests.command import ROOT


def test_its_face_is_what_the_rooms_have() -> None:
    assert (Answerer.__module__, Citation.__module__) == ("retrieval.answerer", "retrieval.types")
    assert {name for name in retrieval.__all__ if hasattr(retrieval, name)} == set(retrieval.__all__)
    with pytest.raises(AttributeError, match="module 'retrieval' has no attribute 'Nothing'"):
        _ = retrieval.Nothing


def test_what_is_not_asked_for_is_not_loaded() -> None:
    program = "import sys, retrieval; print('retrieval.answerer' in sys.modules)"
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout == "False\n"
