"""python -m benchmarks.ingest.child FOLDER DATA: add FOLDER as the command does, ask, and report in JSON.

A process of its own, so that its memory is that of adding. The model is loaded before the time is taken.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from benchmarks.ingest.adding import IngestError
from index.documents.article import find_files
from index.ingest.ingest import ingest
from index.models import load_embedder
from index.search import SqliteSearch
from index.settings import IndexSettings
from index.store import SqliteLibrary
from index.store.paths import library_path
from index.types import IndexConfiguration


def main(folder: Path, data: Path) -> None:
    """Add, until everything is found; raises IngestError where something was not added."""
    settings = IndexSettings()
    configuration = IndexConfiguration(settings.embedder, settings.passage_tokens)
    embedder = load_embedder(settings.embedder)
    embedder.embed_passages(["This warms", "two cores."])
    path = library_path(data, "main")
    start = time.perf_counter()
    with SqliteLibrary(path, configuration) as library:
        done = list(ingest(find_files(folder), lambda: library, folder, configuration, lambda: embedder))
    search = SqliteSearch(path, configuration)
    found = search.nearest(embedder.embed_questions(["What is it about?"])[0], 1)
    seconds = time.perf_counter() - start
    failed = [str(outcome.error) for outcome in done if outcome.did != "added"]
    if failed or not found:
        raise IngestError(f"{len(failed)} of {len(done)} articles were not added: {failed[:1]}")
    figures = {
        "articles": len(done),
        "passages": sum(outcome.passages for outcome in done),
        "characters": sum(len(outcome.article.text) for outcome in done if outcome.article),
        "seconds": seconds,
    }
    print(json.dumps(figures))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
