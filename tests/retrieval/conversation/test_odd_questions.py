"""Questions as people really ask them: half, shouted, misspelt, in another language, long, two at once."""

from __future__ import annotations

import pytest

from index.search import SqliteSearch
from retrieval.answerer import Answerer
from retrieval.conversation import EMPTY, questions_in
from retrieval.settings import RetrievalSettings
from retrieval.types import QuestionError
from tests.answers import quotes_in, refusal_in
from tests.fakes import FakeEmbedder, FakeReader, make_article
from tests.retrieval.conftest import MakeSearch

PLANES = "aeroplane parts"
BEARS = make_article("Bears like jam. Bears sleep in winter.\n\nWolves like honey.", "bears.md")


@pytest.mark.parametrize(
    "question",
    [
        "WHAT DID CHINA REFUSE TO GIVE RUSSIAN AIRLINES?",
        "what did china refuse to give russian airlines",
        "wat did chna refuse to giv rusian airlnes?",
        "What did China refuse to give Russian airlines, " + "which I have wondered about for a while, " * 22
        + "please?",
    ],
)  # fmt: skip
def test_shouted_misspelt_or_long_it_is_the_same_question(
    answerer: Answerer, sample: SqliteSearch, question: str
) -> None:
    answer = quotes_in(answerer.ask(question, [sample]))
    assert PLANES in answer.citations[0].quote.text
    assert answer.understood is None


def test_with_no_word_spelt_right_it_is_refused_rather_than_guessed(
    answerer: Answerer, sample: SqliteSearch
) -> None:
    answer = answerer.ask("Wich parts did Chyna refuze to suply to Rushian airlins?", [sample])
    assert refusal_in(answer).reason == "nothing"


def test_a_question_in_another_language_is_told_so_also_behind_another(
    answerer: Answerer, sample: SqliteSearch
) -> None:
    first = answerer.ask("What did China refuse to give Russian airlines?", [sample])
    for before in (EMPTY, EMPTY.followed_by(first)):
        answer = answerer.ask("Was hat Blinken gestern über China gesagt?", [sample], conversation=before)
        assert (refusal_in(answer).reason, refusal_in(answer).languages) == ("language", ("en",))


@pytest.mark.parametrize("question", ["why?", "WHY", "and when?", "Since when?", "who else?"])
def test_half_a_question_alone_is_asked_back(make_search: MakeSearch, question: str) -> None:
    answerer = Answerer(FakeEmbedder(), FakeReader(), RetrievalSettings())
    with pytest.raises(
        QuestionError, match=r"I can't tell what “.+\?” refers to\. Please ask a full question\."
    ):
        answerer.ask(question, [make_search("main", BEARS)])


def test_two_questions_at_once_get_a_quote_each(make_search: MakeSearch) -> None:
    answerer = Answerer(FakeEmbedder(), FakeReader(), RetrievalSettings())
    search = make_search("main", BEARS)
    answer = quotes_in(answerer.ask("Who likes honey? When do bears sleep?", [search]))
    quoted = [(citation.number, citation.quote.text) for citation in answer.citations]
    assert quoted[:2] == [(1, "Wolves like honey."), (2, "Bears sleep in winter.")]
    assert answer.question == "Who likes honey? When do bears sleep?"
    half = quotes_in(answerer.ask("Who painted Guernica? Who likes honey?", [search]))
    assert [citation.quote.text for citation in half.citations] == ["Wolves like honey."]
    none = answerer.ask("Who painted Guernica? Who won the cup?", [search])
    assert refusal_in(none).reason == "nothing"


def test_the_second_of_two_questions_goes_on_with_the_first(answerer: Answerer, sample: SqliteSearch) -> None:
    question = "What did China refuse to give Russian airlines? Who warned it against helping Russia?"
    answer = quotes_in(answerer.ask(question, [sample]))
    assert len({(citation.quote.start, citation.quote.end) for citation in answer.citations}) == len(
        answer.citations
    )


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Who likes jam? Who likes honey?", ("Who likes jam?", "Who likes honey?")),
        ("Who likes jam?", ("Who likes jam?",)),
        ("Who likes jam??", ("Who likes jam??",)),
        ("Really? Who likes jam?", ("Really? Who likes jam?",)),  # "Really?" asks nothing
        ("Who likes jam? Tell me.", ("Who likes jam? Tell me.",)),
        ("Is it a? Is it b? Is it c? Is it d?", ("Is it a? Is it b? Is it c? Is it d?",)),
        ("Who likes jam and who likes honey?", ("Who likes jam and who likes honey?",)),
    ],
)
def test_what_counts_as_several_questions(text: str, parts: tuple[str, ...]) -> None:
    assert questions_in(text) == parts
