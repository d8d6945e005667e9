"""In which type of number training computes."""

from __future__ import annotations

from typing import get_args

import pytest
import torch

from training import precision
from training.precision import Precision, computing_in, faster_precision


@pytest.mark.parametrize("faster", get_args(Precision))
def test_the_type_that_is_measured_faster_is_taken(
    faster: Precision, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(precision, "_best_s", lambda *measured: 1.0 if measured[-1] == faster else 2.0)
    assert faster_precision(64, 128) == faster


def test_the_measurement_runs_here() -> None:
    assert faster_precision(64, 128) in get_args(Precision)


@pytest.mark.parametrize(("name", "dtype"), [("float32", torch.float32), ("bfloat16", torch.bfloat16)])
def test_products_are_computed_in_it(name: Precision, dtype: torch.dtype) -> None:
    with computing_in(name):
        assert torch.nn.functional.linear(torch.ones(2, 3), torch.ones(4, 3)).dtype == dtype
