"""This project, through what it offers to programs. What it shows is its quotes; no citation is a no."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from benchmarks.peers.protocol import Ask, Ingest, Shown, Text, serve
from index.config import Config, load_config
from index.documents.article import make_article
from index.documents.formats.types import Extracted
from index.documents.normalize import normal_form
from index.ingest.ingest import embed_article
from index.models import load_embedder
from index.search import SqliteSearch
from index.settings import IndexSettings
from index.store import SqliteLibrary
from index.store.paths import library_path
from index.types import IndexConfiguration
from retrieval import Answerer
from retrieval.answers import citations_of
from retrieval.types import QuestionError


def to_ingest(model: str, folder: Path) -> Ingest:
    """Return what puts articles into a library below ``folder``, as adding them by a command does."""
    config, configuration = _settings(model, folder)
    embedder = load_embedder(model)

    def ingest(articles: Sequence[Text]) -> None:
        with SqliteLibrary(library_path(config.data_dir, "main"), configuration) as library:
            for text in articles:
                article = make_article(text.id, Extracted(text.title, normal_form(text.text)))
                library.replace(article, *embed_article(article, configuration.passage_tokens, embedder))

    return ingest


def to_ask(model: str, folder: Path) -> Ask:
    """Return what asks the library below ``folder``."""
    config, configuration = _settings(model, folder)
    answerer = Answerer.load(config)
    search = SqliteSearch(library_path(config.data_dir, "main"), configuration)

    def ask(question: str) -> list[Shown]:
        try:
            answer = answerer.ask(question, [search])
        except QuestionError:  # what it does not take as a question it does not answer
            return []
        return [Shown(citation.article.source, citation.quote.text) for citation in citations_of(answer)]

    return ask


def _settings(model: str, folder: Path) -> tuple[Config, IndexConfiguration]:
    path = folder / "config.toml"
    path.write_text(f'[index]\nembedder = "{model}"\n', encoding="utf-8")
    config = load_config(path)
    settings = config.section("index", IndexSettings)
    return config, IndexConfiguration(settings.embedder, settings.passage_tokens)


if __name__ == "__main__":
    serve(to_ingest, to_ask, ["faiss-cpu", "onnxruntime", "sentence-transformers", "torch"])
