"""txtai, hybrid: vectors and BM25, weighted by half each; one text per row, the first three."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from txtai import Embeddings

from benchmarks.peers.models import MINILM, OWN_PROMPT, minilm_folder, own_embedder
from benchmarks.peers.protocol import Ask, Ingest, Shown, Text, serve


def to_ingest(model: str, folder: Path) -> Ingest:
    embeddings = Embeddings(hybrid=True, content=True, **_vectors(model))

    def ingest(articles: Sequence[Text]) -> None:
        embeddings.index(
            (article.id, {"text": article.text, "title": article.title}, None) for article in articles
        )
        embeddings.save(str(folder))

    return ingest


def to_ask(model: str, folder: Path) -> Ask:
    if model != MINILM:
        own_embedder()
    embeddings = Embeddings()
    embeddings.load(str(folder))  # what it was made with is written there

    def ask(question: str) -> list[Shown]:
        return [Shown(found["id"], found["text"]) for found in embeddings.search(question)]

    return ask


def _vectors(model: str) -> dict[str, Any]:
    if model == MINILM:
        return {"path": minilm_folder()}
    own_embedder()
    # By name: the saved index keeps it, too.
    return {"transform": "benchmarks.peers.models.own_vectors", "instructions": {"query": OWN_PROMPT}}


if __name__ == "__main__":
    serve(to_ingest, to_ask, ["txtai", "faiss-cpu", "transformers"])
