"""Which titles and authors of a file a person chose."""

from __future__ import annotations

import pytest

from index.documents.formats.names import chosen_title, real_author


@pytest.mark.parametrize(
    "title",
    [
        "untitled", "Untitled-1", "Microsoft Word - bears.docx", "Microsoft PowerPoint - weir_v3_final",
        "PowerPoint - weir", "Microsoft Excel - budget.xls", "PowerPoint Presentation", "Document1",
        "Slide 1", "Layout 1", "10811.exe", "MP_05_weir.qxp", "bears.indd", "the last bears.docx",
        r"C:\texts\bears", "file:///tmp/bears.html", "report_final_v2", "scan0001", "IMG_2041",
        "8f14e45f-ceea-467f-a9d4-1b2c3d4e5f60",
    ],
)  # fmt: skip
def test_what_a_program_calls_a_file_is_no_title(title: str) -> None:
    assert chosen_title(title) is None


@pytest.mark.parametrize(
    "title",
    ["1984", "Node.js", "Web 2.0", "Microsoft in the Nineties", "Word of the Year", "Slide guitars", "Dr. No",
     "The Document", "Untouched", "COVID-19", "snake_case"],
)  # fmt: skip
def test_what_a_person_chose_is_a_title(title: str) -> None:
    assert chosen_title(title) == title


@pytest.mark.parametrize(
    ("author", "right"),
    [
        ("anonymous", None), ("Anonymous", None), ("admin", None), ("Administrator", None), ("User", None),
        ("Windows User", None), ("Unknown", None), ("Anne Admin", "Anne Admin"),
        ("Administrator of the Mill", "Administrator of the Mill"), (None, None),
    ],
)  # fmt: skip
def test_nobody_is_called_as_programs_call_their_users(author: str | None, right: str | None) -> None:
    assert real_author(author) == right
