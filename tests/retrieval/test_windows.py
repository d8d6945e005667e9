"""Which part of a passage is quoted: a sentence, or two where they answer clearly better."""

from __future__ import annotations

import numpy as np
import pytest

from index.types import Passage
from retrieval.types import Reading
from retrieval.windows import MIN_GAIN, best_window, sentence_windows

TEXT = "Bears eat jam. Wolves do not.\n\nFoxes might."
PASSAGE = Passage("a1", 100, 100 + len(TEXT), TEXT, "Animals")
PARAGRAPHS = [0, 131]


def reading(answers: float) -> Reading:
    return Reading(0.0, answers, (), np.zeros(0, np.float32), np.zeros(0, np.float32), 0.0)


def quoted(sentence_scores: list[float], pair_scores: list[float]) -> tuple[str, str, float]:
    """The words of the best window of PASSAGE, those of its best sentence, and its score."""
    sentences, pairs = sentence_windows(PASSAGE, PARAGRAPHS, 2)
    window = best_window(
        PASSAGE, sentences, [reading(s) for s in sentence_scores], pairs, [reading(s) for s in pair_scores]
    )
    return PASSAGE.cut(window.start, window.end).text, PASSAGE.cut(*window.best).text, window.answers


def test_every_sentence_and_every_two_neighbours_in_order() -> None:
    sentences, pairs = sentence_windows(PASSAGE, PARAGRAPHS, 2)
    assert [part.text for part in sentences] == ["Bears eat jam.", "Wolves do not.", "Foxes might."]
    assert [part.text for part in pairs] == [
        "Bears eat jam. Wolves do not.",
        "Wolves do not.\n\nFoxes might.",
    ]
    assert [(part.start, part.end) for part in sentences] == [(100, 114), (115, 129), (131, 143)]
    assert {part.context for part in sentences + pairs} == {"Animals"}


def test_not_more_in_a_row_than_asked_for() -> None:
    assert sentence_windows(PASSAGE, PARAGRAPHS, 1)[1] == []
    assert [part.text for part in sentence_windows(PASSAGE, PARAGRAPHS, 3)[1]] == [
        "Bears eat jam. Wolves do not.",
        "Wolves do not.\n\nFoxes might.",
        TEXT,
    ]


def test_three_sentences_are_quoted_where_they_answer_better_than_two() -> None:
    sentences, rows = sentence_windows(PASSAGE, PARAGRAPHS, 3)
    alone = [reading(score) for score in (0.0, 2.0, 1.0)]
    window = best_window(PASSAGE, sentences, alone, rows, [reading(score) for score in (3.5, 3.25, 4.0)])
    assert (window.start, window.end, window.best) == (100, 143, (115, 129))


def test_a_passage_of_one_sentence_has_no_pair() -> None:
    passage = Passage("a1", 0, 14, "Bears eat jam.")
    assert sentence_windows(passage, [0], 2) == ([passage], [])


def test_the_sentence_that_answers_best() -> None:
    assert quoted([-3.0, 2.0, 0.0], [0.0, 0.0]) == ("Wolves do not.", "Wolves do not.", 2.0)


def test_two_sentences_that_gain_too_little_stay_apart() -> None:
    assert quoted([2.0, 0.0, 0.0], [2.0 + MIN_GAIN, 0.0])[0] == "Bears eat jam."


def test_two_sentences_that_gain_enough_are_quoted_with_the_better_one_marked() -> None:
    assert quoted([0.0, 2.0, 1.0], [3.5, 3.25]) == ("Bears eat jam. Wolves do not.", "Wolves do not.", 3.5)
    assert quoted([0.0, 2.0, 1.0], [3.25, 3.5]) == ("Wolves do not.\n\nFoxes might.", "Wolves do not.", 3.5)


def test_two_sentences_without_the_best_one_are_not_quoted() -> None:
    assert quoted([5.0, 0.0, 0.0], [0.0, 9.0]) == ("Bears eat jam.", "Bears eat jam.", 5.0)


def test_of_equal_sentences_the_first_is_quoted() -> None:
    assert quoted([1.0, 1.0, 1.0], [1.0, 1.0])[0] == "Bears eat jam."


@pytest.mark.parametrize(
    "text", ["The bears of the north\nlike jam.", "“Is it jam?” he asked.", "3.5 kg of jam"]
)
def test_a_passage_that_is_one_sentence_of_its_article_is_not_cut(text: str) -> None:
    sentences, _ = sentence_windows(Passage("a1", 7, 7 + len(text), text), [0], 2)
    assert [part.text for part in sentences] == [text]


def test_where_lines_are_paragraphs_a_line_ends_a_sentence() -> None:
    text = "The bears of the north\nlike jam."
    sentences, _ = sentence_windows(Passage("a1", 7, 7 + len(text), text), [0, 7, 30], 2)
    assert [part.text for part in sentences] == ["The bears of the north", "like jam."]


def test_a_list_is_cut_into_its_items() -> None:
    text = "Bears like\n- jam\n- honey"
    sentences, _ = sentence_windows(Passage("a1", 0, len(text), text), [0], 2)
    assert [part.text for part in sentences] == ["Bears like", "- jam", "- honey"]
