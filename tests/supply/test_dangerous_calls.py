"""Nothing of ours loads a pickle, and each exception from the rules of security has its reason beside it."""

from __future__ import annotations

import ast
import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from supply.pins import ROOT
from tests.command import start

LAYERS = ("bot", "index", "retrieval", "training", "supply")
PICKLES = {"pickle", "_pickle", "dill", "cloudpickle", "joblib", "shelve", "marshal", "PicklePersistence"}

WITHOUT_PICKLES = """
import pickle, runpy, sys

def refuse(*_, **__):
    raise AssertionError("a pickle is loaded")

def watch(event, arguments):
    if event == "pickle.find_class":  # whatever loads a pickle that names something comes by here
        refuse()

pickle.load = pickle.loads = refuse
sys.addaudithook(watch)
module, *sys.argv[1:] = sys.argv[1:]
runpy.run_module(module, run_name="__main__", alter_sys=True)
"""


def without_pickles(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """Run ``python -m`` with ``command`` where every pickle that is loaded ends the program."""
    return start(folder, "-c", WITHOUT_PICKLES, *command)


def test_adding_and_answering_load_no_pickle(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "articles", tmp_path / "articles")
    (tmp_path / "articles" / "bears.html").write_text(
        "<html><head><title>Bears</title></head><body><article><h1>Bears</h1>"
        + "<p>Bears like jam, and they eat it with a spoon on most days of the summer.</p>" * 3
        + "</article></body></html>"
    )
    added = without_pickles(tmp_path, "bot.cli", "add", "articles")
    assert (added.returncode, added.stdout.splitlines()[-1]) == (0, "main: 2 added.")
    asked = without_pickles(tmp_path, "bot.cli", "ask", "--json", "Who said that China bears responsibility?")
    assert asked.returncode == 0, asked.stderr
    assert json.loads(asked.stdout)["citations"][0]["speaker"] == "Antony Blinken"


@pytest.mark.parametrize(
    "program",
    [
        "import pickle; pickle.loads(pickle.dumps(1))",
        "import io, pickle; pickle.Unpickler(io.BytesIO(b'cbuiltins\\nprint\\n.')).load()",
        "import io, numpy; file = io.BytesIO(); numpy.save(file, numpy.array([{}])); file.seek(0);"
        "numpy.load(file, allow_pickle=True)",
    ],
)
def test_a_pickle_would_be_noticed(tmp_path: Path, program: str) -> None:
    (tmp_path / "loads_one.py").write_text(program)
    done = without_pickles(tmp_path, "loads_one")
    assert (done.returncode, done.stderr.splitlines()[-1]) == (1, "AssertionError: a pickle is loaded")


def imported(path: Path) -> Iterator[str]:
    """Yield every name in the imports of a file."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (part for name in node.names for part in name.name.split("."))
        elif isinstance(node, ast.ImportFrom):
            yield from [*(node.module or "").split("."), *(name.name for name in node.names)]


@pytest.mark.parametrize("layer", LAYERS)
def test_no_layer_imports_what_loads_pickles(layer: str) -> None:
    files = [*(ROOT / layer).rglob("*.py")]
    assert files
    assert {path.name: found for path in files if (found := PICKLES & {*imported(path)})} == {}


@pytest.mark.parametrize("layer", [*LAYERS, "benchmarks", "tests"])
def test_what_a_rule_of_security_overlooks_has_its_reason_in_the_line(layer: str) -> None:
    without = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in (ROOT / layer).rglob("*.py")
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if re.search(r"#\s*(noqa: S\d|nosec)", line)
        and not re.search(r"#\s*(noqa: S\d+(, S\d+)*|nosec B\d+) +(- |# )\w", line)
    ]
    assert without == []
