"""Which type of number the processor multiplies faster.

bfloat16 halves the time of training where the processor has instructions for it; one without them is forty
times slower in it than in float32.
"""

from __future__ import annotations

import time
from typing import Literal

import torch
from torch.nn import functional

Precision = Literal["float32", "bfloat16"]

_ROWS = 512
_ROUNDS = 3


def faster_precision(hidden: int, intermediate: int) -> Precision:
    """Measure a product of a block's shape, forward and backward, in both; return the faster.

    Takes less than a second with instructions for bfloat16, about ten without.
    """
    rows = torch.ones(_ROWS, hidden, requires_grad=True)
    weights = torch.ones(intermediate, hidden, requires_grad=True)
    float32_s = _best_s(rows, weights, "float32")
    bfloat16_s = _best_s(rows, weights, "bfloat16")
    return "bfloat16" if bfloat16_s < float32_s else "float32"


def _best_s(rows: torch.Tensor, weights: torch.Tensor, precision: Precision) -> float:
    """Return the seconds of the fastest of a few steps, so that other work on the machine counts little."""
    times = []
    for _ in range(_ROUNDS):
        began = time.perf_counter()
        with computing_in(precision):
            product = functional.linear(rows, weights)
        product.sum().backward()  # type: ignore[no-untyped-call]  # torch leaves it without types
        times.append(time.perf_counter() - began)
    return min(times)


def computing_in(precision: Precision) -> torch.autocast:
    """Return a context in which products are computed in ``precision``; weights stay float32."""
    return torch.autocast("cpu", dtype=torch.bfloat16, enabled=precision == "bfloat16")
