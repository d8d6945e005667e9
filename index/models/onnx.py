"""An ONNX session as the transformer of a sentence-transformers model.

sentence-transformers keeps what it does well (order by length, prompts, pooling); onnxruntime runs the int8
weights. Every text goes through them by itself, as many side by side as there are cores: nothing is padded,
what is computed on the way stays in a core's cache, and a text gives the same numbers whatever comes with it,
for int8 takes its scale from all that runs together. `python -m benchmarks.embedding` says how fast that is.
"""

from __future__ import annotations

import functools
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
import torch
from sentence_transformers.base.modules import InputModule

from index.errors import ModelError
from index.models.onnx_session import load_session, load_tokenizer

_INPUTS = ("input_ids", "attention_mask", "token_type_ids")


class OnnxTransformer(InputModule):
    """Tokenizes texts, or pairs of texts, and runs them; ``output`` names the feature that comes out."""

    def __init__(self, folder: Path, max_tokens: int, output: str) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # torch leaves it without types
        self.tokenizer = load_tokenizer(folder, max_tokens)
        self._folder = folder
        self._alone = load_session(folder)
        self.max_seq_length = max_tokens
        self._output = output

    def preprocess(  # type: ignore[override]  # texts only: no pictures, no sound
        self, inputs: Sequence[str | tuple[str, str]], prompt: str | None = None, **_: object
    ) -> dict[str, torch.Tensor]:
        """Return the batch as tensors of token ids, padded to its longest."""
        batch = [(prompt or "") + item if isinstance(item, str) else tuple(item) for item in inputs]
        encodings = self.tokenizer.encode_batch(batch)
        return {
            "input_ids": torch.tensor([encoding.ids for encoding in encodings]),
            "attention_mask": torch.tensor([encoding.attention_mask for encoding in encodings]),
            "token_type_ids": torch.tensor([encoding.type_ids for encoding in encodings]),
        }

    def forward(self, features: dict[str, Any], **_: object) -> dict[str, Any]:
        """Run the session; its first output becomes the feature ``output``, padded with zeros."""
        inputs = [
            {name: features[name][row, :length].numpy()[np.newaxis] for name in _INPUTS}
            for row, length in enumerate(features["attention_mask"].sum(dim=1).tolist())
        ]
        if len(inputs) == 1:  # all cores work on one text
            outputs = [_run(self._alone, inputs[0])]
        else:
            session, cores = self._side_by_side
            outputs = list(cores.map(functools.partial(_run, session), inputs))
        features[self._output] = torch.nn.utils.rnn.pad_sequence(outputs, batch_first=True)
        return features

    @functools.cached_property
    def _side_by_side(self) -> tuple[onnxruntime.InferenceSession, ThreadPoolExecutor]:
        """A session that keeps to the core that calls it, and a thread for each core."""
        return load_session(self._folder, threads=1), ThreadPoolExecutor(os.cpu_count(), "embedding")

    def save(self, output_path: str, *_: object, **__: object) -> None:
        """Save nothing: the weights belong to the package they came in."""
        raise ModelError(f"This model can't be written to {output_path}. Name its package instead.")


def _run(session: onnxruntime.InferenceSession, inputs: dict[str, Any]) -> torch.Tensor:
    return torch.from_numpy(session.run(None, inputs)[0][0])
