"""What the model is trained to lower: where the answer is, whether there is one, and how relevant it is."""

from __future__ import annotations

import torch
from torch.nn import functional

from training.batches import Batch
from training.model import Outputs

RELEVANCE = 0.05
"""Weight of staying near the relevance of the model that it began as, so that ranking does not get worse."""

SMOOTHING = 0.02
"""How far the goal of "answers" stays from 0 and 1: a few pairs are labelled wrongly."""


def losses(outputs: Outputs, batch: Batch, relevance: torch.Tensor | None) -> dict[str, torch.Tensor]:
    """Return the means over the batch: ``spans``, ``answers`` and, where ``relevance`` is given, that too.

    ``spans`` is the negative log of the probability of all spans that are right, of start and end together;
    where the passage does not answer, of "no answer".
    """
    old, answers, starts, ends = outputs
    forbidden = torch.finfo(torch.float32).min
    starts = starts.float().masked_fill(~batch.inside, forbidden).log_softmax(-1)
    ends = ends.float().masked_fill(~batch.inside, forbidden).log_softmax(-1)
    rows, first, last = _right(batch)
    # Several places of one answer: the model may choose among them, so their probabilities add up.
    chosen = torch.full((len(batch.spans), int(rows[1].max()) + 1), forbidden)
    chosen[rows[0], rows[1]] = starts[rows[0], first] + ends[rows[0], last]
    goal = torch.tensor([float(bool(spans)) for spans in batch.spans])
    goal = goal * (1 - 2 * SMOOTHING) + SMOOTHING
    parts = {
        "spans": -chosen.logsumexp(-1).mean(),
        "answers": functional.binary_cross_entropy_with_logits(answers.float(), goal),
    }
    if relevance is not None:
        parts["relevance"] = RELEVANCE * functional.mse_loss(old.float(), relevance)
    return parts


def _right(batch: Batch) -> tuple[tuple[torch.Tensor, torch.Tensor], torch.Tensor, torch.Tensor]:
    """Return every right span of the batch: its row and its number there, its first and its last token."""
    found = [
        (row, number, first, last)
        for row, spans in enumerate(batch.spans)
        for number, (first, last) in enumerate(spans or ((0, 0),))
    ]
    row, number, first, last = torch.tensor(found).unbind(-1)
    return (row, number), first, last
