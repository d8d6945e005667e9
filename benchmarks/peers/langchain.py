"""LangChain with FAISS as in its tutorial on retrieval: pieces of 1,000 characters, the first four."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from langchain_community.vectorstores import FAISS
from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings
from langchain_huggingface import HuggingFaceEmbeddings
from langchain_text_splitters import RecursiveCharacterTextSplitter

from benchmarks.peers.models import MINILM, minilm_folder, own_embedder, own_question_vector, own_vectors
from benchmarks.peers.protocol import Ask, Ingest, Shown, Text, serve


class OwnEmbeddings(Embeddings):  # type: ignore[misc]  # its base is not installed where types are checked
    """This project's embedder as one of LangChain's."""

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return own_vectors(texts)

    def embed_query(self, text: str) -> list[float]:
        return own_question_vector(text)


def to_ingest(model: str, folder: Path) -> Ingest:
    embeddings = _embeddings(model)
    splitter = RecursiveCharacterTextSplitter(chunk_size=1000, chunk_overlap=200, add_start_index=True)

    def ingest(articles: Sequence[Text]) -> None:
        documents = [
            Document(page_content=article.text, metadata={"source": article.id, "title": article.title})
            for article in articles
        ]
        FAISS.from_documents(splitter.split_documents(documents), embeddings).save_local(str(folder))

    return ingest


def to_ask(model: str, folder: Path) -> Ask:
    # It keeps its texts as a pickle; this one we have just written.
    store = FAISS.load_local(str(folder), _embeddings(model), allow_dangerous_deserialization=True)

    def ask(question: str) -> list[Shown]:
        found = store.similarity_search(question)
        return [Shown(document.metadata["source"], document.page_content) for document in found]

    return ask


def _embeddings(model: str) -> Embeddings:
    if model == MINILM:
        return HuggingFaceEmbeddings(model_name=minilm_folder())
    own_embedder()
    return OwnEmbeddings()


if __name__ == "__main__":
    packages = ["langchain-core", "langchain-community", "langchain-huggingface", "langchain-text-splitters"]
    serve(to_ingest, to_ask, packages)
