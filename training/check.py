"""How well a model reads pairs that it was not trained on."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

import torch
from sklearn.metrics import roc_auc_score

from training.batches import Encoded, make_batches, to_tensors
from training.loss import losses
from training.model import ReaderModel


def check(model: ReaderModel, encoded: Sequence[Encoded]) -> dict[str, float]:
    """Measure how well the model answers the ``encoded`` pairs.

    ``pairs`` is their number, ``spans`` and ``answers`` are the losses. ``start`` is the share of the answers
    that begin at the right token; ``auroc`` is how well "answers" parts those with an answer from those
    without, 0.5 to 1.
    """
    model.eval()
    scores, labels, starts, totals = [], [], [], [0.0, 0.0]
    with torch.inference_mode():
        for chosen in make_batches(encoded, Random(0)):
            batch = to_tensors(chosen)
            outputs = model(batch.input_ids, batch.attention_mask, batch.token_type_ids)
            parts = losses(outputs, batch, None)
            totals[0] += parts["spans"].item() * len(chosen)
            totals[1] += parts["answers"].item() * len(chosen)
            inside = batch.inside.clone()
            inside[:, 0] = False
            best = outputs[2].masked_fill(~inside, -1e9).argmax(-1)
            for pair, answers, start in zip(chosen, outputs[1].tolist(), best.tolist(), strict=True):
                scores.append(answers)
                labels.append(bool(pair.spans))
                if pair.spans:
                    starts.append(start in {first for first, _ in pair.spans})
    model.train()
    count = max(1, len(scores))
    return {
        "pairs": len(scores),
        "spans": round(totals[0] / count, 4),
        "answers": round(totals[1] / count, 4),
        "start": round(sum(starts) / max(1, len(starts)), 4),
        "auroc": round(float(roc_auc_score(labels, scores)), 4) if len(set(labels)) == 2 else 0.0,
    }
