"""Nearest neighbours, against comparing every vector by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.store.verify import find_disagreements
from index.types import Vectors
from index.vectors import VectorIndex


def unit_vectors(count: int, dim: int, seed: int) -> Vectors:
    vectors = np.random.default_rng(seed).normal(size=(count, dim))
    units: Vectors = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
    return units


def index_of(vectors: Vectors) -> VectorIndex:
    """One of these, numbered from 0."""
    index = VectorIndex(vectors.shape[1])
    index.add(range(len(vectors)), vectors)
    return index


@given(
    count=st.integers(0, 40),
    dim=st.integers(2, 16),
    seed=st.integers(0, 2**32 - 1),
    k=st.integers(-1, 50),
    rows=st.none() | st.sets(st.integers(0, 39)),
)
def test_the_nearest_are_those_of_comparing_all(
    count: int, dim: int, seed: int, k: int, rows: set[int] | None
) -> None:
    vectors, question = unit_vectors(count, dim, seed), unit_vectors(1, dim, seed + 1)[0]
    among = range(count) if rows is None else {row for row in rows if row < count}
    cosines = vectors @ question
    expected = sorted(among, key=lambda row: -cosines[row])[: max(0, k)]
    found = index_of(vectors).nearest(question, k, None if rows is None else among)
    # Cosines may tie, so the scores decide, not the rows.
    assert [score for _, score in found] == pytest.approx([cosines[row] for row in expected], abs=1e-5)
    assert [score for _, score in found] == pytest.approx([cosines[row] for row, _ in found], abs=1e-5)
    assert len({row for row, _ in found} & set(among)) == len(expected)


def test_what_is_not_as_in_the_file_is_named() -> None:
    vectors = unit_vectors(4, 8, 7)
    index = index_of(vectors)
    assert [*find_disagreements(index, range(4), vectors)] == []
    assert [*find_disagreements(index, [0, 1, 2, 3, 4], np.vstack([vectors, vectors[:1]]))] == [
        "passage number 4 isn't in FAISS"
    ]
    assert [*find_disagreements(index, [0, 2, 3], vectors[[0, 1, 3]])] == [
        "FAISS has another vector for passage number 2",
        "FAISS has passage number 1, which isn't in the file",
    ]
    assert [*find_disagreements(VectorIndex(8), [], np.zeros((0, 8), np.float32))] == []
    longer = vectors * np.array([[1.0], [0.5], [1.0], [1.0]], np.float32)
    assert [*find_disagreements(index_of(longer), range(4), longer)] == [
        "FAISS doesn't find passage number 1 by its own vector"
    ]


def test_a_vector_is_nearest_to_itself() -> None:
    vectors = np.eye(3, dtype=np.float32)
    assert index_of(vectors).nearest(vectors[1], 1) == [(1, 1.0)]
    assert index_of(vectors).nearest(vectors[1], 1, numbers=[2]) == [(2, 0.0)]
    assert index_of(vectors).nearest(-vectors[1], 9)[-1] == (1, -1.0)


def test_an_index_of_nothing_finds_nothing() -> None:
    assert VectorIndex(0).nearest(np.ones(3, np.float32), 5) == []


@pytest.mark.parametrize(
    ("question", "message"),
    [
        (np.ones(2, np.float32), r"^expected 3 finite numbers, got shape \(2,\)$"),
        (np.ones((1, 3), np.float32), r"^expected 3 finite numbers, got shape \(1, 3\)$"),
        (np.array([1, np.nan, 0], np.float32), r"^expected 3 finite numbers, got shape \(3,\)$"),
    ],
)
def test_a_question_of_another_shape_is_refused(question: Vectors, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        index_of(np.eye(3, dtype=np.float32)).nearest(question, 1)


@pytest.mark.parametrize(
    ("vectors", "message"),
    [
        (np.ones(3, np.float32), r"^expected 3 rows of 3 float32, got float32 of shape \(3,\)$"),
        (np.eye(3), r"^expected 3 rows of 3 float32, got float64 of shape \(3, 3\)$"),
        (np.ones((3, 2), np.float32), r"^expected 3 rows of 3 float32, got float32 of shape \(3, 2\)$"),
        (np.ones((2, 3), np.float32), r"^expected 3 rows of 3 float32, got float32 of shape \(2, 3\)$"),
    ],
)
def test_other_than_a_row_of_float32_a_number_is_refused(vectors: Vectors, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        VectorIndex(3).add([1, 2, 3], vectors)


@given(st.lists(st.sets(st.integers(0, 30), min_size=1), min_size=1, max_size=6), st.integers(0, 2**32 - 1))
def test_what_was_removed_is_found_no_more_and_the_rest_as_before(gone: list[set[int]], seed: int) -> None:
    vectors, question = unit_vectors(30, 8, seed), unit_vectors(1, 8, seed + 1)[0]
    index, left = index_of(vectors), set(range(30))
    for numbers in gone:
        index.remove(numbers)
        left -= numbers
    assert len(index) == len(left)
    found = index.nearest(question, 99)
    assert {number for number, _ in found} == left
    assert [score for _, score in found] == pytest.approx(
        sorted((vectors[sorted(left)] @ question).tolist(), reverse=True), abs=1e-5
    )
    again = sorted(set(range(30)) - left)
    index.add(again, vectors[again])
    assert dict(index.nearest(question, 99)) == pytest.approx(
        dict(index_of(vectors).nearest(question, 99)), abs=1e-5
    )
