"""Bringing a library up to date with files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import pytest

from index.errors import ConfigError, ModelError, StaleLibraryError
from index.ingest.ingest import GATHERED, Outcome, embed_passages, ingest, rebuild, searched_text
from index.search import SqliteSearch
from index.store import SqliteLibrary
from index.types import Embedder, IndexConfiguration, Passage, Vectors
from tests.documents import DOCUMENTS
from tests.fakes import CONFIGURATION, FakeEmbedder


def no_embedder() -> Embedder:
    raise AssertionError("nothing is new, so no model is needed")


def write(folder: Path, **texts: str) -> list[Path]:
    for name, text in texts.items():
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    return [folder / f"{name}.md" for name in texts]


def run(library: SqliteLibrary, files: Iterable[Path], folder: Path) -> list[Outcome]:
    return list(ingest(iter(files), lambda: library, folder, CONFIGURATION, FakeEmbedder))


def test_what_is_new_is_added_and_what_is_not_is_left_alone(tmp_path: Path, library: SqliteLibrary) -> None:
    files = write(tmp_path, a="Bears like jam.", b="Foxes read. " * 30)
    first = run(library, files, tmp_path)
    assert [(Path(done.name).name, done.did, done.passages) for done in first] == [
        ("a.md", "added", 1),
        ("b.md", "added", 2),
    ]
    before = library.path.read_bytes()
    second = list(ingest(iter(files), lambda: library, tmp_path, CONFIGURATION, no_embedder))
    assert [(done.did, done.article and done.article.source) for done in second] == [
        ("unchanged", "a.md"),
        ("unchanged", "b.md"),
    ]
    assert library.path.read_bytes() == before


def test_short_articles_are_embedded_together_and_each_gets_its_own_vectors(
    tmp_path: Path, library: SqliteLibrary
) -> None:
    texts = {f"{number:03}": f"Bear number {number} likes jam." for number in range(GATHERED + 3)}
    calls: list[int] = []

    class Counted(FakeEmbedder):
        def embed_passages(self, texts: Sequence[str]) -> Vectors:
            calls.append(len(texts))
            return super().embed_passages(texts)

    done = list(ingest(iter(write(tmp_path, **texts)), lambda: library, tmp_path, CONFIGURATION, Counted))
    assert [Path(outcome.name).stem for outcome in done] == list(texts)
    assert {outcome.did for outcome in done} == {"added"}
    assert calls == [GATHERED, 3]
    search = SqliteSearch(library.path, CONFIGURATION)
    for outcome in done:
        assert outcome.article is not None
        passages, vectors = search.passages(outcome.article)
        assert np.array_equal(vectors, embed_passages(passages, FakeEmbedder()))
    search.close()


def test_a_file_named_in_two_ways_is_added_once(tmp_path: Path, library: SqliteLibrary) -> None:
    (tmp_path / "below").mkdir()
    (file,) = write(tmp_path, a="Bears like jam.")
    done = run(library, [file, tmp_path / "below" / ".." / "a.md"], tmp_path)
    assert [outcome.did for outcome in done] == ["added", "unchanged"]


def test_a_changed_file_replaces_its_article(tmp_path: Path, library: SqliteLibrary) -> None:
    run(library, write(tmp_path, a="Bears like jam."), tmp_path)
    (done,) = run(library, write(tmp_path, a="Bears like honey."), tmp_path)
    assert done.did == "replaced"
    assert [library.article(info.id).text for info in library.articles()] == ["Bears like honey."]


def test_a_file_that_cannot_be_read_does_not_stop_the_others(tmp_path: Path, library: SqliteLibrary) -> None:
    files = write(tmp_path, a="", b="Foxes read.")
    outcomes = run(library, files, tmp_path)
    assert [(done.did, str(done.error or "")) for done in outcomes] == [
        ("failed", "a.md contains no text. Please put the article's text into it."),
        ("added", ""),
    ]


def test_what_concerns_every_file_is_raised(
    tmp_path: Path, library: SqliteLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(*_: object) -> None:
        raise ModelError("The weights are missing.")

    monkeypatch.setattr("index.ingest.ingest.check_language", missing)
    files = write(tmp_path, bears="Bears like jam.")
    with pytest.raises(ModelError):
        list(ingest(iter(files), lambda: library, tmp_path, CONFIGURATION, FakeEmbedder, languages=["en"]))


def test_the_pages_of_a_pdf_are_kept(tmp_path: Path, library: SqliteLibrary) -> None:
    (done,) = run(library, [DOCUMENTS / "libreoffice.pdf"], tmp_path)
    assert done.article is not None
    article = library.article(done.article.id)
    assert (len(article.pages), article.pages) == (2, done.article.pages)
    last = library.passages(article.id)[-1]
    assert article.text[last.start : last.end] == last.text
    assert article.pages[1] < last.start


def test_a_library_made_with_another_model_is_left_alone(tmp_path: Path, library: SqliteLibrary) -> None:
    files = write(tmp_path, a="Bears like jam.")
    with pytest.raises(StaleLibraryError):
        list(ingest(iter(files), lambda: library, tmp_path, IndexConfiguration("fake", 41), no_embedder))
    assert library.articles() == []


def test_a_model_that_reads_less_than_a_passage_is_not_used(tmp_path: Path, library: SqliteLibrary) -> None:
    embedder = FakeEmbedder()
    embedder.max_tokens = 39
    files = write(tmp_path, a="Bears like jam.")
    with pytest.raises(ConfigError) as caught:
        list(ingest(iter(files), lambda: library, tmp_path, CONFIGURATION, lambda: embedder))
    assert str(caught.value) == (
        "config.toml: [index] passage_tokens is 40, but fake reads only 39. Set it lower."
    )
    assert library.articles() == []


def test_a_passage_is_searched_under_what_it_is_about() -> None:
    assert searched_text(Passage("a", 0, 3, "Jam.", "Bears · Food")) == "Bears · Food\nJam."
    assert searched_text(Passage("a", 0, 3, "Jam.")) == "Jam."


def test_rebuild_splits_and_embeds_every_article_again(tmp_path: Path, library: SqliteLibrary) -> None:
    run(library, write(tmp_path, a="Bears like jam. Foxes read.", b="The moon shines."), tmp_path)
    configuration = IndexConfiguration("other", 3)
    done = list(rebuild(library, configuration, FakeEmbedder(dim=32)))
    assert [article.source for article in done] == ["a.md", "b.md"]
    assert [[passage.text for passage in library.passages(article.id)] for article in done] == [
        ["Bears like jam.", "Foxes read."],
        ["The moon shines."],
    ]
    assert (library.configuration, library.verify()) == (configuration, [])


def test_a_rebuild_that_is_stopped_changes_nothing(tmp_path: Path, library: SqliteLibrary) -> None:
    run(library, write(tmp_path, a="Bears like jam.", b="Foxes read."), tmp_path)
    before = library.path.read_bytes()
    halfway = rebuild(library, IndexConfiguration("other", 3), FakeEmbedder(dim=32))
    next(halfway)
    next(halfway)
    del halfway
    assert library.path.read_bytes() == before
