"""The sample article with the real models: what people ask of it, and what it says to that."""

from __future__ import annotations

import pytest

from index.search import SqliteSearch
from retrieval.answerer import Answerer
from retrieval.answers import Answer
from tests.answers import quotes_in, refusal_in, shown_in

WEAK = "the reader takes the day of the call for the day of the remarks"


def weak(*values: str) -> object:
    return pytest.param(*values, marks=pytest.mark.xfail(reason=WEAK, strict=True, raises=AssertionError))


OF_THE_ISSUE = [
    ("Who is Biden going to call on Friday?", "Xi Jinping"),
    ("What does Blinken say China is considering?", "directly assisting Russia with military equipment"),
    ("What did China refuse to give Russian airlines?", "aeroplane parts"),
    ("How did China vote on the UN Security Council resolution?", "abstained"),
]
ANSWERED = [
    ("What does Blinken say China has a responsibility to do?", "to use its influence with President Putin"),
    ("Who reported on Blinken's remarks?", "CNN"),
    ("How has China tried to portray itself?", "neutral in this conflict"),
    ("What did the US warn China against?", "helping Russia circumvent economic sanctions"),
    ("What will Biden make clear to Xi?", "China will bear responsibility for any actions it takes"),
    ("Who decided to launch a military campaign in Ukraine?", "President Vladimir Putin"),
    ("What should all nations do with their leverage?", "compel Moscow to end this war of choice"),
    ("What does Blinken accuse China of refusing to condemn?", "refusing to condemn this aggression"),
    ("Who imposed economic sanctions on Russia?", "the US and its allies"),
    ("Is it easy for China to stay neutral?", "it is not easy walking such a tightrope"),
    ("Who is the US Secretary of State?", "Antony Blinken"),
    weak("When did Blinken speak?", "on Thursday"),
]
OFF_TOPIC = [
    "Who won the 2018 World Cup?",
    "What is the capital of Australia?",
    "How do I bake sourdough bread?",
    "What is the population of India?",
    "What are the symptoms of the flu?",
]
NEAR_MISSES = [
    "How old is Antony Blinken?",
    "When did the war in Ukraine begin?",
    "What did Germany say about the sanctions?",
    "How many Russian soldiers died in Ukraine?",
    "Which weapons did the US send to Ukraine?",
]


def ask(answerer: Answerer, sample: SqliteSearch, question: str) -> Answer:
    answer = answerer.ask(question, [sample])
    text = sample.article(sample.articles()[0].id)
    assert text is not None
    for citation in shown_in(answer):
        assert citation.quote.text == text.text[citation.quote.start : citation.quote.end]
    return answer


@pytest.mark.parametrize(("question", "words"), [*OF_THE_ISSUE, *ANSWERED])
def test_the_first_quote_holds_the_answer(
    answerer: Answerer, sample: SqliteSearch, question: str, words: str
) -> None:
    answer = ask(answerer, sample, question)
    assert words in quotes_in(answer).citations[0].quote.text


@pytest.mark.parametrize("question", OFF_TOPIC)
def test_what_the_article_is_not_about_is_nothing_close(
    answerer: Answerer, sample: SqliteSearch, question: str
) -> None:
    refusal = refusal_in(ask(answerer, sample, question))
    assert (refusal.reason, refusal.nearest) == ("nothing", ())


@pytest.mark.parametrize("question", NEAR_MISSES)
def test_what_the_article_is_about_but_does_not_say_is_refused(
    answerer: Answerer, sample: SqliteSearch, question: str
) -> None:
    refusal = refusal_in(ask(answerer, sample, question))
    assert (refusal.reason, len(refusal.nearest)) in {("close", 1), ("nothing", 0)}


def test_what_is_close_is_shown_on_request_only(answerer: Answerer, sample: SqliteSearch) -> None:
    refusal = refusal_in(ask(answerer, sample, "How old is Antony Blinken?"))
    assert refusal.reason == "close"
    assert "Antony Blinken" in refusal.nearest[0].quote.text


def test_the_answer_of_the_issue_word_for_word(answerer: Answerer, sample: SqliteSearch) -> None:
    answer = ask(answerer, sample, "What did China refuse to give Russian airlines?")
    [citation] = quotes_in(answer).citations
    assert citation.quote.text == (
        "Earlier, China refused to supply Russian airlines with aeroplane parts after the US “bluntly” "
        "warned China against helping Russia circumvent economic sanctions imposed by the US and its allies."
    )
    assert citation.quote.passage.cut(*citation.quote.best).text == "aeroplane parts"
    assert (citation.paragraph, citation.page, citation.link) == (3, None, None)
    assert (citation.article.publisher, citation.article.url) == (None, None)
