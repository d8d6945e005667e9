"""What is lowered: worked out by hand."""

from __future__ import annotations

import math

import pytest
import torch

from training.batches import Encoded, to_tensors
from training.loss import RELEVANCE, SMOOTHING, losses
from training.model import Outputs


def outputs(rows: int, answers: float) -> Outputs:
    flat = torch.zeros((rows, 6))
    return torch.full((rows,), 2.0), torch.full((rows,), answers), flat, flat


def encoded(*spans: tuple[int, int]) -> Encoded:
    return Encoded([101, 7, 102, 8, 9, 102], [0, 0, 0, 1, 1, 1], 3, spans)  # two words of the passage


def test_with_flat_scores_a_span_is_one_of_nine() -> None:
    # "No answer" and the two words may begin and end it: three times three.
    parts = losses(outputs(1, 0.0), to_tensors([encoded((3, 4))]), None)
    assert parts["spans"].item() == pytest.approx(math.log(9))
    assert parts["answers"].item() == pytest.approx(math.log(2))
    assert "relevance" not in parts


def test_two_right_places_add_up() -> None:
    parts = losses(outputs(1, 0.0), to_tensors([encoded((3, 3), (4, 4))]), None)
    assert parts["spans"].item() == pytest.approx(math.log(9 / 2))


def test_no_answer_is_the_first_token() -> None:
    flat = torch.zeros((1, 6))
    first = torch.tensor([[9.0, 0, 0, 0, 0, 0]])
    zero = torch.zeros(1)
    batch = to_tensors([encoded()])
    assert losses((zero, zero, first, first), batch, None)["spans"].item() < 0.001
    assert losses((zero, zero, flat, flat), batch, None)["spans"].item() == pytest.approx(math.log(9))


def test_what_stands_outside_the_passage_never_counts() -> None:
    loud = torch.tensor([[0.0, 50, 50, 0, 0, 50]])
    zero = torch.zeros(1)
    parts = losses((zero, zero, loud, loud), to_tensors([encoded((3, 4))]), None)
    assert parts["spans"].item() == pytest.approx(math.log(9))


def test_rows_are_averaged_and_relevance_is_kept() -> None:
    batch = to_tensors([encoded((3, 4)), encoded()])
    parts = losses(outputs(2, 3.0), batch, torch.tensor([2.0, 4.0]))
    yes, no = math.log1p(math.exp(-3.0)), math.log1p(math.exp(3.0))
    right = (1 - SMOOTHING) * yes + SMOOTHING * no
    wrong = SMOOTHING * yes + (1 - SMOOTHING) * no
    assert parts["answers"].item() == pytest.approx((right + wrong) / 2)
    assert parts["relevance"].item() == pytest.approx(RELEVANCE * 2.0)
