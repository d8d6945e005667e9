"""Quotes are slices of the article: whole sentences, the best one inside."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text import sentence_spans, split_article
from index.types import Article, Passage
from retrieval.quote import rank_by_reading
from retrieval.quote.quotes import CLEARLY, leading, probability, quotes_of
from retrieval.types import Evidence, Judged, Quote, Reader, Reading
from tests.fakes import FakeEmbedder, FakeReader, make_article

NONE = np.zeros(0, dtype=np.float32)
SENTENCES = st.sampled_from(
    ["Bears like jam.", "The bears of the north\nlike jam.", "Sen. Bär met the U.S. team on Jan. 5.",
     "“Eat!” he said.", "Who?", "It is 3.5 km.", "🦔 …", "- An item", "A heading", "说：“好。”",
     "They eat it\nwith a long spoon\nin winter."]
)  # fmt: skip
GAPS = st.sampled_from([" ", "\n", "\n\n", "\n \n"])
TEXTS = st.one_of(
    st.text(),
    st.lists(st.tuples(SENTENCES, GAPS), min_size=1, max_size=40).map(
        lambda parts: "".join(sentence + gap for sentence, gap in parts)
    ),
)


class Dice:
    """Reads by lot, the same lot for the same words: every window is chosen now and then."""

    def read(self, question: str, passages: Sequence[Passage]) -> Sequence[Reading]:
        """One reading a passage, -8 to 8."""
        logits = [zlib.crc32(f"{question}{passage.text}".encode()) % 1601 / 100 - 8 for passage in passages]
        return [Reading(logit, logit, (), NONE, NONE, 0.0) for logit in logits]


def passages_of(article: Article) -> list[Passage]:
    return split_article(article, 20, FakeEmbedder().count_tokens)


def quoted(
    question: str, ranked: Sequence[Judged], reader: Reader, limit: int, articles: Sequence[Article]
) -> list[Quote]:
    """What is quoted of passages of these articles, read so, by the rules of these tests."""
    by_id = {article.id: article for article in articles}
    evidence = [
        Evidence("main", by_id[passage.article_id], passage, reading)
        for passage, reading in leading(ranked, limit, CLEARLY)
    ]
    return quotes_of(question, evidence, reader, limit, sentences=2, enough=0.8)


def quotes_by_lot(article: Article, question: str, limit: int) -> list[Quote]:
    passages = passages_of(article)
    ranked = rank_by_reading(passages, Dice().read(question, passages))
    return quoted(question, ranked, Dice(), limit, [article])


@given(TEXTS, st.text(max_size=3), st.integers(1, 4))
def test_a_quote_is_a_slice_of_its_article(text: str, question: str, limit: int) -> None:
    article = make_article(text)
    quotes = quotes_by_lot(article, question, limit)
    assert len(quotes) <= limit
    assert bool(quotes) == bool(text_is_visible(article))
    for quote in quotes:
        assert quote.text == article.text[quote.start : quote.end]
        assert quote.start <= quote.best[0] < quote.best[1] <= quote.end
        assert quote.text == quote.text.strip()
        assert 0 < quote.score < 1


@given(TEXTS, st.text(max_size=3))
def test_a_quote_is_one_or_two_whole_sentences_and_marks_one_of_them(text: str, question: str) -> None:
    article = make_article(text)
    spans = sentence_spans(article.text)
    if any(count > 20 for count in FakeEmbedder().count_tokens([article.text[s:e] for s, e in spans])):
        return  # a sentence longer than a passage is cut, and so is its quote
    for quote in quotes_by_lot(article, question, 3):
        inside = [span for span in spans if quote.start <= span[0] and span[1] <= quote.end]
        assert len(inside) in (1, 2)
        assert (inside[0][0], inside[-1][1]) == (quote.start, quote.end)
        assert quote.best in inside


def text_is_visible(article: Article) -> str:
    return article.text.strip()


BEARS = make_article("Bears like jam. They eat it with a spoon.", "b.md")
WOLVES = make_article("Wolves like jam. They eat it from the jar.", "w.md")
FOXES = make_article("Foxes like jam. They do not eat it.", "f.md")
ANIMALS = (BEARS, WOLVES, FOXES)
WHOLE = [Passage(a.id, 0, len(a.text), a.text) for a in ANIMALS]


def with_logits(*logits: float) -> list[Judged]:
    return [(p, Reading(x, x, (), NONE, NONE, 0.0)) for p, x in zip(WHOLE, logits, strict=False)]


def test_no_passage_no_quote() -> None:
    assert quoted("Who?", [], FakeReader(), 3, ANIMALS) == []


def test_one_quote_where_the_first_passage_is_clearly_the_answer() -> None:
    quotes = quoted("Who likes jam?", with_logits(5.0, 5.0 - CLEARLY - 0.1), FakeReader(), 3, ANIMALS)
    assert [quote.text for quote in quotes] == ["Bears like jam."]


def test_several_quotes_where_several_passages_answer_the_best_first() -> None:
    quotes = quoted("Who likes jam?", with_logits(5.0, 5.0 - CLEARLY), FakeReader(), 3, ANIMALS)
    assert [quote.text for quote in quotes] == ["Bears like jam.", "Wolves like jam."]


def test_not_more_quotes_than_asked_for() -> None:
    quotes = quoted("Who likes jam?", with_logits(5.0, 5.0, 5.0), FakeReader(), 1, ANIMALS)
    assert [quote.text for quote in quotes] == ["Bears like jam."]


def test_the_score_is_the_probability_that_the_passage_answers() -> None:
    quotes = quoted("Who likes jam?", with_logits(0.0), FakeReader(), 3, ANIMALS)
    assert [quote.score for quote in quotes] == [0.5]


def test_two_sentences_where_the_answer_needs_both() -> None:
    quote = quoted("Which bears eat jam with a spoon?", with_logits(5.0), FakeReader(), 3, ANIMALS)[0]
    assert quote.text == "Bears like jam. They eat it with a spoon."
    assert BEARS.text[slice(*quote.best)] == "Bears like jam."


def test_passages_are_ranked_by_what_was_read_and_keep_their_order_where_that_is_equal() -> None:
    ranked = rank_by_reading(WHOLE, [reading for _, reading in with_logits(1.0, 3.0, 1.0)])
    assert [passage.article_id for passage, _ in ranked] == [WOLVES.id, BEARS.id, FOXES.id]


@pytest.mark.parametrize(
    ("logit", "expected"), [(0.0, 0.5), (-2.0, 0.11920292202211755), (800.0, 1.0), (-800.0, 0.0)]
)
def test_a_logit_as_a_probability(logit: float, expected: float) -> None:
    assert probability(logit) == pytest.approx(expected, abs=1e-12)
