"""Sentences packed into passages."""

from __future__ import annotations

import re
import time
from collections.abc import Sequence

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.text import sentence_spans, split_article
from index.text.passages import CHARS_A_TOKEN, context_at
from index.types import Passage, Section
from tests.fakes import make_article

FRAGMENTS = st.sampled_from(
    [
        "Bears like jam. ",
        "They said so ",
        "and ",
        "U.S. ",
        "x" * 30,
        "  ",
        "\n\n",
        "\n",
        "- ",
        "é",
        "你好。",
        "? ",
        "🦔",
    ]
)
TEXTS = st.one_of(st.text(), st.lists(FRAGMENTS, max_size=60).map("".join))


def count_words(texts: Sequence[str]) -> list[int]:
    return [len(text.split()) for text in texts]


def count_letters(texts: Sequence[str]) -> list[int]:
    return [len(re.sub(r"\s", "", text)) for text in texts]


def split(text: str, limit: int) -> list[str]:
    return [passage.text for passage in split_article(make_article(text), limit, count_words)]


def test_whole_sentences_fill_a_passage() -> None:
    assert split("One two. Three four. Five six.", 4) == ["One two. Three four.", "Five six."]
    assert split("One two. Three four. Five six.", 6) == ["One two. Three four. Five six."]


def test_a_passage_ends_rather_than_begin_a_paragraph_it_cannot_finish() -> None:
    assert split("One two three.\n\nFour five. Six seven.", 5) == ["One two three.", "Four five. Six seven."]


def test_a_small_passage_begins_a_paragraph_all_the_same() -> None:
    assert split("One two.\n\nThree four. Five six seven.", 5) == [
        "One two.\n\nThree four.",
        "Five six seven.",
    ]


def test_an_endless_sentence_is_cut_at_spaces() -> None:
    words = [f"w{number}" for number in range(100)]
    passages = split(" ".join(words), 10)
    assert [word for passage in passages for word in passage.split()] == words
    assert max(count_words(passages)) <= 10


def test_a_sentence_without_spaces_is_cut_too() -> None:
    article = make_article("x" * 100)
    passages = split_article(article, 30, count_letters)
    assert "".join(passage.text for passage in passages) == "x" * 100
    assert max(len(passage.text) for passage in passages) <= 30


def test_a_word_without_end_is_cut_though_it_is_one_token() -> None:
    article = make_article(f"The picture: {'aGVsbG8' * 1500}. It is one. " * 3)
    passages = split_article(article, 160, count_words)
    assert max(len(passage.text) for passage in passages) < (CHARS_A_TOKEN + 1) * 160
    assert sum(len(passage.text) for passage in passages) > 3 * 7 * 1500


def test_no_endless_sentence_is_counted_whole() -> None:
    """A megabyte of brackets in one takes the tokenizer 400 MB of memory."""
    counted: list[int] = []

    def count(texts: Sequence[str]) -> list[int]:
        counted.extend(map(len, texts))
        return [len(text) for text in texts]

    split_article(make_article("Bears (" + "(" * 100_000), 160, count)
    assert max(counted) <= CHARS_A_TOKEN * (160 + 1)


def test_a_passage_stands_under_title_and_heading() -> None:
    text = "One two. Three four. Five six."
    sections = (Section(0, "Jam"), Section(text.index("Three"), "Honey"))
    article = make_article(text, title="Jam", sections=sections)
    assert split_article(article, 2, count_words) == [
        Passage(article.id, 0, 8, "One two.", "Jam"),
        Passage(article.id, 9, 20, "Three four.", "Jam · Honey"),
        Passage(article.id, 21, 30, "Five six.", "Jam · Honey"),
    ]
    assert context_at(make_article(text, title="Bears"), 9) == "Bears"


def test_each_passage_finds_its_heading_among_very_many_at_once() -> None:
    sections = tuple(Section(10 * number, f"{number}") for number in range(20_000))
    article = make_article("One two.\n\n" * len(sections), title="Jam", sections=sections)
    begun = time.thread_time()
    passages = split_article(article, 2, count_words)
    assert time.thread_time() - begun < 5  # going through all headings for each takes 20 s
    assert [passage.context for passage in passages] == [f"Jam · {number}" for number in range(20_000)]


def test_a_cut_is_counted_in_the_article() -> None:
    passage = Passage("a", 10, 30, "One two. Three four.", "Jam")
    assert passage.cut(19, 30) == Passage("a", 19, 30, "Three four.", "Jam")
    for start, end in ((9, 12), (12, 12), (20, 31)):
        with pytest.raises(ValueError, match=f"^{start}:{end} is not a span inside 10:30$"):
            passage.cut(start, end)


@given(TEXTS, st.integers(1, 12))
@example("ab  cd  ef", 1)
def test_passages_are_slices_that_hold_everything_once(text: str, limit: int) -> None:
    article = make_article(text)
    passages = split_article(article, limit, count_words)
    place = 0
    for passage in passages:
        assert article.text[place : passage.start].strip() == ""
        assert passage.text == article.text[passage.start : passage.end] == passage.text.strip() != ""
        place = passage.end
    assert article.text[place:].strip() == ""


@given(TEXTS, st.integers(1, 12), st.sampled_from([count_words, count_letters]))
def test_no_passage_is_over_the_limit(text: str, limit: int, count: object) -> None:
    assert callable(count)
    passages = split_article(make_article(text), limit, count)
    assert all(found <= limit for found in count([passage.text for passage in passages]))


@given(TEXTS, st.integers(1, 12))
def test_a_sentence_that_fits_is_never_cut(text: str, limit: int) -> None:
    article = make_article(text)
    passages = split_article(article, limit, count_words)
    for start, end in sentence_spans(article.text):
        words = count_words([article.text[start:end]])[0]
        if words <= limit and end - start <= CHARS_A_TOKEN * limit:
            assert sum(passage.start <= start and end <= passage.end for passage in passages) == 1
