"""Questions and passages that are no prose: nothing breaks, and what is quoted stands in the article."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.telegram.messages.render import render_answer
from index.text import sentence_spans
from index.text.passages import CHARS_A_TOKEN
from index.types import Article
from retrieval.answerer import Answerer
from retrieval.answers import Answer, citations_of
from retrieval.settings import RetrievalSettings
from tests.answers import refusal_in, shown_in
from tests.fakes import FakeEmbedder, FakeReader, make_article
from tests.retrieval.conftest import MakeSearch

JAM = make_article(
    "Bears like jam.\n\nIn 2022 a bear said: “I will not share it,” and went.\n\nNobody laughed.", "jam.md"
)
TABLE = make_article(
    "| town | bears |\n|---|---|\n| Halvik | twelve |\n| Dunmere | none |\n\nThe count was made in May.",
    "t.md",
)
TABS = make_article("town\tbears\nHalvik\ttwelve\nDunmere\tnone\n", "tabs.md")
CODE = make_article(
    "Call it like this:\n\n```python\ndef count(bears):\n    return sum(bears)  # all\n```\n\nThen wait.",
    "code.md",
)
LIST = make_article(
    "What to pack:\n\n- jam of plums\n- a spoon of wood\n- two maps\n\nThat is all.", "list.md"
)
ENDLESS = make_article(" ".join(f"and bear{number} came" for number in range(1000)), "endless.md")
"""One sentence of 3,000 words."""


def ask(question: str, make_search: MakeSearch, *articles: Article) -> Answer:
    """The answer; every quote of it is checked against its article."""
    search = make_search(articles[0].title, *articles)
    answerer = Answerer(FakeEmbedder(), FakeReader(), RetrievalSettings())
    answer = answerer.ask(question, [search])
    for citation in shown_in(answer):
        article = search.article(citation.quote.passage.article_id)
        assert article is not None
        assert citation.quote.text == article.text[citation.quote.start : citation.quote.end]
        assert citation.quote.start <= citation.quote.best[0] < citation.quote.best[1] <= citation.quote.end
    return answer


def quotes(question: str, make_search: MakeSearch, *articles: Article) -> list[str]:
    return [citation.quote.text for citation in citations_of(ask(question, make_search, *articles))]


@pytest.mark.parametrize(
    ("question", "quoted"),
    [
        ("jam", ["Bears like jam."]),
        ("Jam?!", ["Bears like jam."]),
        ("2022", ["In 2022 a bear said: “I will not share it,” and went."]),
        ("“I will not share it”", ["In 2022 a bear said: “I will not share it,” and went."]),
        ("«I will not share it»", ["In 2022 a bear said: “I will not share it,” and went."]),
        (
            "In 2022 a bear said: “I will not share it,” and went.",
            ["In 2022 a bear said: “I will not share it,” and went."],
        ),
        ('"jam" AND (bears', ["Bears like jam."]),
    ],
)
def test_a_word_a_number_or_a_sentence_pasted_from_the_article(
    make_search: MakeSearch, question: str, quoted: list[str]
) -> None:
    assert quotes(question, make_search, JAM) == quoted


@pytest.mark.parametrize("question", ["what is the", "the", "1999", "zebra"])
def test_stop_words_and_what_is_not_there_get_no_answer(make_search: MakeSearch, question: str) -> None:
    answer = ask(question, make_search, JAM)
    assert refusal_in(answer).reason == "nothing"


@pytest.mark.parametrize("article", [TABLE, TABS, CODE, LIST, ENDLESS])
def test_no_sentence_of_an_odd_text_is_lost(article: Article) -> None:
    spans = sentence_spans(article.text)
    assert "".join("".join(article.text[start:end].split()) for start, end in spans) == "".join(
        article.text.split()
    )


def test_a_table_is_quoted_as_it_stands(make_search: MakeSearch) -> None:
    [quote] = quotes("How many bears, Halvik: twelve?", make_search, TABLE)
    assert "| Halvik | twelve |" in quote
    [quote] = quotes("Halvik twelve", make_search, TABS)
    assert "Halvik\ttwelve" in quote


def test_code_and_lists_are_quoted_as_they_stand(make_search: MakeSearch) -> None:
    [quote] = quotes("return sum bears", make_search, CODE)
    assert "    return sum(bears)  # all" in quote
    assert quotes("spoon of wood", make_search, LIST) == ["- a spoon of wood"]


def test_of_an_endless_sentence_a_passage_is_quoted(make_search: MakeSearch) -> None:
    [citation] = citations_of(ask("bear500", make_search, ENDLESS))
    words = citation.quote.text.split()
    assert "bear500" in words
    assert len(words) == 27  # the sentence has 3,000, a passage of these tests 40 at most
    [message] = render_answer(ask("bear500", make_search, ENDLESS))
    assert message.text.startswith(citation.quote.text)


def test_a_word_without_end_is_cut_like_a_sentence_without_end(make_search: MakeSearch) -> None:
    word = "a1B2" * 2500  # to a tokenizer that gives up on long words this is one token
    answer = ask("What is picture?", make_search, make_article(f"The picture is {word} here.", "word.md"))
    [citation] = citations_of(answer)
    assert citation.quote.text.startswith("The picture is")
    assert len(citation.quote.text) <= 40 * CHARS_A_TOKEN  # a passage of these tests has 40 at most
    [message] = render_answer(answer)
    assert message.text.startswith(citation.quote.text)


@settings(max_examples=25, deadline=None)
@given(question=st.text(min_size=1, max_size=60).filter(lambda text: any(map(str.isalnum, text))))
def test_any_question_has_an_answer_or_a_refusal(question: str) -> None:
    answerer = Answerer(FakeEmbedder(), FakeReader(), RetrievalSettings())
    assert answerer.ask(question, []).reason != "answered"
