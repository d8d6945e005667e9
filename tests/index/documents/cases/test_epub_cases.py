"""EPUBs as real people's programs make them: each is read, word for word, or refused for the true reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.documents.extract import extract
from index.errors import SourceError

FILES = Path(__file__).parents[3] / "files" / "cases" / "epub"
ONE = "The river board lowered the weir at Tallow Mill by forty centimetres on Thursday."
TWO = "Anglers from both banks came to watch the crane."
WEIR = f"{ONE}\n\n{TWO}"


@pytest.mark.parametrize(
    ("name", "text", "headings"),
    [
        ("opf-noxmlns.epub", WEIR, "One Two"),
        ("container-leading-slash.epub", WEIR, "One Two"),
        ("opf-bad-amp.epub", WEIR, "One Two"),
        ("doctype-subset.epub", WEIR, "One Two"),
        ("creators.epub", WEIR, "One Two"),
        ("titles.epub", WEIR, "One Two"),
        ("idref-missing.epub", WEIR, "One Two"),
        (
            "nbsp-entity.epub",
            "The river board lowered the weir at Tallow Mill by\u00a0forty — yes — centimetres on Thursday."
            f"\n\n{TWO}",
            "One Two",
        ),
        (
            "selfclosed-title.epub",
            f"{ONE}\n\nAnglers came, and went.\n\nThe bench comes in June.\n\nNobody paid.",
            "One Two",
        ),
        ("toc-first.epub", f"Two\n\n{WEIR}", "Contents One Two"),
        ("fixed.epub", f"The river board\n\nlowered the weir\n\n{TWO}", "Two"),
    ],
)
def test_every_sentence_is_read_as_it_stands(name: str, text: str, headings: str) -> None:
    read = extract((FILES / name).read_bytes(), name)
    assert read.text == text
    assert " ".join(section.title for section in read.sections) == headings


def test_only_authors_are_authors() -> None:
    assert extract((FILES / "creators.epub").read_bytes(), "creators.epub").author == "Ann Example"


def test_the_main_title_is_the_title() -> None:
    assert extract((FILES / "titles.epub").read_bytes(), "titles.epub").title == "The Weir"


def test_a_chapter_that_is_missing_is_told_of() -> None:
    with pytest.raises(SourceError) as caught:
        extract((FILES / "missing-chapter.epub").read_bytes(), "b.epub")
    assert (
        str(caught.value)
        == "b.epub is damaged: its chapter OEBPS/b.xhtml is missing. Please download it again."
    )
