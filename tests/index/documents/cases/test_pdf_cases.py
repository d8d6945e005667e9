"""PDFs as people's programs make them: what is right of each, word for word."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.documents.formats.pdf import extract_pdf
from index.documents.formats.types import Extracted
from index.errors import SourceError

CASES = Path(__file__).parents[3] / "files" / "cases" / "pdf"
TITLES = ["title-exe.pdf", "title-indd.pdf", "title-ppt.pdf", "anonymous.pdf"]
BOARD = (
    "The river board lowered the weir at Tallow Mill by forty centimetres on Thursday, after two dry summers"
    " in which fish could not pass the old sill at all."
)
SURVEY = (
    "Its members had argued about the plan since 2019, when a first survey counted fewer than a hundred trout"
    " above the mill and several thousand below it."
)
TEXTS = {
    "dropcap.pdf": f"{BOARD} {SURVEY}",
    "endash-line-end.pdf": (
        "The directive AD 2018–23–51 applies to all gates of the kind 737–8 and 737–9 that were made before"
        " the spring of that year. It was replaced by AD 2020–24–02 after the survey, and pages 112–118 of"
        " the report say why the gates of that kind were found to be unsafe then. The board said that the"
        " bolts—all of them—were to be changed, which cost—so the treasurer—more than forty thousand pounds"
        " in one year alone."
    ),
    "form-values.pdf": (
        "Application for a fishing permit at Tallow Mill, to be filled in and sent to the river board by the"
        " applicant.\n\nName of applicant: Ann Example\n\nNumber of rods: 4 rods\n\n"
        "Reason: To count trout above the weir"
    ),
    "borderless-table.pdf": (
        "The stock was counted at Tallow Mill on 4 May 2024 by two people, and this is what they found there."
        "\n\nProduct Place Expected Actual Variance\n\nSKU-8847 A-12 450 289 -161\n\nSKU-9201 B-07 780 778 -2"
        "\n\nSKU-4563 D-22 180 156 -24\n\nSKU-7728 A-08 920 935 +15"
    ),
    "columns.pdf": (
        f"{BOARD} {SURVEY} {BOARD} {SURVEY} The river board lowered\n\n{BOARD[24:]} {SURVEY} {BOARD} {SURVEY}"
        "\n\n1 Some members say 1997."
    ),
    "letterspaced.pdf": f"THE RIVER BOARD\n\n{BOARD}",
    "watermark.pdf": f"arXiv:2405.01234v1 [cs.CL] 2 May 2024\n\n{BOARD} {SURVEY} DRAFT COPY",
}


def read(name: str) -> Extracted:
    return extract_pdf((CASES / name).read_bytes(), name)


@pytest.mark.parametrize("name", TEXTS)
def test_the_text_is_what_stands_there(name: str) -> None:
    assert read(name).text == TEXTS[name]


@pytest.mark.parametrize("name", TITLES)
def test_what_a_program_calls_file_and_author_is_not_believed(name: str) -> None:
    extracted = read(name)
    assert (extracted.title, extracted.author) == ("The weir at Tallow Mill", None)
    # The program that made these files cut the line within a word.
    assert extracted.text == BOARD.replace("two", "tw o")


def test_the_bullets_of_slides_are_text_and_their_titles_headings() -> None:
    extracted = read("slides.pdf")
    assert [section.title for section in extracted.sections] == ["Why", "How"]
    first, second = extracted.text[: extracted.pages[1]], extracted.text[extracted.pages[1] :]
    assert extracted.sections[1].start == extracted.pages[1]
    assert first.startswith(
        "• Fish could not pass the old sill\n\n• 96 trout above the mill in 2019\n\n"
        "• 4,300 trout below it\n\n"
    )
    assert second.startswith(
        "• Nine days of work with one crane\n\n• The pond was drained on Thursday\n\n"
        "• It cost 12,000 pounds\n\n"
    )


def test_what_another_program_must_show_is_refused() -> None:
    with pytest.raises(SourceError) as caught:
        read("please-wait.pdf")
    assert str(caught.value) == (
        "please-wait.pdf needs another program: only Adobe's show its contents. Open it in Adobe Reader, "
        "print it to a PDF, and add that."
    )


COUNT = "The count was made on the left bank, from the bridge down to the ford and back."


def test_printed_page_numbers_are_no_text() -> None:
    extracted = read("page-labels.pdf")
    assert extracted.page_labels == ("i", "ii", "345", "346")
    assert extracted.text == (
        f"Preface. The board thanks the mill owner for his crane.\n\n{COUNT}\n\n"
        f"A note on sources. All counts were made by hand.\n\n{COUNT}\n\n"
        f"The first count found 96 trout above the mill.\n\n{COUNT}\n\n"
        f"The second count found 310 trout above the mill.\n\n{COUNT}"
    )
