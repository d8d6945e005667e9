"""The float weights that training starts from, out of the quantised file of a package.

The file is dynamically quantised: a weight is ``(integer - zero point) * scale``, so float comes back.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
import torch
from onnx import numpy_helper
from transformers import BertConfig

from index.models import find_weights
from retrieval.read.cross_encoder import PACKAGED

BODY = "ms-marco-MiniLM-L-12-v2"

SIZES = BertConfig(
    vocab_size=30522,
    hidden_size=384,
    num_hidden_layers=12,
    num_attention_heads=12,
    intermediate_size=1536,
    max_position_embeddings=512,
    # Without dropout the CPU is half as fast again, and one epoch of mixed sources does not overfit.
    hidden_dropout_prob=0.0,
    attention_probs_dropout_prob=0.0,
    attn_implementation="eager",  # type: ignore[call-arg]  # it takes more than its class declares
)
"""The sizes of BODY."""

_QUANTISED = "_quantized"

Array = npt.NDArray[Any]


@dataclass(frozen=True, slots=True)
class Body:
    """A quantised cross-encoder to train from: ``folder`` holds its model.onnx and its tokenizer.json."""

    folder: Path
    sizes: BertConfig

    @property
    def weights(self) -> Path:
        """The file of its weights."""
        return self.folder / "model.onnx"


def packaged_body() -> Body:
    """Return BODY out of its package, its files checked against their SHA-256."""
    return Body(find_weights(PACKAGED[BODY]), SIZES)


def body_weights(file: Path) -> dict[str, torch.Tensor]:
    """Return the weights of the quantised BERT in ``file`` as float32, under transformers' names.

    The matrices of the blocks have lost their names there; the bias that is added to each product has not.
    """
    graph = onnx.load(file).graph
    stored = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}
    weights = {
        name: array for name, array in stored.items() if name.endswith((".weight", ".bias")) and array.ndim
    }
    for name in stored:
        if name.endswith(f".weight{_QUANTISED}"):
            weights[name.removesuffix(_QUANTISED)] = _float(stored, name.removesuffix(_QUANTISED))
    made_by = {output: node for node in graph.node for output in node.output}
    for node in graph.node:
        bias = next((name for name in node.input if name.endswith(".bias") and name in stored), None)
        if node.op_type != "Add" or bias is None or bias.removesuffix("bias") + "weight" in weights:
            continue
        product = made_by[next(name for name in node.input if name != bias)]
        while product.op_type != "MatMulInteger":
            product = made_by[next(name for name in product.input if name in made_by)]
        weights[bias.removesuffix("bias") + "weight"] = _float(
            stored, product.input[1].removesuffix(_QUANTISED)
        )
    return {
        name: torch.tensor(array.T if _is_matrix(name, array) else array) for name, array in weights.items()
    }


def _is_matrix(name: str, array: Array) -> bool:
    # ONNX multiplies from the other side than torch's Linear; embeddings are looked up, not multiplied.
    return array.ndim == 2 and ".embeddings." not in name


def _float(stored: dict[str, Array], name: str) -> Array:
    integers = stored[name + _QUANTISED].astype(np.float32)
    zero = stored[f"{name}_zero_point"].astype(np.float32)
    return (integers - zero) * stored[f"{name}_scale"]
