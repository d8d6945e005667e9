"""Word documents as real people's programs make them: each is read, word for word."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.documents.extract import extract

FILES = Path(__file__).parents[3] / "files" / "cases" / "docx"
WEIR = (
    "The sill holds 10⁶ litres, and 1,200 people signed the petition.\n\n"
    "The work cost £12,000, the treasurer said.\n\nLower the sill\n\nCount the trout again"
)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("superscript-strike.docx", WEIR),
        ("strict.docx", WEIR),
        ("macro-enabled.docm", WEIR),
        ("ruby.docx", f"The town of KAN is old.\n\n{WEIR}"),
        ("tracked-para.docx", f"The sill was lowered on Thursday.\n\n{WEIR}"),
        ("deleted-row.docx", f"Kept row\n\n{WEIR}"),
    ],
)
def test_every_word_is_read_as_it_stands(name: str, text: str) -> None:
    read = extract((FILES / name).read_bytes(), name)
    assert (read.title, read.author, read.text) == ("Weir lowered", "Ann Example", text)
