"""What a library opened for asking finds, and how soon it knows of a change."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.errors import LibraryDamagedError, LibraryMissingError, StaleLibraryError
from index.search import SqliteSearch
from index.store import SqliteLibrary
from index.text import words_to_search
from index.types import Article, Hit, IndexConfiguration, Vectors
from tests.fakes import CONFIGURATION, FakeEmbedder, make_article, put_article

WORDS = ["bear", "jam", "honey", "fox", "newspaper", "badger", "spoon", "forest", "river", "moon"]


def embed(question: str) -> Vectors:
    vector: Vectors = FakeEmbedder().embed_questions([question])[0]
    return vector


def texts(hits: list[Hit]) -> list[str]:
    return [hit.passage.text for hit in hits]


@pytest.fixture
def search(library: SqliteLibrary) -> Iterator[SqliteSearch]:
    opened = SqliteSearch(library.path, CONFIGURATION)
    yield opened
    opened.close()


@pytest.fixture
def three(library: SqliteLibrary) -> list[Article]:
    """Three articles of one passage each, on bears, foxes and the moon."""
    return [
        put_article(library, make_article("Bears like jam.", "1.md", title="Breakfast")),
        put_article(library, make_article("Foxes read newspapers.", "2.md", title="Evening")),
        put_article(library, make_article("The moon shines on bears and foxes.", "3.md", title="Night")),
    ]


@pytest.fixture(scope="module")
def forest(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[SqliteSearch, list[Article]]]:
    """Eight articles of several passages each."""
    path = tmp_path_factory.mktemp("forest") / "forest.db"
    rng = np.random.default_rng(7)
    with SqliteLibrary(path, CONFIGURATION) as library:
        articles = [
            put_article(
                library,
                make_article(
                    " ".join(f"{' '.join(rng.choice(WORDS, 9))}." for _ in range(20)), f"{number}.md"
                ),
            )
            for number in range(8)
        ]
    opened = SqliteSearch(path, CONFIGURATION)
    yield opened, articles
    opened.close()


def test_nearest_is_best_first_with_its_cosine(search: SqliteSearch, three: list[Article]) -> None:
    hits = search.nearest(embed("bears breakfast jam like"), 2)
    assert texts(hits) == ["Bears like jam.", "The moon shines on bears and foxes."]
    assert hits[0].score == pytest.approx(1.0)
    assert hits[0].passage.article_id == three[0].id


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=50)
@given(st.integers(0, 2**32 - 1), st.integers(0, 99), st.none() | st.sets(st.integers(0, 8)))
def test_nearest_is_what_comparing_every_passage_gives(
    forest: tuple[SqliteSearch, list[Article]], seed: int, k: int, chosen: set[int] | None
) -> None:
    search, articles = forest
    numbers = np.random.default_rng(seed).normal(size=FakeEmbedder().dim)
    question: Vectors = (numbers / np.linalg.norm(numbers)).astype(np.float32)
    ids = {article.id for article in articles}
    only = None if chosen is None else [[*sorted(ids), "unknown"][number] for number in chosen]
    everything = search.nearest(embed("bears"), 999)
    among = [hit.passage for hit in everything if only is None or hit.passage.article_id in only]
    table = FakeEmbedder().embed_passages([f"{passage.context}\n{passage.text}" for passage in among])
    expected = sorted((table @ question).tolist(), reverse=True)[:k]
    hits = search.nearest(question, k, only)
    assert [hit.score for hit in hits] == pytest.approx(expected, abs=1e-5)
    assert {hit.passage for hit in hits} <= set(among)
    assert len({hit.passage for hit in hits}) == len(hits)


@settings(deadline=None)
@given(
    st.text()
    | st.lists(st.sampled_from([*WORDS, '"', " AND (", "NEAR", "*", "^", ":", "-", "\0", "\ud800", "'"])).map(
        " ".join
    )
)
def test_any_words_can_be_asked(forest: tuple[SqliteSearch, list[Article]], question: str) -> None:
    hits = forest[0].matching(question, 5)
    scores = [hit.score for hit in hits]
    assert scores == sorted(scores, reverse=True)
    assert all(score > 0 for score in scores)
    assert bool(hits) >= any(word in question.casefold().split() for word in WORDS)


@pytest.mark.usefixtures("three")
def test_words_of_the_question_need_no_escaping(search: SqliteSearch) -> None:
    assert texts(search.matching('jam? "AND (', 3)) == ["Bears like jam."]


@pytest.mark.usefixtures("three")
def test_matching_finds_other_forms_of_a_word_and_titles(search: SqliteSearch) -> None:
    assert texts(search.matching("Who was reading a newspaper?", 3)) == ["Foxes read newspapers."]
    assert texts(search.matching("BREAKFASTS", 3)) == ["Bears like jam."]
    assert texts(search.matching("bear jam", 3)) == ["Bears like jam.", "The moon shines on bears and foxes."]
    assert texts(search.matching("bear jam", 1)) == ["Bears like jam."]


@pytest.mark.usefixtures("three")
def test_common_words_count_only_where_there_are_no_others(search: SqliteSearch) -> None:
    assert words_to_search("Who is on the Moon, on the moon?") == ["moon"]
    assert words_to_search("Who is on the") == ["who", "is", "on", "the"]
    assert texts(search.matching("Who is on the", 3)) == ["The moon shines on bears and foxes."]
    assert texts(search.matching("the jam", 3)) == ["Bears like jam."]


@pytest.mark.usefixtures("three")
def test_nothing_matches_without_a_shared_word(search: SqliteSearch) -> None:
    for question in ("", "?!", "🐻", "submarine"):
        assert search.matching(question, 3) == []
    assert search.matching("bears", 0) == []


def test_both_searches_keep_to_the_articles_asked_for(search: SqliteSearch, three: list[Article]) -> None:
    bears, _foxes, moon = three
    assert texts(search.matching("bears", 3, [moon.id])) == ["The moon shines on bears and foxes."]
    assert texts(search.nearest(embed("bears"), 1, [moon.id])) == ["The moon shines on bears and foxes."]
    assert texts(search.nearest(embed("bears"), 9, {bears.id, "unknown"})) == ["Bears like jam."]
    for none in ([], ["unknown"], ["' OR 1=1 --"]):
        assert search.matching("bears", 3, none) == search.nearest(embed("bears"), 3, none) == []


def test_a_change_by_another_is_seen_at_once(library: SqliteLibrary, search: SqliteSearch) -> None:
    assert search.nearest(embed("bears"), 3) == search.matching("bears", 3) == []
    assert search.articles() == []
    article = put_article(library, make_article("Bears like jam.", "a.md"))
    assert (
        texts(search.nearest(embed("bears"), 3)) == texts(search.matching("bears", 3)) == ["Bears like jam."]
    )
    assert search.article(article.id) == article
    put_article(library, make_article("Bears like honey.", "a.md"))
    assert (
        texts(search.nearest(embed("jam"), 3))
        == texts(search.matching("bears jam", 3))
        == ["Bears like honey."]
    )
    library.remove(article.id)
    assert search.nearest(embed("bears"), 3) == search.matching("bears", 3) == []
    assert search.articles() == []
    assert search.article(article.id) is None


def test_a_library_rebuilt_with_another_model_is_not_asked(
    library: SqliteLibrary, search: SqliteSearch
) -> None:
    library.rebuild(IndexConfiguration("bge", 160), [])
    message = (
        f"{library.path} was made with bge and passages of 160 tokens, but config.toml says "
        "fake and 40. Run `verbatim rebuild`, or change config.toml back."
    )
    with pytest.raises(StaleLibraryError) as caught:
        search.nearest(embed("bears"), 3)
    assert str(caught.value) == message
    with pytest.raises(StaleLibraryError) as caught:
        search.matching("bears", 3)
    assert str(caught.value) == message
    with pytest.raises(StaleLibraryError) as caught:
        SqliteSearch(library.path, CONFIGURATION)
    assert str(caught.value) == message


def test_what_is_no_library_is_said_when_it_is_opened(tmp_path: Path, library: SqliteLibrary) -> None:
    with pytest.raises(LibraryMissingError) as missing:
        SqliteSearch(tmp_path / "news.db", CONFIGURATION)
    assert str(missing.value) == (
        "There's no library news yet. Create it with `verbatim add PATH --library news`."
    )
    (tmp_path / "text.db").write_text("Bears like jam. " * 100)
    with pytest.raises(LibraryDamagedError):
        SqliteSearch(tmp_path / "text.db", CONFIGURATION)
    put_article(library, make_article("Bears like jam."))
    library._connection.execute("UPDATE passages SET vector = x'0000803f00'")
    with pytest.raises(LibraryDamagedError) as damaged:
        SqliteSearch(library.path, CONFIGURATION)
    assert str(damaged.value).endswith(". Run `verbatim rebuild`.")


def test_a_search_writes_nothing(library: SqliteLibrary, search: SqliteSearch) -> None:
    put_article(library, make_article("Bears like jam."))
    before = library.path.read_bytes(), library.path.stat().st_mtime_ns
    search.nearest(embed("bears"), 3)
    search.matching("bears", 3)
    assert (library.path.read_bytes(), library.path.stat().st_mtime_ns) == before
    with pytest.raises(Exception, match="attempt to write a readonly database"):
        search._connection.execute("DELETE FROM words")


def test_another_file_put_in_its_place_is_noticed(
    tmp_path: Path, search: SqliteSearch, library: SqliteLibrary
) -> None:
    assert search.is_of(library.path)
    with SqliteLibrary(tmp_path / "other.db", CONFIGURATION):
        pass
    (tmp_path / "other.db").replace(library.path)
    assert not search.is_of(library.path)
    library.path.unlink()
    assert not search.is_of(library.path)


def test_many_ask_while_one_adds(library: SqliteLibrary, search: SqliteSearch) -> None:
    added = threading.Event()
    failures: list[BaseException] = []
    counts: list[list[int]] = [[] for _ in range(4)]

    def ask(seen: list[int]) -> None:
        try:
            while not added.is_set():
                hits = search.nearest(embed("bears"), 99)
                assert all(hit.passage.text.startswith("Bears like jam number") for hit in hits)
                seen.append(len(hits))
                assert len(search.matching("bears", 99)) >= len(hits)
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=ask, args=(seen,)) for seen in counts]
    for thread in threads:
        thread.start()
    for number in range(12):
        put_article(library, make_article(f"Bears like jam number {number}.", f"{number}.md"))
    added.set()
    for thread in threads:
        thread.join()
    assert failures == []
    assert all(seen == sorted(seen) for seen in counts)  # nobody saw an older state after a newer one
    assert len(search.nearest(embed("bears"), 99)) == 12
