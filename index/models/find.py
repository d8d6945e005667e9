"""Finds the weights of a model: in the folder that VERBATIM_WEIGHTS names, else in an installed package.

Nothing is downloaded when the program runs. The packages are read as data: nothing of them is imported.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shlex
from collections.abc import Iterable, Mapping
from pathlib import Path

from index.errors import ModelError
from index.models.packaged import PackagedModel
from index.program import command, set_up_again

VARIABLE = "VERBATIM_WEIGHTS"
"""The environment variable that names a folder of weights, as `verbatim weights fill` makes it."""


def find_weights(model: PackagedModel) -> Path:
    """Return the folder of the model's files, each checked against its SHA-256.

    Raises ModelError when the package or a file is missing, or a file is not the one expected.
    """
    named = os.environ.get(VARIABLE)
    return weights_in(Path(named).expanduser(), model) if named else weights_of_package(model)


def weights_in(folder: Path, model: PackagedModel) -> Path:
    """Return where the model's files lie in a folder of weights, each checked. Raises ModelError."""
    found = place_in(folder, model)
    fill = command(f"weights fill {shlex.quote(str(folder))}", takes_config=False)
    check_files(
        found,
        model.sha256,
        f"fill the folder again with {fill} where the packages are installed, or unset {VARIABLE} and "
        f"{set_up_again()}",
    )
    return found


def weights_of_package(model: PackagedModel) -> Path:
    """Return where the model's files lie in its package, each checked. Raises ModelError."""
    spec = importlib.util.find_spec(model.package)
    if spec is None or not spec.submodule_search_locations:
        raise ModelError(
            f"The package {model.package}, which carries the model, isn't installed. To fix it, "
            f"{set_up_again()}, or name a folder of weights in {VARIABLE}."
        )
    folder = Path(next(iter(spec.submodule_search_locations))) / model.folder
    check_files(folder, model.sha256, set_up_again(delete_first=True))
    return folder


def place_in(folder: Path, model: PackagedModel) -> Path:
    """Return where the model's files belong in a folder of weights: as they lie among installed packages."""
    return folder / model.package / model.folder


def check_files(folder: Path, sha256: Mapping[str, str], remedy: str) -> None:
    """Return if every file in ``folder`` has its SHA-256; raise ModelError naming the one that has not.

    ``remedy`` says, as an order, how to get the right file back.
    """
    for name, expected in sha256.items():
        try:
            with (folder / name).open("rb") as file:
                found = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError as error:
            raise ModelError(
                f"{folder / name} can't be read: {error.strerror}. To fix it, {remedy}."
            ) from None
        if found != expected:
            raise ModelError(
                f"{folder / name} isn't the file it should be (its SHA-256 begins {found[:12]}, not "
                f"{expected[:12]}). To fix it, {remedy}."
            )


def no_such_model(name: str, error: Exception, known: Iterable[str]) -> ModelError:
    """Return what to raise where loading the model ``name`` failed; ``known`` are names that work."""
    return ModelError(
        f"The model {name} isn't in a package, in a folder of safetensors or in the local cache "
        f"({type(error).__name__}). Known models: {', '.join(known)}."
    )
