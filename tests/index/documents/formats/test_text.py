"""What is read out of a text file: its front matter, title, sections and text."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.documents.formats.text import extract_text
from index.documents.formats.types import Extracted
from index.documents.normalize import normalize
from index.errors import SourceError

BEARS = "Bears like jam."


def extract(text: str, name: str = "bears.md") -> Extracted:
    return extract_text(text.encode(), name)


def test_front_matter_says_what_is_known() -> None:
    assert extract(
        "---\n"
        'title: "Bears: a life"\n'
        "author: 'A. Bear'\n"
        "# a comment\n"
        "Published: 2022-03-18T10:00:00Z\n"
        "publisher: The Forest\n"
        "url: https://forest.example/bears?a=1#b\n"
        "language: en\n"
        "tags: [bears, jam]\n"
        "\n"
        "---\n"
        "\n" + BEARS + "\n"
    ) == Extracted(
        title="Bears: a life",
        text=BEARS,
        url="https://forest.example/bears?a=1#b",
        publisher="The Forest",
        author="A. Bear",
        published=date(2022, 3, 18),
        language="en",
    )


def test_what_front_matter_leaves_empty_is_unknown() -> None:
    assert extract(f'---\ntitle: ""\nurl:\nauthor: \n---\n{BEARS}') == Extracted("bears", BEARS)


def test_a_date_may_stand_before_the_text_on_its_line() -> None:
    text = "Blinken's remarks come ahead of a call.\n\nHe said so."
    assert extract(f" \n  date 2022-03-18 {text}", "2022-blinken.txt") == Extracted(
        "2022-blinken", text, published=date(2022, 3, 18)
    )


def test_the_date_of_the_front_matter_is_the_one_that_counts() -> None:
    assert extract(f"---\npublished: 2020-01-02\n---\ndate 2022-03-18 {BEARS}") == Extracted(
        "bears", BEARS, published=date(2020, 1, 2)
    )


def test_a_sentence_that_begins_with_date_is_text() -> None:
    assert extract("Date palms grow.").text == "Date palms grow."
    assert extract("date 2022-03-18th was cold.").published is None


def test_without_a_heading_the_name_of_the_file_is_the_title() -> None:
    assert extract(BEARS, "jam.and.bears.md").title == "jam.and.bears"
    assert extract(BEARS, "jam").title == "jam"
    assert extract(BEARS, "ja\nm\x07 de cafe\u0301.md").title == "ja m de café"


def test_no_sign_means_anything_in_plain_text() -> None:
    text = "# 1 of the *list*\n\nC_1 and C_2\n===\n\n> 5 < 6 &amp; [a](b)\n\n- x\n    y"
    assert extract(text, "a.txt") == Extracted("a", text)
    assert extract("---\n\nThe weir.\n\n---\n\nA quiet day: yes.", "a.txt").text.startswith("---\n\nThe weir")


def test_what_stands_above_a_text_is_cut_at_300_characters() -> None:
    extracted = extract(f"---\nauthor: {'A' * 10_000}\ntitle: {'B ' * 10_000}\n---\n{BEARS}")
    assert (extracted.author, extracted.title) == ("A" * 300, ("B " * 150).strip())


@pytest.mark.parametrize("piece", ["bears " * 2500, "a\n" * 1001], ids=["words", "lines"])
def test_what_is_longer_than_any_article_is_refused(piece: str) -> None:
    with pytest.raises(SourceError) as caught:
        extract(f"{BEARS}\n\n{piece * 400}")
    assert str(caught.value) == (
        "bears.md is over 5,000,000 characters or 200,000 lines long. Please split it into several articles."
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_says_the_encoding(encoding: str) -> None:
    assert extract_text("Bären mögen Jam. 🐻".encode(encoding), "b.md").text == "Bären mögen Jam. 🐻"


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        ("Bären mögen Jam – „viel“ davon.", "cp1252"),
        ("L’été où l’ours a mangé « ça »: 5 €.", "cp1252"),
        ("¿Qué? A±B; 5×3; £5, §3, ½ l, ª º, © 2020", "cp1252"),
    ],
)
def test_western_text_needs_no_mark(text: str, codec: str) -> None:
    assert extract_text(text.encode(codec), "b.txt").text == text


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        ("Łódź i Żółw", "cp1250"),
        ("Příliš žluťoučký kůň", "cp1250"),
        ("Совет понизил плотину", "koi8-r"),
        ("Λιμάνι της Αθήνας", "cp1253"),
        ("水車は木曜日に下げられた。", "cp932"),
        ("中文文章", "gbk"),
    ],
)
def test_what_would_be_other_letters_in_windows_1252_is_refused(text: str, codec: str) -> None:
    with pytest.raises(SourceError, match="isn't in UTF-8"):
        extract_text(text.encode(codec), "b.txt")


@pytest.mark.parametrize("charset", [None, "utf-8"])
def test_a_byte_that_fits_nothing_does_not_change_the_rest(charset: str | None) -> None:
    data = "Zoë’s café – “not one”".encode() + b" \xe9 old sill"
    assert extract_text(data, "b.txt", charset).text == "Zoë’s café – “not one” \ufffd old sill"


@pytest.mark.parametrize(
    ("wrapped", "text"),
    [
        ("forty centi-\nmetres on", "forty centimetres\non"),
        ("the well-\nknown gauge", "the well-known\ngauge"),
        ("a water-\nmill. The water-mill is", "a water-mill.\nThe water-mill is"),
        ("twenty-\nfive, or state-of-the-\nart ones", "twenty-five,\nor state-of-the-art\nones"),
        ("an Anglo-\nSaxon e-\nmail", "an Anglo-Saxon\ne-mail"),
        ("“over-\nlooked” by centi-\nmetres\n\nIt", "“overlooked”\nby centimetres\n\nIt"),
        # Left as they are: a compound that waits, a speaker who is cut off, years, a line of its own
        ("pre-\nand post-war", "pre-\nand post-war"),
        ("I was go-\nI mean", "I was go-\nI mean"),
        ("in 2020-\n24", "in 2020-\n24"),
        ("a co-\n\noperative -\nit is", "a co-\n\noperative -\nit is"),
    ],
)
def test_a_word_that_a_line_end_cuts_is_whole(wrapped: str, text: str) -> None:
    assert extract(wrapped, "b.txt").text == text


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "b.md contains no text. Please put the article's text into it."),
        (b" \n\t\n", "b.md contains no text. Please put the article's text into it."),
        (b"...\n!!!", "b.md contains no text. Please put the article's text into it."),
        (b"---\ntitle: A\n---\n", "b.md contains no text. Please put the article's text into it."),
        (b"PK\x03\x04\x00\x00", "b.md isn't a text file. Please save the article as UTF-8 text or Markdown."),
        (
            BEARS.encode("utf-16-le"),
            "b.md isn't a text file. Please save the article as UTF-8 text or Markdown.",
        ),
        (
            "Сова".encode("cp1251"),
            "b.md isn't in UTF-8 (byte 1 is invalid). Please save it as UTF-8 text.",
        ),
        (b"\x89PNG\r\n\x1a\n", "b.md isn't in UTF-8 (byte 1 is invalid). Please save it as UTF-8 text."),
        (
            b"---\ntitle: A\nhello\n---\nText.",
            "b.md: the line 'hello' in its front matter isn't `key: value`. Please correct it.",
        ),
        (
            b"---\npublished: yesterday\n---\nText.",
            "b.md: 'yesterday' isn't a date. Please write it like 2022-03-18.",
        ),
        (b"date 2022-02-30 Text.", "b.md: '2022-02-30' isn't a date. Please write it like 2022-03-18."),
        (
            b"---\nurl: javascript:alert(1)\n---\nText.",
            "b.md: 'javascript:alert(1)' isn't a web address. Please write one that starts with https://.",
        ),
        (
            b"---\nurl: http://[\n---\nText.",
            "b.md: 'http://[' isn't a web address. Please write one that starts with https://.",
        ),
    ],
)
def test_what_is_no_article_is_refused_in_words(data: bytes, message: str) -> None:
    with pytest.raises(SourceError) as caught:
        extract_text(data, "b.md")
    assert str(caught.value) == message


@given(
    st.one_of(st.binary(), st.text().map(str.encode), st.text().map(lambda t: f"---\n{t}\n---\na".encode()))
)
def test_any_bytes_are_an_article_or_refused(data: bytes) -> None:
    try:
        extracted = extract_text(data, "b.md")
    except SourceError:
        return
    assert normalize(extracted.text).text == extracted.text
    assert extracted.text == extracted.text.strip()
    assert extracted.title
    assert all(0 <= section.start <= len(extracted.text) for section in extracted.sections)
