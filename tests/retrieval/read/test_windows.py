"""Which part of a passage one reading of it chooses, and which of its words are marked."""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Callable, Mapping

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.types import Passage
from retrieval.read import Window, sentences_of, window_of_words
from retrieval.read.windows import FEW
from retrieval.types import Reading

TEXT = "Bears eat jam. Wolves do not.\n\nFoxes might."
PASSAGE = Passage("a1", 100, 100 + len(TEXT), TEXT, "Animals")
SENTENCES = sentences_of(PASSAGE, [0, 131])
LOW = -20.0
RUMOUR = "Either Anna did it or, as some say in the valley, Boris did."


def read_words(passage: Passage, starts: Mapping[str, float], ends: Mapping[str, float]) -> Reading:
    """A reading whose tokens are the words of the passage: LOW for all but these."""
    words = list(re.finditer(r"\w+", passage.text))
    return Reading(
        0.0,
        0.0,
        tuple((passage.start + word.start(), passage.start + word.end()) for word in words),
        np.array([starts.get(word.group(), LOW) for word in words], dtype=np.float32),
        np.array([ends.get(word.group(), LOW) for word in words], dtype=np.float32),
        0.0,
    )


def texts(window: Window) -> tuple[str, str]:
    """The words of the window, and those that are marked."""
    return window.passage.cut(window.start, window.end).text, window.passage.cut(*window.best).text


def chosen(
    starts: Mapping[str, float], ends: Mapping[str, float], most: int = 2, enough: float = 0.8
) -> tuple[str, str]:
    return texts(window_of_words(PASSAGE, SENTENCES, read_words(PASSAGE, starts, ends), most, enough))


def test_every_sentence_in_order() -> None:
    assert [part.text for part in SENTENCES] == ["Bears eat jam.", "Wolves do not.", "Foxes might."]
    assert [(part.start, part.end) for part in SENTENCES] == [(100, 114), (115, 129), (131, 143)]
    assert {part.context for part in SENTENCES} == {"Animals"}


def test_the_sentence_that_holds_the_answer_and_its_words() -> None:
    assert chosen({"jam": 5.0}, {"jam": 5.0}) == ("Bears eat jam.", "jam")
    assert chosen({"eat": 5.0}, {"jam": 5.0}) == ("Bears eat jam.", "eat jam")
    assert chosen({"Foxes": 5.0}, {"might": 5.0}) == ("Foxes might.", "Foxes might")


def test_an_answer_across_two_sentences_is_quoted_whole() -> None:
    assert chosen({"jam": 5.0}, {"not": 5.0}) == ("Bears eat jam. Wolves do not.", "jam. Wolves do not")
    assert chosen({"jam": 5.0}, {"not": 2.0}, most=1)[0] == "Bears eat jam."


def test_a_second_sentence_only_where_the_first_holds_too_little() -> None:
    # Two answers apart: "jam" holds three quarters of what both hold, "Wolves" one quarter.
    starts = {"jam": math.log(3.0), "Wolves": 0.0}
    ends = {"jam": 0.0, "Wolves": 0.0}
    both = 3.0 + 1.0 + 3.0  # from "jam" to "Wolves" is a span too
    assert chosen(starts, ends, enough=3.0 / both - 0.01)[0] == "Bears eat jam."
    assert chosen(starts, ends, enough=3.0 / both + 0.01)[0] == "Bears eat jam. Wolves do not."


def test_other_borders_of_an_answer_speak_for_it() -> None:
    # "Bears eat jam", "eat jam" and "jam" share the weight: the middle one is the heaviest of them.
    starts, ends = {"Bears": 2.0, "eat": 2.1, "jam": 2.0}, {"jam": 2.0}
    assert chosen(starts, ends) == ("Bears eat jam.", "eat jam")


def test_of_two_answers_apart_none_is_sure_and_their_sentence_is_marked() -> None:
    passage = Passage("a1", 0, len(RUMOUR), RUMOUR)
    scores = {"Anna": 2.0, "Boris": 2.1}
    window = window_of_words(passage, [passage], read_words(passage, scores, scores), 1, 1.0)
    assert texts(window)[1] == passage.text
    scores = {"Anna": 2.0, "Boris": 4.0}
    window = window_of_words(passage, [passage], read_words(passage, scores, scores), 1, 1.0)
    assert texts(window)[1] == "Boris"


def test_marked_words_are_whole_even_where_tokens_are_parts() -> None:
    passage = Passage("a1", 10, 30, "Zelenskyy spoke now.")
    tokens = ((10, 13), (13, 19), (20, 25), (26, 29))
    scores = np.array([LOW, 5.0, LOW, LOW], dtype=np.float32)
    window = window_of_words(
        passage, [passage], Reading(0.0, 0.0, tokens, scores, scores, 0.0), most=2, enough=0.8
    )
    assert texts(window) == ("Zelenskyy spoke now.", "Zelenskyy")


def test_more_than_a_few_words_are_not_marked() -> None:
    text = " ".join(["word"] * (FEW + 1)) + "."
    passage = Passage("a1", 0, len(text), text)
    tokens = tuple((5 * at, 5 * at + 4) for at in range(FEW + 1))
    starts = np.full(FEW + 1, LOW, dtype=np.float32)
    ends = starts.copy()
    starts[0] = ends[-1] = 9.0
    reading = Reading(0.0, 0.0, tokens, starts, ends, 0.0)
    assert texts(window_of_words(passage, [passage], reading, 1, 1.0)) == (text, text)


def test_a_sentence_behind_what_the_model_read_is_not_chosen() -> None:
    reading = read_words(PASSAGE, {"Bears": -9.0}, {"Bears": -9.0})
    cut = Reading(0.0, 0.0, reading.tokens[:3], reading.starts[:3], reading.ends[:3], 0.0)
    assert texts(window_of_words(PASSAGE, SENTENCES, cut, 1, 1.0))[0] == "Bears eat jam."


def brute_force(reading: Reading, first: int, behind: int) -> float:
    return sum(
        math.exp(float(reading.starts[i]) + float(reading.ends[j]))
        for i, j in itertools.combinations_with_replacement(range(first, behind), 2)
    )


LOGITS = st.floats(-8, 8, width=32)


@given(st.data(), st.integers(1, 4), st.floats(0.05, 1.0))
def test_the_window_is_the_shortest_that_holds_enough(data: st.DataObject, most: int, enough: float) -> None:
    words = len(re.findall(r"\w+", TEXT))
    draw: Callable[[], list[float]] = lambda: data.draw(st.lists(LOGITS, min_size=words, max_size=words))  # noqa: E731
    empty = read_words(PASSAGE, {}, {})
    reading = Reading(0.0, 0.0, empty.tokens, np.array(draw(), np.float32), np.array(draw(), np.float32), 0.0)
    window = window_of_words(PASSAGE, SENTENCES, reading, most, enough)
    borders = [(0, 3), (3, 6), (6, 8)]  # the tokens of each sentence
    best = [
        max(brute_force(reading, borders[row][0], borders[row + count - 1][1]) for row in range(4 - count))
        for count in range(1, min(most, 3) + 1)
    ]
    holding = [weight for weight in best if weight >= enough * best[-1] * (1 - 1e-4)]
    inside = [n for n, part in enumerate(SENTENCES) if window.start <= part.start and part.end <= window.end]
    weight = brute_force(reading, borders[inside[0]][0], borders[inside[-1]][1])
    assert (window.start, window.end) == (SENTENCES[inside[0]].start, SENTENCES[inside[-1]].end)
    assert weight >= enough * best[-1] * (1 - 1e-3)
    assert len(inside) <= best.index(holding[0]) + 2
    assert window.start <= window.best[0] < window.best[1] <= window.end


@pytest.mark.parametrize(
    "text", ["The bears of the north\nlike jam.", "“Is it jam?” he asked.", "3.5 kg of jam"]
)
def test_a_passage_that_is_one_sentence_of_its_article_is_not_cut(text: str) -> None:
    assert [part.text for part in sentences_of(Passage("a1", 7, 7 + len(text), text), [0])] == [text]


def test_where_lines_are_paragraphs_a_line_ends_a_sentence() -> None:
    text = "The bears of the north\nlike jam."
    parts = sentences_of(Passage("a1", 7, 7 + len(text), text), [0, 7, 30])
    assert [part.text for part in parts] == ["The bears of the north", "like jam."]


def test_a_list_is_cut_into_its_items() -> None:
    text = "Bears like\n- jam\n- honey"
    parts = sentences_of(Passage("a1", 0, len(text), text), [0])
    assert [part.text for part in parts] == ["Bears like", "- jam", "- honey"]
