"""Text and Markdown as people's programs write them: tests/files/cases/md, with what is right of each."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from index.documents.extract import extract
from index.documents.formats.types import Extracted
from index.types import Section

CASES = Path(__file__).parents[3] / "files" / "cases" / "md"
WEIR = "River board lowers the weir"
DAY = date(2024, 5, 2)
LOWERED = "The river board lowered the weir at Tallow Mill by 40 centimetres on Thursday."

RIGHT = {
    "author-list.md": Extracted(WEIR, LOWERED, author="Ann Example, Bo Sample", published=DAY),
    "bom-crlf.md": Extracted("River board", "The weir was lowered.\nIt cost a lot.", published=DAY),
    "code-comment.md": Extracted(
        "Setting up the gauge",
        "Install the reader first:\n\n"
        "# fetch the list of stations\ngauge update\n# start it every hour\ngauge run --every 60\n\n"
        "The gauge writes one line for each reading.",
        sections=(Section(0, "Setting up the gauge"),),
    ),
    "hash-numbers.md": Extracted(
        "1. Setting the level #1",
        "The level was set in C# and then in F#.\n\n#hashtag is not a heading\n\n####### seven is no heading",
        sections=(Section(0, "1. Setting the level #1"),),
    ),
    "hugo-toml.md": Extracted(WEIR, LOWERED, published=DAY),
    "inline-markup.md": Extracted(
        WEIR,
        "The river board lowered the weir by 40 centimetres on Thursday.\n"
        "It cost £12,000, the gauge shows.\n"
        "Nobody complained.\n\n"
        "“We are glad,” said Ann Example, who chairs the board.\n\n"
        "Year\tLevel\n\n2022\t1.40 m\n\n2023\t1.10 m\n\n"
        "The decision was taken in March.",
        sections=(Section(0, WEIR),),
    ),
    "jekyll-published-true.md": Extracted(WEIR, LOWERED, published=DAY),
    "jekyll-tags.md": Extracted(WEIR, LOWERED, published=DAY),
    "rule-not-frontmatter.md": Extracted(
        "rule-not-frontmatter",
        "The weir was lowered on Thursday.\n\nNobody complained: it was a quiet day.",
    ),
    "windows-1252.txt": Extracted(
        "windows-1252", "The café on Mill Lane “opened” in 1998, its owner – Ann Example – said."
    ),
    "wrapped-hyphens.txt": Extracted(
        "wrapped-hyphens",
        "The river board lowered the weir at Tallow Mill by forty centimetres\n"
        "on Thursday, after the well-known\ngauge there had shown a level of 1.40 metres for the\n"
        "third week in a row, the board said in a statement that was sent\nto its members.\n\n"
        "Nobody complained about it, neither on the day nor later, a\nmember of the board told this paper.",
    ),
}


@pytest.mark.parametrize("name", sorted(RIGHT))
def test_a_case_is_read_as_its_reader_sees_it(name: str) -> None:
    assert extract((CASES / name).read_bytes(), name) == RIGHT[name]


def test_every_case_has_its_row() -> None:
    assert {path.name for path in CASES.iterdir()} == set(RIGHT)
