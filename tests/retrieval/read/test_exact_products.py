"""Products of eight bits are exact on the processor that runs this, whichever it is.

One with AVX2 and no VNNI adds products of signed weights in sixteen bits; those over 64 overflow there.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
import onnxruntime
import pytest
from onnx import TensorProto, helper, numpy_helper

from index.models import find_weights
from index.models.onnx_session import load_session
from index.models.packaged import BGE_SMALL, MINILM
from retrieval.read import WEIGHTS

Array = npt.NDArray[Any]
Product = tuple[Array, Array]
"""Weights and their zero points, of one product."""

EXTREME: Product = (
    np.tile(np.array([[127, -127]], dtype=np.int8), (384, 192)),
    np.zeros(384, dtype=np.int8),
)


def products_of(file: Path) -> list[Product]:
    """Every product with weights of eight bits of the model in ``file``."""
    graph = onnx.load(file).graph
    stored = {tensor.name: tensor for tensor in graph.initializer}
    return [
        (numpy_helper.to_array(stored[node.input[1]]), numpy_helper.to_array(stored[node.input[3]]))
        for node in graph.node
        if node.op_type == "MatMulInteger"
    ]


def as_model(products: Sequence[Product]) -> bytes:
    """A model that does nothing but these products."""
    widths = sorted({len(weights) for weights, _ in products})
    graph = helper.make_graph(
        [
            helper.make_node(
                "MatMulInteger", [f"rows{len(weights)}", f"weights{n}", "", f"zero{n}"], [f"product{n}"]
            )
            for n, (weights, _) in enumerate(products)
        ],
        "products",
        [helper.make_tensor_value_info(f"rows{width}", TensorProto.UINT8, [None, width]) for width in widths],
        [
            helper.make_tensor_value_info(f"product{n}", TensorProto.INT32, [None, weights.shape[1]])
            for n, (weights, _) in enumerate(products)
        ],
        [
            numpy_helper.from_array(array, f"{name}{n}")
            for n, product in enumerate(products)
            for name, array in zip(("weights", "zero"), product, strict=True)
        ],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8)
    return bytes(model.SerializeToString())


def assert_exact(session: onnxruntime.InferenceSession, products: Sequence[Product]) -> None:
    """Compare the session's products with those of whole numbers, of extreme rows and of others."""
    random = np.random.default_rng(0)
    widths = sorted({len(weights) for weights, _ in products})
    rows = {
        width: np.vstack([np.full((1, width), 255), random.integers(0, 256, (4, width))]).astype(np.uint8)
        for width in widths
    }
    found = session.run(None, {f"rows{width}": values for width, values in rows.items()})
    for product, (weights, zero) in zip(found, products, strict=True):
        integers = weights.astype(np.float64) - zero  # far below 2 ** 53: exact, and quick
        assert (product == rows[len(weights)] @ integers).all()


@pytest.mark.parametrize(
    "model",
    [WEIGHTS, find_weights(BGE_SMALL), find_weights(MINILM)],
    ids=["reader", "embedder", "cross-encoder"],
)
def test_of_every_model_as_it_is_loaded(model: Path, tmp_path: Path) -> None:
    products = products_of(model / "model.onnx")
    assert len(products) >= 72
    (tmp_path / "model.onnx").write_bytes(as_model(products))
    assert_exact(load_session(tmp_path), products)


def test_of_the_largest_signed_weights_as_they_are_loaded(tmp_path: Path) -> None:
    (tmp_path / "model.onnx").write_bytes(as_model([EXTREME]))
    assert_exact(load_session(tmp_path), [EXTREME])
