"""The libraries of the scenarios, filled as `verbatim add` does it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from index.config import load_config
from index.ingest.ingest import ingest
from index.models import load_embedder
from index.settings import IndexSettings
from index.store import SqliteLibrary
from index.store.paths import chat_library_path
from index.types import Embedder, IndexConfiguration


def fill(library: Path, files: Iterable[Path], config: Path) -> None:
    """Add these files to the library at this path; where there is none, it is made as ``config`` says."""
    settings = load_config(config).section("index", IndexSettings)
    configuration = IndexConfiguration(settings.embedder, settings.passage_tokens)
    with SqliteLibrary(library, configuration) as opened:
        for outcome in ingest(
            iter(files), lambda: opened, config.parent, configuration, lambda: embedder_of(settings.embedder)
        ):
            assert outcome.error is None


def fill_chat_library(folder: Path, chat_id: int, articles: Mapping[str, str]) -> None:
    """Add articles, texts by title, to a chat's own library in the data folder of a running bot."""
    written = folder / "written" / str(chat_id)
    written.mkdir(parents=True)
    files = []
    for number, (title, text) in enumerate(articles.items(), 1):
        files.append(written / f"{number}.md")
        about = f"---\ntitle: {title}\npublished: 2021-01-{number:02}\n---\n\n"
        files[-1].write_text(about + text, encoding="utf-8")
    fill(chat_library_path(folder / "data", chat_id), files, folder / "config.toml")


def empty_chat_library(folder: Path, chat_id: int) -> None:
    """Remove all articles of a chat's own library."""
    with SqliteLibrary(chat_library_path(folder / "data", chat_id)) as library:
        for article in library.articles():
            library.remove(article.id)


@cache
def embedder_of(name: str) -> Embedder:
    """The real one, loaded once."""
    return load_embedder(name)
