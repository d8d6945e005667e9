"""Names that are one person's, however they are typed."""

from __future__ import annotations

import pytest

from retrieval.attribution import same_name


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("Đorđe Strauß", "dorde strauss"),
        ("İpek Yıldız", "Ipek Yildiz"),
        ("Søren Ærøskov", "Soren Aeroskov"),
        ("Anders Ångström", "Angstrom"),
        ("Łucja Żółkiewska", "Lucja Zolkiewska"),
        ("Nguyễn Thị Hạnh", "Nguyen Thi Hanh"),
        ("Antonín Dvořák", "Dvorak"),
        ("Françoise Lefèvre", "Francoise Lefevre"),
        ("José Núñez", "Jose Nunez"),
        ("Pál Erdős", "Erdos"),
        ("Þórður Sigurðsson", "Thordur Sigurdsson"),
        ("Siân Ngũgĩ", "Sian Ngugi"),
        ("João Conceição", "Joao Conceicao"),
    ],
)
def test_a_name_is_known_without_its_marks(name: str, typed: str) -> None:
    assert same_name(name, typed)
    assert same_name(typed, name)


def test_other_letters_are_another_name() -> None:
    assert not same_name("Jürgen Groß", "Jürgen Grob")
    assert not same_name("Anna Müller", "Anna Miller")
