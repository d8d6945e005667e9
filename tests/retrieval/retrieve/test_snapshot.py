"""A library while one question is answered: each article is loaded once, and stays what it was."""

from __future__ import annotations

from benchmarks.statements import LOADS, count_statements
from index.search import SqliteSearch
from index.types import Article
from retrieval import Answerer
from retrieval.retrieve import snapshots
from tests.fakes import make_article
from tests.retrieval.memory_search import MemorySearch

BEARS, FOXES = make_article("Bears like jam."), make_article("Foxes like newspapers.")


class Counting(MemorySearch):
    """Counts what is loaded."""

    def __init__(self, *articles: Article) -> None:
        super().__init__("main", articles)
        self.loaded: list[str] = []

    def article(self, article_id: str) -> Article | None:
        self.loaded.append(article_id)
        return super().article(article_id)

    def current_version(self, source_id: str) -> Article | None:
        self.loaded.append(source_id)
        return super().current_version(source_id)


def test_an_article_is_loaded_once_and_one_that_is_gone_is_looked_for_once() -> None:
    search = Counting(BEARS, FOXES)
    (snapshot,) = snapshots([search])
    assert [snapshot.article(name) for name in (BEARS.id, FOXES.id, BEARS.id)] == [BEARS, FOXES, BEARS]
    assert [snapshot.article("gone"), snapshot.article("gone")] == [None, None]
    assert search.loaded == [BEARS.id, FOXES.id, "gone"]


def test_the_newest_version_of_a_source_is_one_of_the_articles() -> None:
    search = Counting(BEARS)
    (snapshot,) = snapshots([search])
    assert snapshot.current_version(BEARS.source_id) == snapshot.article(BEARS.id) == BEARS
    assert snapshot.current_version(BEARS.source_id) == BEARS
    assert search.loaded == [BEARS.source_id]


def test_a_snapshot_goes_on_as_it_is() -> None:
    once = snapshots([Counting(BEARS)])
    assert snapshots(once) == once


def test_a_question_loads_an_article_once_in_ten_statements(sample: SqliteSearch, answerer: Answerer) -> None:
    def ask() -> object:
        return answerer.ask("What did China refuse to give Russian airlines?", [sample], more=5)

    ask()
    executed = count_statements(sample, ask)
    assert len([statement for statement in executed if LOADS.search(statement)]) == 1
    assert len(executed) <= 10
