"""What is raised and lowered in a PDF, by its place and size: no part of a number."""

from __future__ import annotations

import pytest

from index.documents.formats.pdf import boxes, extract_pdf
from tests.documents import make_pdf_of

Piece = tuple[str, float, float]
"""Words, their size, and how far they are raised, in points."""


def page(*pieces: Piece) -> bytes:
    shown = "".join(f"/F1 {size} Tf {rise} Ts ({words}) Tj " for words, size, rise in pieces)
    return make_pdf_of([f"BT 40 500 Td {shown}ET".encode("cp1252")])


def text(before: str, run: str, after: str, size: float = 7, rise: float = 4) -> str:
    return extract_pdf(page((before, 11, 0), (run, size, rise), (after, 11, 0)), "b.pdf").text


@pytest.mark.parametrize(
    ("before", "run", "after", "right"),
    [
        ("The basin holds 10", "6", " litres.", "The basin holds 10⁶ litres."),
        ("It is about 10", "-6", " of it.", "It is about 10⁻⁶ of it."),
        ("It was 3 m", "3", " a second.", "It was 3 m³ a second."),
        ("It costs $11", "99", " now.", "It costs $11⁹⁹ now."),
        ("There were 1,200", "3", " people.", "There were 1,200 people."),
        ("There were 1,200", "12", ", they say.", "There were 1,200, they say."),
        ("It was so in 2021", "[4]", ", they say.", "It was so in 2021, they say."),
        ("Bears like jam.", "7", " Foxes do not.", "Bears like jam. Foxes do not."),
        ("It was on the 1", "st", " of May.", "It was on the 1st of May."),
    ],
)
def test_what_is_raised_makes_no_number_longer(before: str, run: str, after: str, right: str) -> None:
    assert text(before, run, after) == right


def test_what_is_lowered_stays() -> None:
    assert text("There is CO", "2", " in it.", rise=-2) == "There is CO2 in it."
    assert text("It is the log", "10", "5 of it.", rise=-2) == "It is the log₁₀5 of it."


def test_small_numbers_on_the_line_stay() -> None:
    assert text("It was in 19", "83", " or so.", size=9, rise=0) == "It was in 1983 or so."


def test_the_number_of_a_note_stands_apart_from_it() -> None:
    assert text("", "1", "Holm, A.: Jam.") == "1 Holm, A.: Jam."


def test_a_sentence_without_its_note_mark_is_found_on_the_page() -> None:
    data = page(("There were 1,200", 11, 0), ("3", 7, 4), (" people.", 11, 0))
    (whole,) = boxes(data, 1, "There were 1,200 people.")
    as_it_was_read_once = boxes(data, 1, "There were 1,2003 people.")
    assert (as_it_was_read_once[0][0], as_it_was_read_once[-1][2]) == (whole[0], whole[2])


def test_letters_that_are_next_to_nothing_are_read() -> None:
    data = page(("There were 1,200", 0.01, 0), ("3", 0.008, 0.005), (" people.", 0.01, 0))
    assert extract_pdf(data, "b.pdf").text.startswith("There were 1,200")
