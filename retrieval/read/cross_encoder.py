"""A cross-encoder with one score as a Reader, which cannot say which words answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from index.ingest.ingest import searched_text
from index.models import find_weights
from index.models.find import no_such_model
from index.models.packaged import MINILM, PackagedModel
from index.types import Passage
from retrieval.settings import OWN
from retrieval.types import Reading

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder

BATCH = 16

PACKAGED: Mapping[str, PackagedModel] = MappingProxyType({MINILM.name: MINILM})
"""The cross-encoders that a package carries, by name."""

_NONE = np.zeros(0, dtype=np.float32)


class CrossEncoderReader:
    """Its one score stands for relevance and for answers."""

    def __init__(self, model: CrossEncoder) -> None:
        self._model = model

    def read(self, question: str, passages: Sequence[Passage]) -> Sequence[Reading]:
        """Return a reading for each passage, in order; its score is a logit."""
        from torch.nn import Identity

        pairs = [(question, searched_text(passage)) for passage in passages]
        scores = self._model.predict(
            pairs, batch_size=BATCH, activation_fn=Identity(), show_progress_bar=False, convert_to_numpy=True
        )
        return [Reading(float(score), float(score), (), _NONE, _NONE, 0.0) for score in scores]


def load_cross_encoder(name: str) -> CrossEncoderReader:
    """Return the cross-encoder ``name``: one that a package carries, a folder, or one in the local cache.

    Raises ModelError when it is not there or cannot be loaded.
    """
    from sentence_transformers import CrossEncoder

    if name not in PACKAGED:
        return _load_plain(name)
    packaged = PACKAGED[name]
    folder = find_weights(packaged)
    from index.models.onnx import OnnxTransformer

    modules = [OnnxTransformer(folder, packaged.max_tokens, "scores")]
    return CrossEncoderReader(CrossEncoder(modules=modules, device="cpu"))


def _load_plain(name: str) -> CrossEncoderReader:
    from sentence_transformers import CrossEncoder

    try:
        model = CrossEncoder(
            name,
            device="cpu",
            local_files_only=True,
            trust_remote_code=False,
            model_kwargs={"use_safetensors": True},  # the other form of weights is a pickle
        )
    except Exception as error:  # the library raises many kinds, among them bare ones of its backends
        raise no_such_model(name, error, (OWN, *PACKAGED)) from None
    return CrossEncoderReader(model)
