"""What is read out of a PDF: paragraphs, pages, what it says of itself, and when it is refused."""

from __future__ import annotations

import bisect
import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.documents.formats.pdf import boxes, extract_pdf
from index.documents.formats.table import FORMATS
from index.documents.sandbox import Limits, extract_in_child
from index.errors import SourceError
from index.text import sentence_spans
from tests.documents import Words, document, make_pdf, make_pdf_of

TEXT = (
    "A. Bear\n\n2022-03-18\n\nBears in the northern forests eat honey, berries and fish, and they spend"
    " most of the summer looking for them, as the wardens of the forest have written down for forty"
    " years. “A bear that finds no salmon will walk for two days,” said the warden Ada Holm, who has"
    " counted them since 1983. The state-of-the-art cameras that she uses were paid for by a"
    " self-made businessman from the south.\n\nIn autumn the animals need twenty thousand kilocalories"
    " a day. That corresponds to about sixty kilograms of blueberries, which no bear can pick in one"
    " day; for this reason they prefer the salmon that come up the rivers between August and October."
)
MADE_BY = ["chromium.pdf", "columns.pdf", "libreoffice.pdf"]
TOP = 540.0


def lines(*texts: str, left: float = 40, top: float = TOP, size: float = 10, step: float = 12) -> list[Words]:
    return [(left, top - step * number, size, text) for number, text in enumerate(texts)]


def read(*pages: list[Words], info: str = "") -> str:
    return extract_pdf(make_pdf(pages, info), "b.pdf").text


def refusal(data: bytes) -> str:
    with pytest.raises(SourceError) as caught:
        extract_pdf(data, "b.pdf")
    return str(caught.value)


@pytest.mark.parametrize("name", MADE_BY)
def test_lines_are_paragraphs_again(name: str) -> None:
    extracted = extract_pdf(document(name), name)
    assert extracted.title == "The Bears of the North"
    assert extracted.text.startswith(TEXT)
    assert extracted.text.endswith(
        "one every ten seconds, of a forest in which nothing seems to happen at all."
    )
    headings = [section.title for section in extracted.sections]
    assert [title for title in headings if title != "Year Bears"] == [
        "What they eat",
        "Where they sleep",
        "What comes next",
    ]


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("columns.pdf", "forest in which nothing seems to happen at all."),
        ("libreoffice.pdf", "they lost thirty sheep last year, and the compensation"),
    ],
)
def test_a_page_begins_within_a_sentence_that_stays_whole(name: str, begins: str) -> None:
    extracted = extract_pdf(document(name), name)
    assert extracted.pages[0] == 0
    assert extracted.text[extracted.pages[1] :].startswith(begins)
    assert extracted.text[extracted.pages[1] - 1] == " "


@pytest.mark.parametrize("name", MADE_BY)
def test_every_sentence_is_found_on_its_page(name: str) -> None:
    data = document(name)
    extracted = extract_pdf(data, name)
    for start, end in sentence_spans(extracted.text):
        sentence = extracted.text[start:end]
        first, last = (bisect.bisect_right(extracted.pages, place) for place in (start, end - 1))
        found = [box for page in range(first, last + 1) for box in boxes(data, page, sentence)]
        assert found, sentence
        assert all(right > left and top > bottom for left, bottom, right, top in found)
        if first == last and name != "columns.pdf":
            letters = sum(right - left for left, _, right, _ in found)
            assert 3 < letters / len(sentence) < 8, sentence


def test_what_is_known_is_read_from_the_file() -> None:
    of_writer = extract_pdf(document("libreoffice.pdf"), "b.pdf", "https://forest.example/b.pdf")
    assert (of_writer.author, of_writer.language) == ("A. Bear", "en-GB")
    assert (of_writer.published, of_writer.url) == (date(2026, 11, 24), "https://forest.example/b.pdf")
    printed = extract_pdf(document("chromium.pdf"), "b.pdf")  # the day it was printed is not its day
    assert (printed.author, printed.published, printed.url) == (None, None, None)


@pytest.mark.parametrize("title", ["", "untitled", "Microsoft Word - bears.docx", "bears.indd"])
def test_what_a_program_calls_a_file_is_no_title(title: str) -> None:
    data = make_pdf([lines("Bears like jam.")], info=f"/Title({title})")
    assert extract_pdf(data, "jam and bears.pdf").title == "jam and bears"


def test_large_letters_are_a_heading_and_the_first_is_the_title() -> None:
    page = [*lines("Bears", size=20), *lines("Bears like jam, and they like it", "a lot.", top=500)]
    extracted = extract_pdf(make_pdf([page]), "b.pdf")
    assert (extracted.title, extracted.text) == ("Bears", "Bears like jam, and they like it a lot.")


SOURCE = "Source: the report of the wardens on the bears of the north, with tables and a map of them all."


@pytest.mark.parametrize(
    "points",
    [
        ["• Fish could not pass", "• 96 trout in 2019"],
        ["1. Fish could not pass", "2. 96 trout in 2019"],
        ["Fish could not pass", "96 trout in 2019", "4,300 trout below"],
        ["Of the fish in this river, one in forty could pass."],
    ],
)
def test_the_points_of_a_slide_are_text(points: list[str]) -> None:
    slide = [*lines("Why", size=30), *lines(*points, top=480, size=20, step=40)]
    foot = lines(SOURCE, SOURCE, SOURCE, top=200, size=8)
    extracted = extract_pdf(make_pdf([slide + foot, lines(SOURCE, SOURCE, size=8)]), "b.pdf")
    assert extracted.title == "Why"
    assert extracted.text.startswith("\n\n".join(points))


def test_a_file_of_headings_only_has_them_as_text() -> None:
    poster = [*lines("Bears", size=30), *lines("Come and see them", top=480, size=20)]
    extracted = extract_pdf(make_pdf([poster, lines("On Thursday", size=14)]), "b.pdf")
    assert (extracted.title, extracted.text) == ("Bears", "Come and see them\n\nOn Thursday")
    assert extracted.pages == (0, 19)
    one = extract_pdf(make_pdf([lines("Bears like jam")], "/Title(Bears like jam)"), "b.pdf")
    assert (one.title, one.text) == ("Bears like jam", "Bears like jam")


def test_headings_one_below_the_other_stay_headings() -> None:
    page = [*lines("Bears", size=20), *lines("What they eat", top=510, size=14), *lines(SOURCE, top=480)]
    extracted = extract_pdf(make_pdf([page]), "b.pdf")
    assert (extracted.title, [section.title for section in extracted.sections]) == (
        "Bears",
        ["What they eat"],
    )


def test_paragraphs_part_by_space_by_indent_and_by_a_short_line() -> None:
    first = ("Bears like jam and they eat all of it", "throughout the day, as bears do it in", "springtime.")
    second = ("Foxes read papers, the largest ones", "whatsoever, as nobody else does it", "nowadays.")
    expected = f"{' '.join(first)}\n\n{' '.join(second)}"
    assert read(lines(*first) + lines(*second, top=TOP - 48)) == expected
    assert read(lines(*first) + lines(*second, top=TOP - 36)) == expected
    full = (*first[:2], "springtime, and when it is raining.")
    indented = [(52.0, TOP - 36, 10.0, second[0]), *lines(*second[1:], top=TOP - 48)]
    assert read(lines(*full) + indented) == f"{' '.join(full)}\n\n{' '.join(second)}"


def test_a_hyphen_at_the_end_of_a_line_goes_where_it_is_the_typesetters() -> None:
    assert read(lines("The wardens of the forest have char-", "acteristics of their own.")) == (
        "The wardens of the forest have characteristics of their own."
    )
    assert read(lines("The wardens paid for state-of-the-", "art cameras.")).endswith(
        "state-of-the-art cameras."
    )
    assert read(lines("It was paid for by a rich self-", "made man.")).endswith("self-made man.")
    assert read(lines("It was seen in the north of Saxony-", "Anhalt again.")).endswith(
        "Saxony-Anhalt again."
    )
    known = lines(
        "A snow-white bear came out of here and", "the warden wrote down that this snow-", "white bear ate."
    )
    assert read(known).endswith("that this snow-white bear ate.")


@pytest.mark.parametrize(
    ("first", "second", "right"),
    [
        ("The gates were made in 1914–", "18 by the mill.", "in 1914–18 by"),
        ("The line went from London–", "Paris to the sea.", "London–Paris"),
        ("The bear ate it all, at a cost—", "he said so.", "a cost—he said"),
        ("The bear ate it all, at a cost", "—he said so.", "a cost—he said"),
        ("The bear ate it all, at a cost –", "he said so.", "a cost – he said"),
        ("The bear of the forest ate it all, at a cost", "– he said so.", "a cost – he said"),
        ("All the winter long it was only", "–9 degrees here.", "only –9 degrees"),
        ("The gates are of the kind 737-", "9 and no other.", "737-9 and"),
        ("These are the bears of the 10-", "year plan.", "10-year plan"),
        ("These are the bears of the 10-", "and 20-year plan.", "10- and 20-year"),
        ("The survey was of COVID-", "19 and bears.", "COVID-19 and"),
    ],
)
def test_a_dash_at_the_end_of_a_line_keeps_the_spaces_it_had(first: str, second: str, right: str) -> None:
    assert right in read(lines(first, second, "The bears of the forest eat it."))


def test_a_dash_before_each_point_of_a_list_is_a_bullet() -> None:
    points = ["– fish out of the river by the mill", "– jam out of the warden's kitchen", "– nuts"]
    assert read(lines("The bears of the forest eat these:", *points)).endswith("\n\n".join(points))


def test_a_speech_that_breaks_off_ends_its_paragraph() -> None:
    text = read(lines("“But I had never seen a bear in all of it,” he said.", "“But I—", "The bear came in."))
    assert text.endswith("“But I—\n\nThe bear came in.")


def test_what_runs_along_the_edges_of_pages_is_left_out() -> None:
    pages = [
        [*lines("The Forest Monthly", top=570, size=8), *lines(f"Bears ate {what} in the year of the storm."),
         *lines(f"- {number} -", top=20, left=200, size=8)]
        for number, what in enumerate(["jam", "honey", "fish", "nuts"], 7)
    ]  # fmt: skip
    extracted = extract_pdf(make_pdf(pages), "b.pdf")
    assert extracted.text == "\n\n".join(
        f"Bears ate {what} in the year of the storm." for what in ["jam", "honey", "fish", "nuts"]
    )
    assert extracted.pages == (0, 41, 84, 126)


def test_a_line_that_counts_the_pages_runs_along_them() -> None:
    heads = ["Bears 7", "Bears at home 8", "Foxes 9", "Wolves 10", "Moles 11"]
    pages = [
        [*lines(head, top=570, size=8), *lines(f"The {number} animals of the forest eat {number} nuts.")]
        for head, number in zip(heads, ["three", "four", "five", "six", "seven"], strict=True)
    ]
    assert "Foxes" not in extract_pdf(make_pdf(pages), "b.pdf").text


def test_the_table_of_contents_is_no_text() -> None:
    page = [
        *lines("1 Bears . . . . . . . . . . . . 3", "2 Foxes .............. 14"),
        *lines("Bears like jam.", top=400),
    ]
    assert read(page) == "Bears like jam."


def test_notes_at_the_foot_do_not_part_a_sentence() -> None:
    first = [
        *lines("Bears like jam, which the wardens of"),
        *lines("1 Holm, A.: Jam. Oslo 1983.", top=60, size=7),
    ]
    extracted = extract_pdf(make_pdf([first, lines("the forest make for them each year.")]), "b.pdf")
    assert extracted.text == (
        "1 Holm, A.: Jam. Oslo 1983.\n\n"
        "Bears like jam, which the wardens of the forest make for them each year."
    )
    assert extracted.text[extracted.pages[1] :] == "the forest make for them each year."


def test_pages_without_words_are_counted() -> None:
    extracted = extract_pdf(make_pdf([[], lines("Bears like jam."), [], []]), "b.pdf")
    assert (extracted.text, extracted.pages) == ("Bears like jam.", (0, 0, 15, 15))


@given(st.lists(st.lists(st.text("ab -.(\\", min_size=1, max_size=30), max_size=6), min_size=1, max_size=4))
@settings(max_examples=60, deadline=None)
def test_any_letters_are_an_article(pages: list[list[str]]) -> None:
    data = make_pdf([lines(*page) for page in pages])
    if not any(char.isalnum() for page in pages for text in page for char in text):
        assert refusal(data) == "b.pdf contains no text. Please save the article as text."
        return
    extracted = extract_pdf(data, "b.pdf")
    assert list(extracted.pages) == sorted(extracted.pages)
    assert len(extracted.pages) == len(pages)
    assert extracted.pages[-1] <= len(extracted.text)


def test_what_is_no_article_is_refused_in_words() -> None:
    assert (
        refusal(document("password.pdf")) == "b.pdf is password-protected. Please save it without a password."
    )
    assert refusal(b"%PDF-1.7\nnothing") == "b.pdf is damaged or incomplete. Please download it again."
    half = document("libreoffice.pdf")[:9000]
    assert refusal(half) == "b.pdf is damaged or incomplete. Please download it again."
    assert refusal(make_pdf([[]])) == "b.pdf contains no text. Please save the article as text."
    picture = b"q 400 0 0 500 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x00 EI Q"
    assert refusal(make_pdf_of([picture, picture])) == (
        "b.pdf is a scan: 2 of its 2 pages are images of text. Please run text recognition "
        "(OCR) on it and add the result."
    )


PLACEHOLDERS = [
    lines("For the best experience, open this PDF portfolio in", "Acrobat X or Adobe Reader X, or later."),
    lines("The document you are trying to load requires Adobe Reader 8", "or higher."),
]


@pytest.mark.parametrize("page", PLACEHOLDERS)
def test_what_another_program_must_show_is_refused(page: list[Words]) -> None:
    assert refusal(make_pdf([page])) == (
        "b.pdf needs another program: only Adobe's show its contents. Open it in Adobe Reader, print it to a "
        "PDF, and add that."
    )


def test_a_form_that_is_made_when_it_is_opened_is_refused_in_any_language() -> None:
    page = make_pdf([lines("Bitte warten ...", "Ihr Programm zeigt diese Art von Dokument nicht.")])
    form = b"<</Type/Catalog/NeedsRendering true/AcroForm<</Fields[]/XFA 99 0 R>>/Pages 2 0 R>>"
    assert "needs another program" in refusal(rewritten(page, b"<</Type/Catalog/Pages 2 0 R>>", form))


def test_an_article_on_such_a_message_is_read() -> None:
    story = [lines(*(f"The {n}. reader saw it." for n in range(1, 41)), step=10) for _ in range(3)]
    assert "PDF portfolio" in extract_pdf(make_pdf([PLACEHOLDERS[0], *story]), "b.pdf").text


DAMAGED = "b.pdf is damaged or incomplete. Please download it again."
THREE = [
    lines(*(f"The {word} bear of page {page} likes jam and honey." for word in ("big", "small", "old")))
    for page in ("one", "two", "three")
]


def packed(data: bytes, number: int) -> tuple[int, int]:
    """Where the stream of a page begins and ends in a file."""
    starts = [found.end() for found in re.finditer(rb">>stream\n", data)]
    return starts[number], data.index(b"\nendstream", starts[number])


def test_a_page_that_lost_its_words_is_not_passed_over() -> None:
    whole = make_pdf(THREE)
    start, end = packed(whole, 1)
    zeros = bytes(end - start - 40)
    assert refusal(whole[: start + 20] + zeros + whole[end - 20 :]) == DAMAGED
    assert refusal(whole[:start] + bytes(byte ^ 0x55 for byte in whole[start:end]) + whole[end:]) == DAMAGED
    assert refusal(whole[: end - 30] + bytes(30) + whole[end:]) == DAMAGED
    assert refusal(whole.replace(b"/Contents 6 0 R", b"/Contents 99 0 R")) == DAMAGED


def test_a_wrong_checksum_loses_no_word() -> None:
    whole = make_pdf(THREE)
    _, end = packed(whole, 1)
    assert extract_pdf(whole[: end - 4] + b"sum?" + whole[end:], "b.pdf") == extract_pdf(whole, "b.pdf")


def test_a_damaged_picture_loses_no_word() -> None:
    picture = (
        b"99 0 obj\n<</Type/XObject/Subtype/Image/Filter/FlateDecode/Length 9>>stream\nno flate.\nendstream"
    )
    whole = make_pdf(THREE)
    data = whole.replace(b"xref\n", picture + b"\nendobj\nxref\n", 1)
    assert extract_pdf(data, "b.pdf").text == extract_pdf(whole, "b.pdf").text


UNMAPPED = (
    "/Type0/BaseFont/ABCDEF+Own/Encoding/Identity-H/DescendantFonts[<</Type/Font/Subtype/CIDFontType2"
    "/BaseFont/ABCDEF+Own/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
    "/FontDescriptor<</Type/FontDescriptor/FontName/ABCDEF+Own/Flags 4>>>>]"
)


def in_own_font(count: int) -> bytes:
    """A page of so many letters in a font that does not say which they are, and 400 in one that does."""
    own = "".join(f"{3 + number % 60:04x}" for number in range(count))
    known = "".join(
        f"BT /F1 9 Tf 40 {500 - 12 * n} Td (Bears like the jam and the honey of woods) Tj ET\n"
        for n in range(12)
    )
    content = f"BT /F2 9 Tf 40 540 Td <{own}> Tj ET\n{known}".encode()
    fonts = "/WinAnsiEncoding>>/F2<</Type/Font/Subtype" + UNMAPPED + ">>>>"
    data = make_pdf_of([content])
    return rewritten(data, b"/WinAnsiEncoding>>>>", fonts.encode())


def rewritten(data: bytes, old: bytes, new: bytes) -> bytes:
    """With ``new`` for ``old``, and no table of places: PDFium makes that again."""
    return data.replace(old, new).partition(b"xref\n")[0] + b"trailer\n<</Root 1 0 R>>\n%%EOF"


def test_letters_that_no_font_explains_are_not_guessed() -> None:
    assert refusal(in_own_font(60)) == (
        "b.pdf doesn't say which letters its fonts show. Please run text recognition (OCR) "
        "on it, or save just its text."
    )
    assert extract_pdf(in_own_font(8), "b.pdf").text.count("Bears like the jam") == 12  # a few are bullets


def test_a_bomb_breaks_its_own_process_only() -> None:
    bomb = make_pdf_of([b"BT (A) Tj ET\n" * 20_000_000], filters=2)
    assert len(bomb) < 10_000
    with pytest.raises(SourceError) as caught:
        extract_in_child(FORMATS["pdf"], bomb, "b.pdf", limits=Limits(memory_bytes=300 << 20))
    assert str(caught.value) == (
        "b.pdf is damaged, or takes more than 300 MB of memory to read. Please save it again "
        "with another program, or save just its text. The process that read it ended with "
        "exit code -6."
    )
    assert (
        extract_in_child(FORMATS["pdf"], make_pdf([lines("Bears like jam.")]), "b.pdf").text
        == "Bears like jam."
    )
