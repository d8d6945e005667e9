"""What a reader that cannot tell words quotes: a sentence, or several that answer clearly better."""

from __future__ import annotations

import numpy as np

from index.types import Passage
from retrieval.read import sentences_of
from retrieval.read.rereading import MIN_GAIN, best_window, rows_of
from retrieval.types import Reading

TEXT = "Bears eat jam. Wolves do not.\n\nFoxes might."
PASSAGE = Passage("a1", 100, 100 + len(TEXT), TEXT, "Animals")
SENTENCES = sentences_of(PASSAGE, [0, 131])


def reading(answers: float) -> Reading:
    return Reading(0.0, answers, (), np.zeros(0, np.float32), np.zeros(0, np.float32), 0.0)


def quoted(sentence_scores: list[float], pair_scores: list[float]) -> tuple[str, str]:
    """The words of the best window of PASSAGE, and those of its best sentence."""
    window = best_window(
        PASSAGE,
        SENTENCES,
        [reading(score) for score in sentence_scores],
        rows_of(PASSAGE, SENTENCES, 2),
        [reading(score) for score in pair_scores],
    )
    return PASSAGE.cut(window.start, window.end).text, PASSAGE.cut(*window.best).text


def test_every_two_neighbours_in_order() -> None:
    rows = rows_of(PASSAGE, SENTENCES, 2)
    assert [part.text for part in rows] == ["Bears eat jam. Wolves do not.", "Wolves do not.\n\nFoxes might."]
    assert {part.context for part in rows} == {"Animals"}


def test_not_more_in_a_row_than_asked_for() -> None:
    assert rows_of(PASSAGE, SENTENCES, 1) == []
    assert [part.text for part in rows_of(PASSAGE, SENTENCES, 3)] == [
        "Bears eat jam. Wolves do not.",
        "Wolves do not.\n\nFoxes might.",
        TEXT,
    ]
    assert rows_of(PASSAGE, SENTENCES[:1], 2) == []


def test_three_sentences_are_quoted_where_they_answer_better_than_two() -> None:
    rows = rows_of(PASSAGE, SENTENCES, 3)
    alone = [reading(score) for score in (0.0, 2.0, 1.0)]
    window = best_window(PASSAGE, SENTENCES, alone, rows, [reading(score) for score in (3.5, 3.25, 4.0)])
    assert (window.start, window.end, window.best) == (100, 143, (115, 129))


def test_the_sentence_that_answers_best() -> None:
    assert quoted([-3.0, 2.0, 0.0], [0.0, 0.0]) == ("Wolves do not.", "Wolves do not.")


def test_two_sentences_that_gain_too_little_stay_apart() -> None:
    assert quoted([2.0, 0.0, 0.0], [2.0 + MIN_GAIN, 0.0])[0] == "Bears eat jam."


def test_two_sentences_that_gain_enough_are_quoted_with_the_better_one_marked() -> None:
    assert quoted([0.0, 2.0, 1.0], [3.5, 3.25]) == ("Bears eat jam. Wolves do not.", "Wolves do not.")
    assert quoted([0.0, 2.0, 1.0], [3.25, 3.5]) == ("Wolves do not.\n\nFoxes might.", "Wolves do not.")


def test_two_sentences_without_the_best_one_are_not_quoted() -> None:
    assert quoted([5.0, 0.0, 0.0], [0.0, 9.0]) == ("Bears eat jam.", "Bears eat jam.")


def test_of_equal_sentences_the_first_is_quoted() -> None:
    assert quoted([1.0, 1.0, 1.0], [1.0, 1.0])[0] == "Bears eat jam."
