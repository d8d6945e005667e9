"""Numbers that count the lines of a PDF in its margins."""

from __future__ import annotations

import pytest

from index.documents.formats.pdf import extract_pdf
from tests.documents import make_pdf

TOP = 540.0
PROSE = [
    "The warden of the forest shall count the bears in each year,",
    "whatever they ate there, and write down where they were seen",
    "throughout the summer; for this reason the owner of the forest",
    "maintains a way for the warden. Nobody else may go there when",
    "everybody is asleep, and whoever does it all the same pays for",
    "whatsoever it may have cost to count them.",
]


@pytest.mark.parametrize("side", ["left", "right"])
@pytest.mark.parametrize("step", [1, 5])
@pytest.mark.parametrize("is_drawn_last", [False, True])
def test_numbers_of_lines_in_the_margin_are_left_out(side: str, step: int, is_drawn_last: bool) -> None:
    prose = PROSE if step == 1 else (PROSE[:5] * 5)
    place = 20.0 if side == "left" else 380.0
    numbers = [
        (place, TOP - 12 * number, 8.0, str(number))
        for number in range(1, len(prose) + 1)
        if number % step == 0
    ]
    texts = [(40.0, TOP - 12 * number, 10.0, text) for number, text in enumerate(prose, 1)]
    in_order = sorted([*texts, *numbers], key=lambda words: (-words[1], words[0]))
    page = [*texts, *numbers] if is_drawn_last else in_order
    assert extract_pdf(make_pdf([page]), "b.pdf").text == " ".join(prose)


def test_the_numbers_of_verses_stay() -> None:
    verses = [(40.0, 10.0, PROSE[0]), (40.0, 10.0, PROSE[1]), (40.0, 10.0, PROSE[2])]
    tops = [540.0, 516.0, 480.0, 456.0, 408.0]
    page = [
        words
        for number, top in enumerate(tops, 1)
        for words in [
            (20.0, top, 8.0, str(number)),
            *((x, top - 12 * n, s, t) for n, (x, s, t) in enumerate(verses[: 1 + number % 3])),
        ]
    ]
    text = extract_pdf(make_pdf([page]), "b.pdf").text
    assert text.startswith(f"1 {PROSE[0]}")
    assert f"4 {PROSE[0]}" in text
