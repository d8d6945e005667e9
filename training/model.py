"""The reader as torch trains it: one BERT body, four outputs of one pass."""

from __future__ import annotations

from pathlib import Path

import torch
from torch import nn
from transformers import BertConfig, BertModel

from index.errors import OperatorError
from training.body import Body, body_weights

TRAINED = "model.pt"
"""The file of a run that holds its weights."""

Outputs = tuple[torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor]


class WeightsError(OperatorError):
    """There are no trained weights where they should be."""


class ReaderModel(nn.Module):
    """Relevance from the body's own pooler and classifier; whether it answers, and where, from new heads."""

    def __init__(self, sizes: BertConfig) -> None:
        super().__init__()
        self.bert = BertModel(sizes)
        self.classifier = nn.Linear(sizes.hidden_size, 1)
        self.answers = nn.Linear(sizes.hidden_size, 1)
        self.spans = nn.Linear(sizes.hidden_size, 2)

    @classmethod
    def from_body(cls, body: Body) -> ReaderModel:
        """Return ``body`` with new heads."""
        model = cls(body.sizes)
        missing, unexpected = model.load_state_dict(body_weights(body.weights), strict=False)
        new = {f"{head}.{kind}" for head in ("answers", "spans") for kind in ("weight", "bias")}
        if set(missing) != new or unexpected:
            raise ValueError(f"{body.weights} is another model: missing {missing}, unexpected {unexpected}.")
        return model

    def load_trained(self, run: Path) -> None:
        """Take the weights that training left in the folder ``run``. Raises WeightsError."""
        try:
            self.load_state_dict(torch.load(run / TRAINED, weights_only=True))
        except OSError as error:
            raise WeightsError(
                f"{run / TRAINED} can't be read: {error.strerror}. Name the --out of a finished run."
            ) from None

    def forward(
        self, input_ids: torch.Tensor, attention_mask: torch.Tensor, token_type_ids: torch.Tensor
    ) -> Outputs:
        """Return logits: relevance and answers of shape (pairs,), starts and ends of shape (pairs, tokens).

        In starts and ends the first token stands for "no answer".
        """
        body = self.bert(input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids)
        starts, ends = self.spans(body.last_hidden_state).unbind(-1)
        relevance = self.classifier(body.pooler_output).squeeze(-1)
        answers = self.answers(body.last_hidden_state[:, 0]).squeeze(-1)
        return relevance, answers, starts, ends
