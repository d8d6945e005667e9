"""Names of twelve languages, typed with their letters and without."""

from __future__ import annotations

import pytest

from index.search import SqliteSearch
from index.store import SqliteLibrary
from index.text import plain_letters, spellings_to_search
from tests.fakes import CONFIGURATION, make_article, put_article

NAMES = {
    "German": ("Strauß", ["Strauss", "STRAUSS", "strauß"]),
    "Danish": ("Ærøskov", ["Aeroskov", "aeroskov", "Ærøskov"]),
    "Norwegian": ("Øresund", ["Oresund", "oresund", "Oeresund"]),
    "Swedish": ("Ångström", ["Angstrom", "Aangstrom", "ångström"]),
    "Polish": ("Łucja", ["Lucja", "lucja", "ŁUCJA"]),
    "Serbian": ("Đorđe", ["Dorde", "dorde", "Djordje", "đorđe"]),
    "Turkish": ("Yıldız", ["Yildiz", "yildiz", "YILDIZ"]),
    "Czech": ("Dvořák", ["Dvorak", "dvořák"]),
    "French": ("Françoise", ["Francoise", "francoise"]),
    "Spanish": ("Íñiguez", ["Iniguez", "iniguez"]),
    "Hungarian": ("Erdős", ["Erdos", "erdos"]),
    "Icelandic": ("Þórður", ["Thordur", "thordur"]),
}
PAIRS = [(name, typed) for name, ways in NAMES.values() for typed in ways]
BOTH_WAYS = [*PAIRS, *((typed, name) for name, typed in PAIRS), ("Århus", "Aarhus"), ("Aarhus", "Arhus")]


@pytest.mark.parametrize(("written", "typed"), [*BOTH_WAYS, ("İpek", "Ipek"), ("Müller", "Mueller")])
def test_a_name_is_found_however_it_is_typed(library: SqliteLibrary, written: str, typed: str) -> None:
    put_article(library, make_article(f"The mill was mended by {written} in May.", "a.md", title="Mill"))
    put_article(library, make_article("The moon shines on bears.", "b.md", title="Night"))
    search = SqliteSearch(library.path, CONFIGURATION)
    try:
        found = search.matching(f"Who is {typed}?", 3)
    finally:
        search.close()
    assert [hit.passage.text for hit in found] == [f"The mill was mended by {written} in May."]


@pytest.mark.parametrize(
    ("name", "typed"), [pair for pair in PAIRS if pair[1] not in ("Oeresund", "Djordje")]
)
def test_letters_are_plain_without_their_marks(name: str, typed: str) -> None:
    assert plain_letters(name) == plain_letters(typed)


def test_other_words_stay_other_words() -> None:
    assert "pot" not in spellings_to_search("which poet")
    assert plain_letters("Müller") != plain_letters("Miller")
