"""Questions that an article can be asked, made from its own statements."""

from __future__ import annotations

import pytest

from index.search import SqliteSearch
from index.types import Passage
from retrieval.answerer import Answerer
from retrieval.parser import load_parser
from retrieval.summaries.sentences import Sentence
from retrieval.summaries.suggested_questions import questions_answered_by


def asked(text: str) -> list[str]:
    [parsed] = load_parser().parse([text])
    sentence = Sentence(
        Passage("a", 0, len(text), text), 0, len(text), parsed, opens=True, is_first=True, is_whole=True
    )
    return [question for question, _ in questions_answered_by([sentence])]


@pytest.mark.parametrize(
    ("statement", "question"),
    [
        ("China refused to supply Russian airlines with parts.", "What did China refuse?"),
        ("NASA announced the selection of Grumman in 1962.", "What did NASA announce?"),
        ("The European Union banned the import of steel.", "What did the European Union ban?"),
        ("Wiesner kept up the pressure.", "What did Wiesner keep up?"),
    ],
)
def test_a_statement_about_what_is_named_is_asked_for(statement: str, question: str) -> None:
    assert asked(statement) == [question]


@pytest.mark.parametrize(
    "statement",
    [
        "He refused to supply the parts.",
        "Berlin is a city.",
        "China did not refuse to supply the parts.",
        "Who refused to supply China?",
        "Snow fell on Berlin.",
        "The old bakery sold bread.",
    ],
)
def test_what_hangs_on_something_else_or_tells_nothing_of_a_name_is_not(statement: str) -> None:
    assert asked(statement) == []


def test_what_is_suggested_is_answered_by_the_article(answerer: Answerer, sample: SqliteSearch) -> None:
    [article] = sample.articles()
    steps = list(answerer.suggestions(article.id, [sample]))
    assert steps[0] is None  # the article was read
    assert [step for step in steps if step][:2] == ["What did China refuse?", "What did Blinken say?"]
    assert answerer.ask("What did China refuse?", [sample]).reason == "answered"
