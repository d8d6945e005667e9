"""The table [index] of config.toml: what is searched, and with which model."""

from __future__ import annotations

from pydantic import Field

from index.config import Settings


class IndexSettings(Settings):
    """How articles are cut and embedded. A library keeps to what it was made with until it is rebuilt."""

    embedder: str = Field("bge-small-en-v1.5", min_length=1)
    passage_tokens: int = Field(160, ge=32, le=480)
