"""Where direct speech begins and ends."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.attribution.quotations import find_quotations


def found(text: str) -> list[str]:
    return [text[quotation.start : quotation.end] for quotation in find_quotations(text)]


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ('"We will," he said, "go on."', ["We will,", "go on."]),
        ("“We will,” he said.", ["We will,"]),
        ("„Ja“, sagte er. „Nein”, sagte sie.", ["Ja", "Nein"]),
        ("« Oui », dit-il. ‹non›", ["Oui", "non"]),
        ("‘It’s the players’ fault,’ he said.", ["It’s the players’ fault,"]),
        ("'I don't know,' said Jones' aunt in the '90s.", ["I don't know,"]),
        ("彼は「はい」と言った。", ["はい"]),
        ("``We will,'' he said.", ["We will,"]),
        ("“He told me: ‘Go!’ and I went,” she said.", ["He told me: ‘Go!’ and I went,"]),
        ("“He said “no” to me,” she said.", ["He said “no” to me,"]),
        ('"He said "no" to me," she said.', ['He said "no" to me,']),
        ('He is 6\'2" tall and drives a 5" nail.', []),
        ("The boys’ dream, rock ’n’ roll.", []),
        ("“”", []),
    ],
)
def test_marks_of_many_kinds(text: str, quoted: list[str]) -> None:
    assert found(text) == quoted


def test_one_that_runs_over_paragraphs_is_one_a_paragraph() -> None:
    text = "“One.\n\n“Two,” he said.\n\n“Three.”"
    assert found(text) == ["One.", "Two,", "Three."]
    assert [quotation.goes_on for quotation in find_quotations(text)] == [False, True, False]


@pytest.mark.parametrize("mark", ['"', "“"])
def test_one_without_an_end_stops_with_its_paragraph(mark: str) -> None:
    text = f"{mark}We go on, he said.\n\nHe left. Nobody asked “why”."
    assert found(text) == ["We go on, he said.", "why"]
    assert found(
        f"{mark}We go on, he said. {mark}But not now.”".replace("”", mark if mark == '"' else "”")
    ) == [
        "We go on, he said.",
        "But not now.",
    ]


@given(st.text(alphabet=" aA.\n\"“”„«»‹›‘’'‚「」`-", max_size=60))
def test_quotations_are_slices_in_order_that_do_not_overlap(text: str) -> None:
    last = 0
    for quotation in find_quotations(text):
        assert last <= quotation.opens < quotation.start < quotation.end <= quotation.closes <= len(text)
        assert text[quotation.start : quotation.end].strip() == text[quotation.start : quotation.end]
        last = quotation.closes
