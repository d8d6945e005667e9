"""Finds the weights of a model: in an installed package, else a folder or the local cache.

Nothing is downloaded when the program runs. The packages are read as data: nothing of them is imported.
"""

from __future__ import annotations

import hashlib
import importlib.util
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from index.errors import ModelError


@dataclass(frozen=True, slots=True)
class PackagedModel:
    """Weights that come with a Python package, and the SHA-256 that each file must have."""

    package: str
    folder: str
    sha256: Mapping[str, str]
    max_tokens: int
    prompt: str = ""  # stands before a question


def find_weights(model: PackagedModel) -> Path:
    """The folder of the model's files, each checked against its SHA-256.

    Raises ModelError when the package or a file is missing, or a file is not the one expected.
    """
    spec = importlib.util.find_spec(model.package)
    if spec is None or not spec.submodule_search_locations:
        raise ModelError(
            f"The package {model.package}, which carries the model, is not installed; run `make setup`."
        )
    folder = Path(next(iter(spec.submodule_search_locations))) / model.folder
    check_files(folder, model.sha256, "delete .venv and run `make setup`")
    return folder


def check_files(folder: Path, sha256: Mapping[str, str], remedy: str) -> None:
    """Return if every file in ``folder`` has its SHA-256; raise ModelError naming the one that has not.

    ``remedy`` says, as an order, how to get the right file back.
    """
    for name, expected in sha256.items():
        try:
            with (folder / name).open("rb") as file:
                found = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError as error:
            raise ModelError(f"{folder / name} cannot be read: {error.strerror}; {remedy}.") from None
        if found != expected:
            raise ModelError(
                f"{folder / name} is not the file it should be (its SHA-256 begins {found[:12]}, not "
                f"{expected[:12]}); {remedy}."
            )


def no_such_model(name: str, error: Exception, known: Iterable[str]) -> ModelError:
    """What to raise where ``error`` came of loading a model by ``name``; ``known`` are names that work."""
    return ModelError(
        f"The model {name} is neither in a package, nor a folder, nor in the local cache "
        f"({type(error).__name__}); known here: {', '.join(known)}."
    )
