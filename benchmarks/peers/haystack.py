"""Haystack as in its tutorial on hybrid retrieval, without a ranker: BM25 and vectors, ten of each,
joined by reciprocal rank; texts cut into 512 words.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from haystack import Document
from haystack.components.joiners import DocumentJoiner
from haystack.components.preprocessors import DocumentSplitter
from haystack.components.retrievers.in_memory import InMemoryBM25Retriever, InMemoryEmbeddingRetriever
from haystack.document_stores.in_memory import InMemoryDocumentStore
from haystack_integrations.components.embedders.sentence_transformers import (
    SentenceTransformersDocumentEmbedder,
    SentenceTransformersTextEmbedder,
)

from benchmarks.peers.models import MINILM, minilm_folder, own_embedder, own_question_vector, own_vectors
from benchmarks.peers.protocol import Ask, Ingest, Shown, Text, serve

FILE = "store.json"


def to_ingest(model: str, folder: Path) -> Ingest:
    splitter = DocumentSplitter(split_by="word", split_length=512, split_overlap=32)
    embedded = _embed_documents(model)

    def ingest(articles: Sequence[Text]) -> None:
        documents = [
            Document(content=article.text, meta={"source": article.id, "title": article.title})
            for article in articles
        ]
        store = InMemoryDocumentStore()
        store.write_documents(embedded(splitter.run(documents)["documents"]))
        store.save_to_disk(str(folder / FILE))

    return ingest


def to_ask(model: str, folder: Path) -> Ask:
    store = InMemoryDocumentStore.load_from_disk(str(folder / FILE))
    by_words, by_meaning = InMemoryBM25Retriever(store), InMemoryEmbeddingRetriever(store)
    joiner = DocumentJoiner(join_mode="reciprocal_rank_fusion")
    vector_of = _embed_question(model)

    def ask(question: str) -> list[Shown]:
        found = [
            by_words.run(query=question)["documents"],
            by_meaning.run(query_embedding=vector_of(question))["documents"],
        ]
        joined = joiner.run(documents=found)["documents"]
        return [Shown(document.meta["source"], document.content) for document in joined]

    return ask


def _embed_documents(model: str) -> Callable[[list[Document]], list[Document]]:
    if model == MINILM:
        embedder = SentenceTransformersDocumentEmbedder(model=minilm_folder(), progress_bar=False)
        embedder.warm_up()
        return lambda documents: embedder.run(documents)["documents"]
    own_embedder()
    return lambda documents: [
        replace(document, embedding=vector)
        for document, vector in zip(
            documents, own_vectors([document.content for document in documents]), strict=True
        )
    ]


def _embed_question(model: str) -> Callable[[str], list[float]]:
    if model == MINILM:
        embedder = SentenceTransformersTextEmbedder(model=minilm_folder(), progress_bar=False)
        embedder.warm_up()
        return lambda question: embedder.run(question)["embedding"]
    own_embedder()
    return own_question_vector


if __name__ == "__main__":
    serve(to_ingest, to_ask, ["haystack-ai", "sentence-transformers-haystack", "sentence-transformers"])
