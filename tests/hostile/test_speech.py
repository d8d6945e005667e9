"""Who says what is told of an article in a time that grows with its length, beside what the parser takes.

The parser itself is linear. What comes after it once took the square of the length, or its cube.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

import pytest

from retrieval.attribution.attribution import attribute
from retrieval.attribution.frames import make_frames
from retrieval.attribution.grammar_attributor import SHORT
from retrieval.attribution.quotations import find_quotations, paragraphs
from retrieval.parser import Parsed, load_parser
from tests.hostile.shapes import Shape
from tests.hostile.timing import interruptible, seconds_at

MAX_S = 1.0
"""Of processor time, for an article that is read whole; what is linear takes a third of it at most."""

REPEATED = (
    "“a” ",
    "“a”",
    "“A is so.” ",
    "Bob “a” ",
    "a: “b” ",
    "statement: “a” ",
    "said he: “b” ",
    "“A,” said Bob ",
    "Bob said he ",
    "Bob said he. ",
    "Bob said that it said that ",
    "according to Bob ",
    "the mayor of Leeds said ",
    "Police said the company said ",
    "Bob Mr ",
    "Police Jane Roe ",
    "Ann Bob, the mayor, ",
    "IMF, ",
    ". 'told «",
    "‘x’ , ",
    "he never told “a” ",
)


class _ParsedBefore:
    """Stands for the parser that has parsed the sentences of ``text`` before, which is not measured."""

    def __init__(self, text: str) -> None:
        frames = make_frames(text, paragraphs(text), find_quotations(text))
        self._parsed = load_parser().parse([frame.text for frame in frames])

    def parse(self, _: Sequence[str]) -> Sequence[Parsed]:
        return self._parsed


@pytest.fixture(autouse=True)
def _ended() -> Iterator[None]:
    with interruptible():
        yield


def _make(shape: Shape, length: int) -> Callable[[], object]:
    text = shape.text(length)
    return partial(attribute, text, _ParsedBefore(text))


@pytest.mark.parametrize("repeated", REPEATED)
def test_who_says_what_is_told_in_time(repeated: str) -> None:
    assert seconds_at(SHORT, MAX_S, partial(_make, Shape("", repeated, ""))) < MAX_S
