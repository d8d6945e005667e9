"""From a question to an answer, with models that compute: what words are shared decides."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from pathlib import Path
from typing import cast

import pytest

from index.protocols import Search
from index.store import SqliteLibrary
from index.store.paths import library_path
from index.text import Signature
from index.types import Article, Hit, Passage, Vectors
from retrieval.answerer import Answerer
from retrieval.answers import Answer, SmallTalk, citations_of
from retrieval.settings import RetrievalSettings
from retrieval.types import QuestionError, Reading
from tests.answers import quotes_in, refusal_in
from tests.fakes import FakeEmbedder, FakeReader, make_article
from tests.retrieval.conftest import MakeSearch

BEARS = make_article("Bears like jam. Winter is long.\n\nBears sleep in caves.", "bears.md", title="Bears")
WOLVES = make_article("Wolves like jam. They howl at night.", "wolves.md", title="Wolves")
STONES = make_article("Granite is a hard stone.", "stones.md", title="Stones")


def answerer(**settings: object) -> Answerer:
    return Answerer(
        FakeEmbedder(), FakeReader(), RetrievalSettings.model_validate({"reader": "fake", **settings})
    )


def words_of(answer: Answer) -> list[str]:
    return [citation.quote.text for citation in citations_of(answer)]


def test_the_sentence_that_answers_with_where_it_stands(make_search: MakeSearch) -> None:
    search = make_search("main", BEARS, WOLVES, STONES)
    answer = quotes_in(answerer().ask("Where do bears sleep in caves?", [search]))
    assert (answer.kind, answer.reason) == ("quotes", "answered")
    assert (answer.question, answer.understood) == ("Where do bears sleep in caves?", None)
    assert words_of(answer) == ["Bears sleep in caves."]
    citation = answer.citations[0]
    assert (citation.number, citation.library, citation.article.title) == (1, "main", "Bears")
    assert (citation.paragraph, citation.page, citation.link) == (2, None, None)
    assert citation.article == search.article(BEARS.id)
    assert set(answer.seconds) == {"understand", "embed", "search", "read", "quotes", "total"}
    assert sum(answer.seconds.values()) - answer.seconds["total"] <= answer.seconds["total"] + 0.001


def test_what_answers_better_comes_first(make_search: MakeSearch) -> None:
    search = make_search("main", BEARS, WOLVES, STONES)
    # Of bears, jam, winter, long and wolves the bears share four, the wolves two; turned round, one and two.
    assert words_of(answerer().ask("bears, jam, winter, long, wolves?", [search])) == [
        "Bears like jam. Winter is long."
    ]
    assert words_of(answerer().ask("bears, howl, night?", [search])) == ["They howl at night."]


def test_both_articles_where_both_answer_and_one_where_one_is_asked_for(make_search: MakeSearch) -> None:
    search = make_search("main", BEARS, WOLVES, STONES)
    both = answerer().ask("Who likes jam?", [search])
    assert sorted(words_of(both)) == ["Bears like jam.", "Wolves like jam."]
    assert words_of(answerer(quotes=1).ask("Who likes jam?", [search])) == words_of(both)[:1]


def test_a_link_and_a_page_where_the_source_has_them(make_search: MakeSearch) -> None:
    text = "Bears like jam.\n\nWolves howl at night."
    url = "https://forest.example/w"
    on_web = make_article(text, "w.md", url=url, published=date(2022, 3, 18))
    on_paper = make_article(text.replace("Wolves", "Foxes"), "p.md", url=f"{url}.pdf", pages=(0, 17))
    search = make_search("main", on_web, on_paper)
    [web] = citations_of(answerer().ask("Which wolves howl at night?", [search]))
    assert (web.paragraph, web.page, web.link) == (2, None, f"{url}#:~:text=Wolves%20howl%20at%20night%2E")
    [paper] = citations_of(answerer().ask("Which foxes howl at night?", [search]))
    assert (paper.paragraph, paper.page, paper.link) == (2, 2, f"{url}.pdf#page=2")


def test_a_line_break_in_a_paragraph_does_not_end_a_quote(make_search: MakeSearch) -> None:
    filler = (
        "Nobody knows how the stones of the valley came there, or who put one on the other in a row so long. "
    )
    text = f"{2 * filler}\n\n{filler}\nBears like\njam with\nhoney.\n\n{2 * filler}"
    search = make_search("main", make_article(text))
    assert words_of(answerer().ask("Who likes jam, honey?", [search])) == ["Bears like\njam with\nhoney."]


def test_the_limits_of_what_is_close_and_what_answers(make_search: MakeSearch) -> None:
    search = make_search("main", STONES)
    # The fake reader gives -8 for no word in common, 6 for all: half of them is -1, a quarter -4.5.
    assert answerer().ask("hard glass?", [search]).reason == "answered"
    assert answerer().ask("hard glass or wood, iron?", [search]).reason == "close"
    assert answerer().ask("glass or wood, iron?", [search]).reason == "nothing"
    assert answerer(min_answers=-1.0).ask("hard glass?", [search]).reason == "answered"
    assert answerer(min_answers=-0.9).ask("hard glass?", [search]).reason == "close"
    assert answerer(min_relevance=-4.4).ask("hard glass or wood, iron?", [search]).reason == "nothing"


def test_close_shows_what_came_closest_and_cites_nothing(make_search: MakeSearch) -> None:
    answer = answerer().ask("hard glass or wood, iron?", [make_search("main", STONES, BEARS)])
    refusal = refusal_in(answer)
    assert refusal.reason == "close"
    assert [citation.quote.text for citation in refusal.nearest] == ["Granite is a hard stone."]


def test_nothing_close_shows_nothing(make_search: MakeSearch) -> None:
    answer = answerer().ask("Who won the World Cup?", [make_search("main", STONES, BEARS)])
    refusal = refusal_in(answer)
    assert (refusal.reason, refusal.nearest) == ("nothing", ())


def test_an_empty_library_has_no_answer(make_search: MakeSearch) -> None:
    assert answerer().ask("Who likes jam?", [make_search("main")]).reason == "nothing"
    assert answerer().ask("Who likes jam?", []).reason == "nothing"


def test_only_the_articles_that_are_named(make_search: MakeSearch) -> None:
    search = make_search("main", BEARS, WOLVES)
    assert words_of(answerer().ask("Who likes jam?", [search], articles=[WOLVES.id])) == ["Wolves like jam."]
    assert answerer().ask("Where do bears sleep?", [search], articles=[WOLVES.id]).reason == "nothing"
    assert answerer().ask("Who likes jam?", [search], articles=[]).reason == "nothing"
    assert answerer().ask("Who likes jam?", [search], articles=["none"]).reason == "nothing"


def test_one_library_knows_nothing_of_another(make_search: MakeSearch) -> None:
    mine, theirs = make_search("mine", BEARS), make_search("theirs", WOLVES)
    assert words_of(answerer().ask("Who likes jam?", [mine])) == ["Bears like jam."]
    assert words_of(answerer().ask("Who likes jam?", [theirs])) == ["Wolves like jam."]
    assert answerer().ask("Do wolves howl at night?", [mine]).reason == "nothing"


def test_several_libraries_answer_together_and_each_quote_names_its_own(make_search: MakeSearch) -> None:
    searches = [make_search("mine", BEARS), make_search("theirs", WOLVES)]
    answer = answerer().ask("Who likes jam?", searches)
    assert sorted((c.library, c.quote.text) for c in citations_of(answer)) == [
        ("mine", "Bears like jam."),
        ("theirs", "Wolves like jam."),
    ]


def test_an_article_in_two_libraries_is_quoted_once(make_search: MakeSearch) -> None:
    answer = answerer().ask("Who likes jam?", [make_search("mine", BEARS), make_search("theirs", BEARS)])
    assert [(c.library, c.quote.text) for c in citations_of(answer)] == [("mine", "Bears like jam.")]


@pytest.mark.parametrize("question", ["", "🦔", "x" * 1001])
def test_what_cannot_be_asked_is_an_error(question: str, make_search: MakeSearch) -> None:
    with pytest.raises(QuestionError):
        answerer().ask(question, [make_search("main", BEARS)])


@pytest.mark.parametrize("question", ['jam? "AND (', "NEAR(bears) OR jam*", "bears'); DROP TABLE jam;--"])
def test_words_of_the_question_need_no_escaping(question: str, make_search: MakeSearch) -> None:
    answer = answerer(min_answers=-4.0).ask(question, [make_search("main", BEARS)])
    assert words_of(answer)[0].startswith("Bears")


def test_talk_is_answered_without_a_search() -> None:
    answer = answerer().ask("Hello!", [])
    assert isinstance(answer, SmallTalk)
    assert (answer.kind, answer.talk) == ("talk", "greeting")
    assert answer.seconds["embed"] == answer.seconds["search"] == answer.seconds["read"] == 0.0


class Removing(FakeReader):
    """Reads, while somebody removes ``articles`` from the library."""

    def __init__(self, path: Path, *articles: Article) -> None:
        self._path = path
        self._left = list(articles)

    def read(self, question: str, passages: Sequence[Passage]) -> Sequence[Reading]:
        """One reading a passage, in order."""
        with SqliteLibrary(self._path) as library:
            while self._left:
                library.remove(self._left.pop().id)
        return super().read(question, passages)


def test_an_article_removed_meanwhile_is_not_cited(make_search: MakeSearch, tmp_path: Path) -> None:
    search, path = make_search("main", BEARS, WOLVES), library_path(tmp_path, "main")
    answer = Answerer(FakeEmbedder(), Removing(path, BEARS), RetrievalSettings()).ask(
        "Who likes jam?", [search]
    )
    assert [(c.number, c.quote.text) for c in citations_of(answer)] == [(1, "Wolves like jam.")]


def test_when_all_that_answered_is_removed_there_is_no_answer(
    make_search: MakeSearch, tmp_path: Path
) -> None:
    search, path = make_search("main", BEARS), library_path(tmp_path, "main")
    answer = Answerer(FakeEmbedder(), Removing(path, BEARS), RetrievalSettings()).ask(
        "Who likes jam?", [search]
    )
    refusal = refusal_in(answer)
    assert (refusal.reason, refusal.nearest) == ("nothing", ())


class Found:
    """A library that finds what it is told to, with these scores."""

    def __init__(self, nearest: dict[str, float], matching: dict[str, float]) -> None:
        self._nearest, self._matching = self._hits(nearest), self._hits(matching)

    def _hits(self, scores: dict[str, float]) -> list[Hit]:
        return [Hit(Passage(text, 0, len(text), text), score) for text, score in scores.items()]

    def nearest(self, _vector: Vectors, k: int, _articles: Collection[str] | None = None) -> list[Hit]:
        """By meaning."""
        return self._nearest[:k]

    def matching(self, _question: str, k: int, _articles: Collection[str] | None = None) -> list[Hit]:
        """By words."""
        return self._matching[:k]

    def signatures(self, _article_ids: Collection[str]) -> dict[str, Signature]:
        """There are none."""
        return {}


class Watched(FakeReader):
    """Remembers the texts of what it read."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def read(self, question: str, passages: Sequence[Passage]) -> Sequence[Reading]:
        """One reading a passage, in order."""
        self.texts += [passage.text for passage in passages]
        return super().read(question, passages)


def read_of(*libraries: Found, candidates: int) -> list[str]:
    reader = Watched()
    asked = Answerer(FakeEmbedder(), reader, RetrievalSettings(candidates=candidates))
    asked.ask("Who likes jam?", [cast(Search, library) for library in libraries])
    return reader.texts


def test_scores_by_words_are_not_compared_across_libraries() -> None:
    big = Found({}, {"b1": 90.0, "b2": 80.0, "b3": 70.0})
    small = Found({}, {"s1": 0.1})
    assert read_of(big, small, candidates=2) == ["b1", "s1"]
    assert read_of(small, big, candidates=3) == ["s1", "b1", "b2"]


def test_cosines_are_compared_across_libraries() -> None:
    found, other = Found({"o1": 0.8, "o2": 0.7}, {}), Found({"x1": 0.9, "x2": 0.1}, {})
    assert read_of(found, other, candidates=4) == ["x1", "o1", "o2", "x2"]
    assert read_of(found, other, candidates=2) == ["x1", "o1"]


def test_found_by_meaning_and_by_words_is_read_before_found_by_one() -> None:
    assert read_of(Found({"m": 0.9, "both": 0.8}, {"w": 9.0, "both": 8.0}), candidates=3) == [
        "both",
        "m",
        "w",
    ]
