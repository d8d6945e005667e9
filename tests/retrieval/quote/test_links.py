"""A link that opens the source at the words."""

from __future__ import annotations

from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.quote.links import link_to_words

URL = "https://news.example/a"


@pytest.mark.parametrize(
    ("words", "directive"),
    [
        ("Bears like jam.", "Bears%20like%20jam%2E"),
        ("a well-known bear", "a%20well%2Dknown%20bear"),
        ("jam, honey & tea", "jam%2C%20honey%20%26%20tea"),
        ("“Jam 🦔”", "%E2%80%9CJam%20%F0%9F%A6%94%E2%80%9D"),
        ("Bären\nmögen\t Jam", "B%C3%A4ren%20m%C3%B6gen%20Jam"),
        ("100% #1", "100%25%20%231"),
        ("2. Add 10 g of salt.", "Add%2010%20g%20of%20salt%2E"),
        ("2.5 g, in 1984.", "2%2E5%20g%2C%20in%201984%2E"),
        ("1984. It was cold.", "1984%2E%20It%20was%20cold%2E"),
        ("one two three four five six seven eight nine",
         "one%20two%20three%20four%20five%20six%20seven%20eight%20nine"),
        ("one two three four five six seven eight nine ten",
         "one%20two%20three%20four%20five,six%20seven%20eight%20nine%20ten"),
        ("a, b c d e f g h i j k-l", "a%2C%20b%20c%20d%20e,g%20h%20i%20j%20k%2Dl"),
    ],
)  # fmt: skip
def test_the_words_are_named(words: str, directive: str) -> None:
    assert link_to_words(URL, words) == f"{URL}#:~:text={directive}"


def test_a_fragment_that_is_there_stays() -> None:
    assert link_to_words(f"{URL}#part-2", "Bears.") == f"{URL}#part-2:~:text=Bears%2E"


def test_an_older_text_directive_goes() -> None:
    assert link_to_words(f"{URL}#part:~:text=Wolves", "Bears.") == f"{URL}#part:~:text=Bears%2E"


def test_a_query_stays() -> None:
    assert link_to_words(f"{URL}?id=1&x=2", "Bears.") == f"{URL}?id=1&x=2#:~:text=Bears%2E"


def test_a_source_with_pages_opens_at_the_page() -> None:
    assert link_to_words("https://news.example/a.pdf#x", "Bears.", 3) == "https://news.example/a.pdf#page=3"


def test_without_a_word_the_url_is_left_alone() -> None:
    assert link_to_words(f"{URL}#x", " \n") == f"{URL}#x"


@given(st.lists(st.text(min_size=1).filter(lambda word: len(word.split()) == 1), min_size=1, max_size=25))
def test_a_browser_reads_back_the_words_of_the_quote(words: list[str]) -> None:
    text = " ".join(words)
    directive = link_to_words(URL, text).removeprefix(f"{URL}#:~:text=")
    named = [unquote(part).split(" ") for part in directive.split(",")]
    found = text.split()
    assert named == ([found] if len(found) < 10 else [found[:5], found[-5:]])
