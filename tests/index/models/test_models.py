"""Weights are found, and are the ones expected, or it is said which file is not."""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from index.errors import ModelError
from index.models import find_weights
from index.models.find import check_files
from index.models.packaged import EMBEDDERS

BGE = EMBEDDERS["bge-small-en-v1.5"]


@pytest.mark.parametrize("name", EMBEDDERS)
def test_the_weights_of_every_packaged_model_are_those_expected(name: str) -> None:
    folder = find_weights(EMBEDDERS[name])
    assert {"model.onnx", "tokenizer.json"} <= {path.name for path in folder.iterdir()}


def test_a_flipped_byte_is_found_in_its_file(tmp_path: Path) -> None:
    folder = shutil.copytree(find_weights(BGE), tmp_path / "weights")
    check_files(folder, BGE.sha256, "delete .venv and run `make setup`")
    with (folder / "model.onnx").open("r+b") as file:
        file.seek(1_000_000)
        byte = file.read(1)[0]
        file.seek(1_000_000)
        file.write(bytes([byte ^ 1]))
    found = hashlib.sha256((folder / "model.onnx").read_bytes()).hexdigest()[:12]
    with pytest.raises(ModelError) as caught:
        check_files(folder, BGE.sha256, "delete .venv and run `make setup`")
    assert str(caught.value) == (
        f"{folder / 'model.onnx'} isn't the file it should be (its SHA-256 begins {found}, "
        "not 68807e3ff2ab). To fix it, delete .venv and run `make setup`."
    )


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError) as caught:
        check_files(tmp_path, BGE.sha256, "delete .venv and run `make setup`")
    assert str(caught.value) == (
        f"{tmp_path / 'model.onnx'} can't be read: No such file or directory. To fix it, "
        "delete .venv and run `make setup`."
    )


def test_a_missing_package_is_named() -> None:
    with pytest.raises(ModelError) as caught:
        find_weights(replace(BGE, package="no_such_package"))
    assert str(caught.value) == (
        "The package no_such_package, which carries the model, isn't installed. To fix it, run `make "
        "setup`, or name a folder of weights in VERBATIM_WEIGHTS."
    )
