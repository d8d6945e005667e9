"""Question + passages -> what one pass says of each. The only file here that runs a model."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from index.errors import ModelError
from index.ingest import searched_text
from index.models import PACKAGED, find_weights
from index.types import Passage
from retrieval.types import Reader, Reading

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder

BATCH = 16
_NONE = np.zeros(0, dtype=np.float32)


def load_reader(name: str) -> Reader:
    """The cross-encoder ``name``: one that a package carries, a folder, or one in the local cache.

    Raises ModelError when it is not there or cannot be loaded.
    """
    os.environ["HF_HUB_OFFLINE"] = "1"
    if name not in PACKAGED:
        return _load_plain(name)
    packaged = PACKAGED[name]
    folder = find_weights(packaged)
    from sentence_transformers import CrossEncoder

    from index.onnx import OnnxTransformer

    return CrossEncoderReader(
        CrossEncoder(modules=[OnnxTransformer(folder, packaged.max_tokens, "scores")], device="cpu")
    )


def _load_plain(name: str) -> Reader:
    from sentence_transformers import CrossEncoder

    try:
        model = CrossEncoder(name, device="cpu", local_files_only=True, trust_remote_code=False)
    except Exception as error:  # the library raises many kinds, among them bare ones of its backends
        raise ModelError(
            f"The model {name} is neither in a package, nor a folder, nor in the local cache "
            f"({type(error).__name__}); known here: {', '.join(PACKAGED)}."
        ) from None
    return CrossEncoderReader(model)


class CrossEncoderReader:
    """A CrossEncoder with one output as the Reader of this project: it cannot tell words."""

    def __init__(self, model: CrossEncoder) -> None:
        self._model = model

    def read(self, question: str, passages: Sequence[Passage]) -> Sequence[Reading]:
        """One reading a passage, in order; its one score, a logit, stands for relevance and answers."""
        from torch.nn import Identity

        pairs = [(question, searched_text(passage)) for passage in passages]
        scores = self._model.predict(
            pairs, batch_size=BATCH, activation_fn=Identity(), show_progress_bar=False, convert_to_numpy=True
        )
        return [Reading(float(score), float(score), (), _NONE, _NONE, 0.0) for score in scores]
