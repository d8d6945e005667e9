"""LlamaIndex with its defaults: a VectorStoreIndex, its own sentence splitter, the first two."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from llama_index.core import Document, StorageContext, VectorStoreIndex, load_index_from_storage
from llama_index.core.embeddings import BaseEmbedding
from llama_index.embeddings.huggingface import HuggingFaceEmbedding

from benchmarks.peers.models import MINILM, minilm_folder, own_embedder, own_question_vector, own_vectors
from benchmarks.peers.protocol import Ask, Ingest, Shown, Text, serve


class OwnEmbedding(BaseEmbedding):  # type: ignore[misc]  # its base is not installed where types are checked
    """This project's embedder as one of LlamaIndex's."""

    def _get_text_embedding(self, text: str) -> list[float]:
        return own_vectors([text])[0]

    def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        return own_vectors(texts)

    def _get_query_embedding(self, query: str) -> list[float]:
        return own_question_vector(query)

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return own_question_vector(query)


def to_ingest(model: str, folder: Path) -> Ingest:
    embedding = _embedding(model)

    def ingest(articles: Sequence[Text]) -> None:
        documents = [
            Document(text=article.text, doc_id=article.id, metadata={"title": article.title})
            for article in articles
        ]
        index = VectorStoreIndex.from_documents(documents, embed_model=embedding)
        index.storage_context.persist(str(folder))

    return ingest


def to_ask(model: str, folder: Path) -> Ask:
    storage = StorageContext.from_defaults(persist_dir=str(folder))
    retriever = load_index_from_storage(storage, embed_model=_embedding(model)).as_retriever()

    def ask(question: str) -> list[Shown]:
        nodes = [found.node for found in retriever.retrieve(question)]
        return [Shown(node.ref_doc_id, node.get_content()) for node in nodes]

    return ask


def _embedding(model: str) -> BaseEmbedding:
    if model == MINILM:
        return HuggingFaceEmbedding(model_name=minilm_folder())
    own_embedder()
    return OwnEmbedding()


if __name__ == "__main__":
    packages = ["llama-index-core", "llama-index-embeddings-huggingface", "sentence-transformers"]
    serve(to_ingest, to_ask, packages)
