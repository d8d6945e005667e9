"""Key points are sentences of the article, in its order, that stand alone."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.ingest.ingest import embed_article
from index.text import sentence_spans
from index.types import Article
from retrieval.parser import load_parser
from retrieval.summaries.key_points import MOST, choose_key_points
from retrieval.summaries.people_and_places import people_named, places_named
from retrieval.summaries.self_contained import stands_alone
from retrieval.summaries.sentences import MAX_PASSAGES, Sentence, sentences_to_choose_from
from tests.fakes import FakeEmbedder, make_article

LONE = "The mayor of London opened a new bridge over the Thames on Monday."


def sentences_of(article: Article) -> list[Sentence]:
    passages, vectors = embed_article(article, 40, FakeEmbedder())
    steps = sentences_to_choose_from(article, passages, vectors, load_parser())
    return [sentence for some in steps for sentence in some]


def points_of(text: str) -> list[str]:
    sentences = sentences_of(make_article(text))
    vectors = FakeEmbedder().embed_passages([sentence.text for sentence in sentences])
    return [point.text for point in choose_key_points(sentences, vectors)]


def stands(text: str) -> bool:
    return stands_alone(text, load_parser().parse([text])[0])


@pytest.mark.parametrize(
    "text",
    [
        LONE,
        "“China bears responsibility for the war,” said Antony Blinken on Thursday.",
        "Earlier, China refused to supply Russian airlines with aeroplane parts.",
        "Antony Blinken said that he would leave Paris in the spring.",
        "There is a lot to speculate about the war in Ukraine.",
    ],
)
def test_stands_alone(text: str) -> None:
    assert stands(text)


@pytest.mark.parametrize(
    "text",
    [
        "He opened a new bridge over the Thames on Monday.",
        "It was the first bridge over the Thames in years.",
        "This made the mayor of London very popular.",
        "But the mayor of London opened the bridge anyway.",
        "The move angered many drivers in the city.",
        "In 1958, she moved to Paris with a friend.",
        "As a result, the bridge over the Thames was closed.",
        "However, the bridge over the Thames was closed.",
        "Who opened the new bridge over the Thames?",
        "The new bridge over the river Thames",
        "By Anna Writer in London and Ben Reporter in Paris.",
        "“We will never close the bridge over the Thames.",
        "and the bridge over the Thames was closed again.",
        "Many were angry about the closing of the bridge.",
    ],
)
def test_hangs_on_another_or_says_nothing(text: str) -> None:
    assert not stands(text)


def test_an_article_of_one_sentence_is_its_key_point() -> None:
    assert points_of(LONE) == [LONE]


def test_one_that_hangs_is_better_than_nothing() -> None:
    assert points_of("He opened a new bridge over the Thames on Monday.") == [
        "He opened a new bridge over the Thames on Monday."
    ]


def test_an_article_of_headings_has_none() -> None:
    assert points_of("# Bridges\n\n## Over the Thames\n\n## Over the Seine") == []


def test_what_is_said_twice_is_told_once() -> None:
    assert points_of(f"{LONE}\n\n{LONE}") == [LONE]


def test_names_are_counted_by_their_fullest_form() -> None:
    text = "Antony Blinken spoke in London. Blinken met Joe Biden there. Blinken left London for Paris."
    sentences = sentences_of(make_article(text))
    assert (people_named(sentences)[0].name, people_named(sentences)[0].count) == ("Antony Blinken", 3)
    assert people_named(sentences)[0].sentence.text == "Antony Blinken spoke in London."
    assert [place.name for place in places_named(sentences)] == ["London", "Paris"]


def test_of_a_long_article_so_many_passages_are_looked_at() -> None:
    said = "The bridge number {n} was opened by the mayor of town {n}. "
    text = "\n\n".join(said.format(n=n) * 3 for n in range(80))
    sentences = sentences_of(make_article(text))
    assert len({sentence.passage.start for sentence in sentences}) == MAX_PASSAGES
    assert sentences[0].start == 0


def test_a_piece_of_a_sentence_that_is_longer_than_a_passage_is_no_key_point() -> None:
    text = f"{LONE} said {LONE} said {LONE}"
    last = sentences_of(make_article(text))[-1]
    assert (last.text, last.is_whole) == ("London opened a new bridge over the Thames on Monday.", False)
    assert points_of(text) == []


PIECES = st.sampled_from(
    [LONE, "He left.", "# A heading", "\n\n", " ", "“Half a quotation.",
     "The war in Ukraine began in 2022 in Kyiv.", "Who knows?",
     "Bears in the woods of Canada like jam and honey very much.", "🦔", "said"]
)  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(st.lists(PIECES, max_size=20).map(" ".join))
def test_key_points_are_sentences_of_the_article_in_its_order(text: str) -> None:
    article = make_article(text)
    sentences = sentences_of(article)
    vectors = FakeEmbedder().embed_passages([sentence.text for sentence in sentences])
    points = choose_key_points(sentences, vectors) if sentences else []
    spans = [(point.start, point.end) for point in points]
    assert spans == sorted(set(spans))
    assert len(spans) <= MOST
    assert set(spans) <= set(sentence_spans(article.text))
    assert len({article.text[start:end] for start, end in spans}) == len(spans)
