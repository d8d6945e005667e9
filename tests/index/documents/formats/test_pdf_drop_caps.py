"""The word that a large first letter of a PDF begins."""

from __future__ import annotations

import pytest

from index.documents.formats.pdf import extract_pdf
from tests.documents import Words, make_pdf

BESIDE = [
    "river ate the fish of the old mill all",
    "through the year, as they always did,",
    "and it liked them, young and old, as",
]


def page(cap: str, first: str, is_last: bool = False) -> list[Words]:
    letter = (40.0, 500.0, 44.0, cap)
    texts = [(80.0, 524.0, 10.0, first), (80.0, 512.0, 10.0, BESIDE[1]), (80.0, 500.0, 10.0, BESIDE[2])]
    below = [(40.0, 488.0, 10.0, "always before.")]
    head = [(40.0, 560.0, 16.0, "Bears")]
    return [*head, *texts, *below, letter] if is_last else [*head, letter, *texts, *below]


@pytest.mark.parametrize(
    ("cap", "first", "right"),
    [
        ("T", "he river ate", "The river ate"),
        ("“T", "he river ate,” said", "“The river ate,” said"),
        ("T", "HE RIVER ate", "THE RIVER ate"),
        ("A", "river ate", "A river ate"),
        ("A", "fter all, it ate", "After all, it ate"),
        ("I", "n the end it ate", "In the end it ate"),
        ("I", "never knew it ate", "I never knew it ate"),
        ("I", "’ve seen it eat", "I’ve seen it eat"),
        ("É", "lodie ate", "Élodie ate"),
    ],
)
def test_a_drop_cap_begins_its_word(cap: str, first: str, right: str) -> None:
    extracted = extract_pdf(make_pdf([page(cap, first)]), "b.pdf")
    assert (extracted.title, extracted.sections) == ("Bears", ())
    assert extracted.text == f"{right} {BESIDE[1]} {BESIDE[2]} always before."


def test_a_drop_cap_that_is_drawn_last_begins_its_word() -> None:
    text = extract_pdf(make_pdf([page("T", "he bear ate", is_last=True)]), "b.pdf").text
    assert text == f"The bear ate {BESIDE[1]} {BESIDE[2]} always before."


def test_letters_above_the_words_of_an_index_stay_headings() -> None:
    words = [(40.0, 540.0, 22.0, "B"), (40.0, 515.0, 10.0, "Bears eat the jam of the wardens.")]
    more = [(40.0, 480.0, 22.0, "F"), (40.0, 455.0, 10.0, "Foxes read the papers of the wardens.")]
    extracted = extract_pdf(make_pdf([words + more], "/Title(Index)"), "b.pdf")
    assert [section.title for section in extracted.sections] == ["B", "F"]
