"""The command itself: what it says before anything long is imported."""

import subprocess
import sys

from tests.standin.process import ROOT

HELP = """
import runpy, sys

sys.argv = ["bot", "--help"]
try:
    runpy.run_module("bot", run_name="__main__")
except SystemExit as end:
    print(end.code, sorted({"telegram", "torch", "sentence_transformers", "faiss"} & set(sys.modules)))
"""


def test_help_needs_neither_telegram_nor_a_model() -> None:
    done = subprocess.run(  # noqa: S603  # our own command
        [sys.executable, "-c", HELP], cwd=ROOT, capture_output=True, encoding="utf-8", timeout=30, check=True
    )
    assert "--config" in done.stdout
    assert done.stdout.splitlines()[-1] == "0 []"
