"""The bill of materials names all that runs, the weights too, and nothing that only tests or checks."""

from __future__ import annotations

import hashlib
from importlib.metadata import distributions
from pathlib import Path
from typing import Any

import pytest
from packaging.utils import canonicalize_name

from index.models.packaged import BGE_SMALL, PACKAGED
from retrieval.read import WEIGHTS
from supply.errors import SupplyError
from supply.pins import RUNS, requirements
from supply.sbom import of_what_runs
from tests.command import ROOT, start


@pytest.fixture
def whole() -> dict[str, Any]:
    """What cyclonedx-py says of the environment that the tests run in, as far as it matters here."""
    installed = {canonicalize_name(each.name): each for each in distributions()}
    pinned = {pin.name for pins in requirements().values() for pin in pins} | {"torch", "pip"}
    names = [name for name in installed if name in pinned]  # nothing that was installed by hand
    return {
        "metadata": {"component": {"bom-ref": "root", "name": "verbatim"}},
        "components": [
            {
                "type": "library",
                "bom-ref": name,
                "name": installed[name].name,
                "version": installed[name].version,
            }
            for name in names
        ],
        "dependencies": [
            {"ref": "root"},
            {"ref": "sentence-transformers", "dependsOn": ["torch", "pytest"]},
            {"ref": "mypy", "dependsOn": ["librt"]},
        ],
    }


def test_it_names_what_runs_and_nothing_else(whole: dict[str, Any]) -> None:
    bill = of_what_runs(whole)
    libraries = {canonicalize_name(each["name"]) for each in bill["components"] if each["type"] == "library"}
    runs = {pin.name for file in RUNS for pin in requirements()[file]} | {"torch"}
    assert libraries == runs
    assert bill["dependencies"] == [
        {"ref": "root", "dependsOn": []},
        {"ref": "sentence-transformers", "dependsOn": ["torch"]},
    ]


def test_it_names_every_model_with_its_files(whole: dict[str, Any]) -> None:
    models = {each["name"]: each for each in of_what_runs(whole)["components"] if each["type"] != "library"}
    assert list(models) == [*(model.name for model in PACKAGED), "verbatim-reader"]
    assert models[BGE_SMALL.name]["licenses"] == [{"license": {"id": "MIT"}}]
    digest = hashlib.sha256((WEIGHTS / "model.onnx").read_bytes()).hexdigest()
    assert models["verbatim-reader"]["components"][0]["hashes"] == [{"alg": "SHA-256", "content": digest}]


def test_an_environment_that_is_not_what_is_pinned_is_refused(whole: dict[str, Any]) -> None:
    numpy = next(each for each in whole["components"] if each["name"] == "numpy")
    pinned, numpy["version"] = numpy["version"], "1.0"
    whole["components"] = [each for each in whole["components"] if each["name"] != "lxml"]
    with pytest.raises(SupplyError, match=rf": lxml \S+, numpy {pinned}\. Run `make setup`"):
        of_what_runs(whole)


def test_without_the_tool_it_says_how_to_get_it(tmp_path: Path) -> None:
    done = start(ROOT, "-m", "supply.sbom", "--tool", str(tmp_path / "none"))
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        f"python -m supply.sbom: {tmp_path / 'none'} can't be run: No such file or directory. "
        "Use `make sbom`.\n"
    )
