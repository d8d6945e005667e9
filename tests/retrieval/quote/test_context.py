"""What stands before and after quoted words."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from index.text import sentence_spans
from index.types import Article, Passage
from retrieval.quote.context import with_surroundings
from retrieval.types import Citation
from tests.answers import quote_at
from tests.fakes import make_article

TEXT = (
    "Spring is late.\n\nIt rained for weeks. Nobody slept.\n\n"
    "Bears like jam. They eat it cold. Wolves do not."
    "\n\nFoxes read. They read in bed.\n\nOwls sleep."
)


def cited(article: Article, words: str) -> Citation:
    start = article.text.index(words)
    return cited_at(article, start, start + len(words))


def cited_at(article: Article, start: int, end: int) -> Citation:
    passage = Passage(article.id, start, end, article.text[start:end])
    return Citation(1, quote_at(article, start, end, passage=passage), 3, None, None)


def around(words: str, chars: int, text: str = TEXT) -> str:
    article = make_article(text)
    wider = with_surroundings(cited(article, words), chars).quote
    start, end = wider.best
    assert article.text[start:end] == words
    assert wider.text == article.text[wider.start : wider.end]
    return f"{article.text[wider.start : start]}[{words}]{article.text[end : wider.end]}"


def test_from_the_paragraph_before_to_the_one_after() -> None:
    assert around("They eat it cold.", 500) == (
        "It rained for weeks. Nobody slept.\n\nBears like jam. [They eat it cold.] Wolves do not.\n\n"
        "Foxes read. They read in bed."
    )


def test_only_whole_sentences_where_there_is_no_room_for_all() -> None:
    assert around("They eat it cold.", 40) == (
        "Nobody slept.\n\nBears like jam. [They eat it cold.] Wolves do not.\n\nFoxes read."
    )
    assert around("They eat it cold.", 5) == "[They eat it cold.]"


def test_at_the_edges_of_an_article() -> None:
    assert around("Spring is late.", 500) == "[Spring is late.]\n\nIt rained for weeks. Nobody slept."
    assert around("Owls sleep.", 500) == "Foxes read. They read in bed.\n\n[Owls sleep.]"
    assert around("Owls sleep.", 500, "Owls sleep.") == "[Owls sleep.]"


WORDS = st.lists(
    st.sampled_from(
        ["Bears like jam.", "It rained!", "Why? ", "\n\n", "\n", "“Yes,” he said.", "no stop", " 🦔 "]
    ),
    min_size=1,
    max_size=30,
).map(" ".join)


@given(WORDS, st.data(), st.integers(0, 120))
def test_it_holds_the_words_and_keeps_to_its_size(text: str, data: st.DataObject, chars: int) -> None:
    article = make_article(text)
    spans = sentence_spans(article.text)
    if not spans:
        return
    start, end = data.draw(st.sampled_from(spans))
    wider = with_surroundings(cited_at(article, start, end), chars).quote
    assert start - chars <= wider.start <= start
    assert end <= wider.end <= end + chars
    assert wider.text == wider.text.strip()
    # Whether a line without a stop is a sentence, the lines around it tell: of these there are fewer here.
    lines = {found.end() - 1 for found in re.finditer(r"(?m)^\s*\S", article.text)}
    assert {wider.start, start} <= lines | {first for first, _ in spans}
