"""Words and patterns in data files: what is in them, and what is said of a file that is wrong."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from retrieval.language_data import LanguageDataError, word_list

WORDS = """
# Who sleeps in winter.
[sleepers]
bear
brown bear

[others]
# Nor this one.
wolf
"""


def test_the_words_under_a_heading(tmp_path: Path) -> None:
    path = tmp_path / "animals.txt"
    path.write_text(WORDS, encoding="utf-8")
    assert word_list(path, "sleepers") == {"bear", "brown bear"}
    assert word_list(path, "others") == {"wolf"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("bear\n[sleepers]\n", "line 1: 'bear' stands above the first [heading]"),
        ("[sleepers]\nbear\n\nbear\n", "line 4: 'bear' is there twice"),
        ("[sleepers]\nbear\n[sleepers]\n", "line 3: '[sleepers]' is there twice"),
        ("[others]\nwolf\n", "has no [sleepers]"),
        (None, "cannot be read"),
    ],
)
def test_a_file_that_is_wrong(text: str | None, message: str, tmp_path: Path) -> None:
    path = tmp_path / "animals.txt"
    if text is not None:
        path.write_text(text, encoding="utf-8")
    with pytest.raises(LanguageDataError, match=re.escape(str(path)) + ".*" + re.escape(message)):
        word_list(path, "sleepers")
