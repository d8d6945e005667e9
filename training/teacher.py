"""What the quantised model, before it was trained further, says of relevance."""

from __future__ import annotations

from pathlib import Path

import torch

from index.models.onnx_session import load_session
from training.batches import Batch


class Teacher:
    """The cross-encoder in ``folder``, as it is."""

    def __init__(self, folder: Path) -> None:
        self._session = load_session(folder)

    def relevance(self, batch: Batch) -> torch.Tensor:
        """Return a logit for each pair, shape (pairs,), float32."""
        inputs = {
            "input_ids": batch.input_ids.numpy(),
            "attention_mask": batch.attention_mask.numpy(),
            "token_type_ids": batch.token_type_ids.numpy(),
        }
        return torch.from_numpy(self._session.run(None, inputs)[0]).reshape(-1)
