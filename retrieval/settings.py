"""The table [retrieval] of config.toml: how an answer is found, and when there is none."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import Field

from index.config import Settings

OWN = "verbatim-reader"
"""The name of the project's own reader."""


def _by_reader(own: float, other: float) -> Any:
    """Return a default that depends on the reader: each has a scale of its own."""

    def choose(values: Mapping[str, Any]) -> float:
        return own if values.get("reader") == OWN else other

    return choose


class RetrievalSettings(Settings):
    """Thresholds are logits of the reader, higher is better; `verbatim calibrate` chooses them."""

    reader: str = Field(OWN, min_length=1)
    candidates: int = Field(8, ge=1, le=100)  # passages each search gives, and passages read
    quotes: int = Field(3, ge=1, le=10)  # the most in an answer
    sentences: int = Field(2, ge=1, le=5)  # the most in a row in a quote
    enough: float = Field(0.98, gt=0.0, le=1.0)  # a quote takes no more sentences when it holds this share
    # under it nothing is close
    min_relevance: float = Field(default_factory=_by_reader(-4.0, -6.0), ge=-20.0, le=20.0)
    # under it the closest is no answer
    min_answers: float = Field(default_factory=_by_reader(-1.5, -2.0), ge=-20.0, le=20.0)
