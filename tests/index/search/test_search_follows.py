"""A library stays open for asking while others write it: it finds what one opened just now finds."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from index.errors import LibraryDamagedError
from index.ingest.ingest import embed_article
from index.search import SqliteSearch
from index.store import SqliteLibrary, rows
from index.types import Hit, Vectors
from tests.fakes import CONFIGURATION, FakeEmbedder, make_article, put_article

WORDS = ["bear", "jam", "honey", "fox", "newspaper", "badger", "spoon", "forest"]
sources = st.sampled_from(["1.md", "2.md", "3.md", "4.md"])
sentences = st.lists(st.sampled_from(WORDS), min_size=1, max_size=9).map(lambda words: f"{' '.join(words)}.")


class Followed(RuleBasedStateMachine):
    """One library, written by one, asked by another that has it open all the while."""

    @initialize()
    def open(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.dim = 256
        self.library = SqliteLibrary(self.folder / "main.db", CONFIGURATION)
        self.search = SqliteSearch(self.library.path, CONFIGURATION)
        self.seen: set[str] = set()

    def teardown(self) -> None:
        if hasattr(self, "folder"):
            self.search.close()
            self.library.close()
            shutil.rmtree(self.folder)

    @rule(source=sources, text=st.lists(sentences, min_size=1, max_size=12).map(" ".join))
    def put(self, source: str, text: str) -> None:
        article = make_article(text, source)
        self.library.replace(article, *embed_article(article, 40, FakeEmbedder(self.dim)))
        self.seen.add(article.id)

    @precondition(lambda self: len(self.library.articles()) > 1)
    @rule(place=st.integers(0, 3))
    def remove(self, place: int) -> None:
        infos = sorted(self.library.articles(), key=lambda info: info.source)
        self.library.remove(infos[place % len(infos)].id)

    @rule()
    def remove_all(self) -> None:
        for info in self.library.articles():
            self.library.remove(info.id)

    @rule(dim=st.sampled_from([128, 256]), tokens=st.sampled_from([20, 40]))
    def rebuild(self, dim: int, tokens: int) -> None:
        self.dim = dim
        articles = [self.library.article(info.id) for info in self.library.articles()]
        contents = [(article.id, *embed_article(article, tokens, FakeEmbedder(dim))) for article in articles]
        self.library.rebuild(CONFIGURATION, contents)

    @rule(question=sentences, k=st.sampled_from([1, 5, 99]), chosen=st.sets(st.integers(0, 9)))
    def ask(self, question: str, k: int, chosen: set[int]) -> None:
        vector = FakeEmbedder(self.dim).embed_questions([question])[0]
        ids = [article_id for number, article_id in enumerate(sorted(self.seen)) if number in chosen]
        fresh = SqliteSearch(self.library.path, CONFIGURATION)
        try:
            for among in (None, ids):
                assert self.search.nearest(vector, k, among) == fresh.nearest(vector, k, among)
                assert self.search.matching(question, k, among) == fresh.matching(question, k, among)
            assert self.search.articles() == fresh.articles()
        finally:
            fresh.close()


TestFollowed = Followed.TestCase
TestFollowed.settings = settings(max_examples=25, stateful_step_count=20, deadline=None)


def embed(question: str) -> Vectors:
    vector: Vectors = FakeEmbedder().embed_questions([question])[0]
    return vector


def texts(hits: list[Hit]) -> list[str]:
    return [hit.passage.text for hit in hits]


def test_only_what_is_new_is_read(library: SqliteLibrary, monkeypatch: pytest.MonkeyPatch) -> None:
    put_article(library, make_article("Bears like jam. " * 50, "1.md"))
    search = SqliteSearch(library.path, CONFIGURATION)
    read: list[int] = []
    read_vectors = rows.read_vectors

    def counted(*given: object) -> tuple[list[int], Vectors]:
        numbers, vectors = read_vectors(*given)  # type: ignore[arg-type]
        read.extend(numbers)
        return numbers, vectors

    monkeypatch.setattr(rows, "read_vectors", counted)
    foxes = put_article(library, make_article("Foxes read newspapers.", "2.md"))
    assert texts(search.nearest(embed("foxes"), 1)) == ["Foxes read newspapers."]
    assert len(read) == 1
    library.remove(foxes.id)
    assert texts(search.nearest(embed("foxes"), 1)) != ["Foxes read newspapers."]
    assert len(read) == 1
    search.close()


def test_the_numbers_are_read_without_texts_and_vectors(library: SqliteLibrary) -> None:
    put_article(library, make_article("Bears like jam."))
    asked: list[str] = []
    library._connection.set_trace_callback(asked.append)
    rows.read_numbers(library._connection)
    library._connection.set_trace_callback(None)
    for query in asked:
        ((*_, plan),) = library._connection.execute(f"EXPLAIN QUERY PLAN {query}").fetchall()
        assert "USING COVERING INDEX" in plan
    assert len(asked) == 2


def test_a_library_copied_over_this_one_is_read_anew(library: SqliteLibrary, tmp_path: Path) -> None:
    put_article(library, make_article("Bears like jam.", "1.md"))
    put_article(library, make_article("Foxes read newspapers.", "2.md"))
    with SqliteLibrary(tmp_path / "other.db", CONFIGURATION) as other:
        put_article(other, make_article("Foxes read newspapers.", "2.md"))
        put_article(other, make_article("The moon shines.", "3.md"))
        put_article(other, make_article("Owls sleep by day.", "4.md"))
    search = SqliteSearch(library.path, CONFIGURATION)
    with library.path.open("r+b") as file:  # the same file to the system, as `cp` leaves it
        file.write((tmp_path / "other.db").read_bytes())
    assert search.is_of(library.path)
    assert set(texts(search.nearest(embed("foxes"), 9))) == {
        "Foxes read newspapers.",
        "The moon shines.",
        "Owls sleep by day.",
    }
    search.close()


def test_a_vector_of_another_length_is_found_when_it_is_read(library: SqliteLibrary) -> None:
    put_article(library, make_article("Bears like jam.", "1.md"))
    search = SqliteSearch(library.path, CONFIGURATION)
    put_article(library, make_article("Foxes read newspapers.", "2.md"))
    short = np.ones(1, np.float32).tobytes()
    library._connection.execute("UPDATE passages SET vector = ? WHERE number = 2", (short,))
    for _ in range(2):
        with pytest.raises(LibraryDamagedError, match="Run `verbatim rebuild`"):
            search.nearest(embed("foxes"), 1)
    library._connection.execute("UPDATE passages SET vector = ?", (embed("jam").tobytes(),))
    assert len(search.nearest(embed("foxes"), 9)) == 2
    search.close()
