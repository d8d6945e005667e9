"""What a stopped run goes on from."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch
from torch.optim import Optimizer
from torch.optim.lr_scheduler import LRScheduler

from index.errors import OperatorError
from training.model import ReaderModel
from training.precision import Precision


class CheckpointError(OperatorError):
    """A checkpoint that belongs to another run."""


class Checkpoint:
    """One file in ``folder``, replaced whole; ``made_with`` says which run it belongs to."""

    def __init__(self, folder: Path, made_with: Mapping[str, object]) -> None:
        self._path = folder / "checkpoint.pt"
        self._made_with = dict(made_with)

    def save(
        self,
        step: int,
        precision: Precision,
        model: ReaderModel,
        optimizer: Optimizer,
        schedule: LRScheduler,
    ) -> None:
        """Write the state after ``step`` steps that were computed in ``precision``."""
        state = {
            "step": step,
            "precision": precision,
            "made_with": self._made_with,
            "model": model.state_dict(),
            "optimizer": optimizer.state_dict(),
            "schedule": schedule.state_dict(),
        }
        new = self._path.with_suffix(".new")
        torch.save(state, new)
        new.replace(self._path)

    def load(
        self, model: ReaderModel, optimizer: Optimizer, schedule: LRScheduler
    ) -> tuple[int, Precision] | None:
        """Put the saved state into the three; return the steps done and their precision.

        Returns None without a checkpoint. Raises CheckpointError for one of other data or settings.
        """
        if not self._path.exists():
            return None
        state: dict[str, Any] = torch.load(self._path, weights_only=True)
        if state["made_with"] != self._made_with:
            raise CheckpointError(
                f"{self._path} was made with {state['made_with']}, not {self._made_with}. Name another "
                "--out, or delete it to start again."
            )
        model.load_state_dict(state["model"])
        optimizer.load_state_dict(state["optimizer"])
        schedule.load_state_dict(state["schedule"])
        return state["step"], state["precision"]
