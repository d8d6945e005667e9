"""A library that is kept elsewhere answers as ours do, also together with them."""

from __future__ import annotations

import pytest

from index.protocols import Search
from index.types import Article
from retrieval.answerer import Answerer
from retrieval.answers import Answer, citations_of
from retrieval.settings import RetrievalSettings
from tests.fakes import FakeEmbedder, FakeReader, make_article
from tests.retrieval.conftest import MakeSearch
from tests.retrieval.memory_search import MemorySearch

BEARS = make_article("Bears like jam. Winter is long.\n\nBears sleep in caves.", "bears.md", title="Bears")
BEARS_AGAIN = make_article(f"{BEARS.text} So they say.", "copy.md", title="Bears again")
WOLVES = make_article("Wolves like jam. They howl at night.", "wolves.md", title="Wolves")


def ask(question: str, *searches: Search) -> Answer:
    settings = RetrievalSettings.model_validate({"reader": "fake"})
    return Answerer(FakeEmbedder(), FakeReader(), settings).ask(question, searches)


def cited(answer: Answer) -> list[tuple[str, str, str]]:
    return [
        (citation.library, citation.article.title, citation.quote.text) for citation in citations_of(answer)
    ]


@pytest.mark.parametrize(
    "question",
    [
        "Where do bears sleep in caves?",
        "Who likes jam?",
        "Do wolves howl at night?",
        "What is granite?",
        "Which articles do you have?",
        "What is Wolves about?",
    ],
)
@pytest.mark.parametrize("articles", [(BEARS, WOLVES), (BEARS, BEARS_AGAIN, WOLVES)])
def test_it_answers_as_a_library_in_a_file(
    question: str, articles: tuple[Article, ...], make_search: MakeSearch
) -> None:
    in_memory = ask(question, MemorySearch("main", articles))
    in_file = ask(question, make_search("main", *articles))
    assert cited(in_memory) == cited(in_file)
    assert (in_memory.kind, in_memory.reason) == (in_file.kind, in_file.reason)


def test_both_answer_together(make_search: MakeSearch) -> None:
    answer = ask("Who likes jam?", make_search("main", BEARS), MemorySearch("elsewhere", [WOLVES]))
    assert {library for library, _, _ in cited(answer)} == {"main", "elsewhere"}
