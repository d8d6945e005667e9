"""Superscripts and subscripts in plain text: no longer number, no other word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.documents.formats.scripts import subscript, superscript


@pytest.mark.parametrize(
    ("before", "run", "after", "whole"),
    [
        ("holds 10", "6", " litres", "holds 10⁶ litres"),
        ("about 10", "-6", " of it", "about 10⁻⁶ of it"),
        ("about 10", "\u221212", " of it", "about 10⁻¹² of it"),
        ("in 2", "10", " ways", "in 2¹⁰ ways"),
        ("in 2", "n", " ways", "in 2ⁿ ways"),
        ("3 m", "3", " a second", "3 m³ a second"),
        ("5km", "2", ".", "5km²."),
        ("9.8 m s", "-2", ".", "9.8 m s⁻²."),
        ("Ca", "2+", " ions", "Ca²⁺ ions"),
        ("Cl", "-", " ions", "Cl⁻ ions"),
        ("the ", "14", "C in it", "the ¹⁴C in it"),
        ("(a + b)", "2", " is", "(a + b)² is"),
        ("costs $11", "99", " now", "costs $11⁹⁹ now"),
        ("costs £1,200", "3", " now", "costs £1,200 now"),
        ("1,200", "3", " people", "1,200 people"),
        ("in 2021", "[4]", ", it", "in 2021, it"),
        ("in 2021", "4, 5", " it", "in 2021 it"),
        ("rose by 3.5", "2", " per cent", "rose by 3.5 per cent"),
        ("aged 12", "3", " and", "aged 12 and"),
        ("the survey", "7", " says", "the survey says"),
        ("the survey.", "7", " It", "the survey. It"),
        ("the survey", "*", " says", "the survey says"),
        ("the survey", "[citation needed]", " says", "the survey says"),
        ("the survey", "b", " says", "the survey says"),
        ("on the 1", "st", " of May", "on the 1st of May"),
        ("le 1", "er", " mai", "le 1er mai"),
        ("M", "me", " Exemple", "Mme Exemple"),
        ("by 5", "½", " per cent", "by 5½ per cent"),
        ("by 5", "1", "/2 per cent", "by 5¹/2 per cent"),
        ("Weirs", "TM", " are", "Weirs™ are"),
        ("at 20", "o", "C", "at 20°C"),
        ("two", " ", "words", "two words"),
    ],
)
def test_superscripts(before: str, run: str, after: str, whole: str) -> None:
    assert before + superscript(run, before, after) + after == whole


@pytest.mark.parametrize(
    ("before", "run", "after", "whole"),
    [
        ("CO", "2", " fell", "CO2 fell"),
        ("H", "2", "O", "H2O"),
        ("log", "10", "5", "log₁₀5"),
        ("101", "2", " is five", "101₂ is five"),
        ("5¹/", "2", " of it", "5¹/₂ of it"),
        ("V", "max", " is", "Vmax is"),
    ],
)
def test_subscripts(before: str, run: str, after: str, whole: str) -> None:
    assert before + subscript(run, before, after) + after == whole


@given(st.integers(0, 10**12), st.integers(0, 999), st.text(max_size=5), st.booleans())
def test_no_number_becomes_longer(number: int, run: int, after: str, is_raised: bool) -> None:
    become = (superscript if is_raised else subscript)(str(run), f"{number:,}", after)
    assert not any(char in "0123456789" for char in become)
