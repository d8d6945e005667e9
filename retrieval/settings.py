"""The table [retrieval] of config.toml: how an answer is found, and when there is none."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from index.config import Settings

Language = Annotated[str, Field(pattern=r"^[a-z]{2,3}$")]


class RetrievalSettings(Settings):
    """Thresholds are logits of the reader, higher is better; another reader needs others."""

    reader: str = Field("ms-marco-MiniLM-L-12-v2", min_length=1)
    candidates: int = Field(8, ge=1, le=100)  # passages each search gives, and passages read
    quotes: int = Field(3, ge=1, le=10)  # at most so many in an answer
    sentences: int = Field(2, ge=1, le=5)  # in a row, at most so many in a quote
    # ISO 639 codes of what the embedder and reader were made for: a question in another language is told so.
    languages: Annotated[list[Language], Field(min_length=1)] = Field(default=["en"])
    min_relevance: float = Field(-6.0, ge=-20.0, le=20.0)  # under it nothing is close
    min_answers: float = Field(-2.0, ge=-20.0, le=20.0)  # under it the closest is no answer
