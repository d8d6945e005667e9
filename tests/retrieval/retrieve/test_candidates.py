"""What both searches find, stage by stage, in one library and in several."""

from __future__ import annotations

from collections.abc import Iterable

from index.types import Passage
from retrieval.answerer import Answerer
from retrieval.settings import RetrievalSettings
from tests.fakes import FakeEmbedder, FakeReader, make_article
from tests.retrieval.conftest import MakeSearch

BEARS = make_article("Bears like jam.", "bears.md")
WOLVES = make_article("Wolves like jam in winter.", "wolves.md")
STONES = make_article("Granite is a hard stone.", "stones.md")
ASKED = Answerer(FakeEmbedder(), FakeReader(), RetrievalSettings())


def words_of(passages: Iterable[Passage]) -> list[str]:
    return [passage.text for passage in passages]


def test_the_stages_of_a_question(make_search: MakeSearch) -> None:
    search = make_search("main", BEARS, WOLVES, STONES)
    found = ASKED.retrieve(["Who likes jam?"], [search])
    assert words_of(found.nearest) == [BEARS.text, WOLVES.text, STONES.text]
    assert words_of(found.matching) == [BEARS.text, WOLVES.text]
    assert words_of(found.fused) == [BEARS.text, WOLVES.text, STONES.text]
    assert set(found.searches.values()) == {search}


def test_each_stage_has_k_passages_at_most(make_search: MakeSearch) -> None:
    searches = [make_search("mine", BEARS, STONES), make_search("theirs", WOLVES)]
    found = ASKED.retrieve(["Who likes jam?"], searches, k=1)
    assert words_of(found.nearest) == [BEARS.text]
    assert words_of(found.matching) == [BEARS.text]
    assert words_of(found.fused) == [BEARS.text]


def test_words_of_several_libraries_are_joined_by_rank(make_search: MakeSearch) -> None:
    mine, theirs = make_search("mine", STONES, BEARS), make_search("theirs", WOLVES)
    found = ASKED.retrieve(["Who likes jam and granite, a hard stone?"], [mine, theirs])
    assert words_of(found.matching) == [STONES.text, WOLVES.text, BEARS.text]
    assert [found.searches[passage].name for passage in found.matching] == ["mine", "theirs", "mine"]


def test_only_within_the_articles_that_are_named(make_search: MakeSearch) -> None:
    found = ASKED.retrieve(["Who likes jam?"], [make_search("main", BEARS, WOLVES)], articles=[WOLVES.id])
    assert words_of(found.nearest) == words_of(found.matching) == words_of(found.fused) == [WOLVES.text]


def test_what_is_read_is_ranked_and_graded(make_search: MakeSearch) -> None:
    found = ASKED.retrieve(["Do wolves like jam?"], [make_search("main", BEARS, WOLVES)])
    ranked = ASKED.rerank(["Do wolves like jam?"], found.fused)
    assert [passage.text for passage, _ in ranked] == [WOLVES.text, BEARS.text]
    assert (ASKED.grade(ranked), ASKED.grade([])) == ("answered", "nothing")


def test_a_quote_has_as_many_sentences_as_it_may(make_search: MakeSearch) -> None:
    question = "Which bears eat jam with a spoon in winter?"
    search = make_search("main", make_article("Bears like jam. They eat it with a spoon. In winter, too."))
    found = ASKED.retrieve([question], [search])
    ranked = ASKED.rerank([question], found.fused)
    quoted = [ASKED.quote(question, ranked, found, sentences=most)[0].text for most in (1, 2, 3)]
    assert quoted == [
        "Bears like jam.",
        "Bears like jam. They eat it with a spoon.",
        "Bears like jam. They eat it with a spoon. In winter, too.",
    ]
    assert ASKED.quote(question, ranked, found)[0].text == quoted[1]
