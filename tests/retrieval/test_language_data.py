"""Words and patterns in data files: what is in them, and what is said of a file that is wrong."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pydantic import BaseModel, ConfigDict

from retrieval.language_data import LanguageDataError, pattern_file, word_list

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
        ("bear\n[sleepers]\n", "line 1: 'bear' is above the first [heading]"),
        ("[sleepers]\nbear\n\nbear\n", "line 4: 'bear' is there twice"),
        ("[sleepers]\nbear\n[sleepers]\n", "line 3: '[sleepers]' is there twice"),
        ("[others]\nwolf\n", "has no [sleepers]"),
        (None, "can't be read"),
    ],
)
def test_a_file_that_is_wrong(text: str | None, message: str, tmp_path: Path) -> None:
    path = tmp_path / "animals.txt"
    if text is not None:
        path.write_text(text, encoding="utf-8")
    with pytest.raises(LanguageDataError, match=re.escape(str(path)) + ".*" + re.escape(message)):
        word_list(path, "sleepers")


class Patterns(BaseModel):
    model_config = ConfigDict(extra="forbid")
    asks: tuple[str, ...]


PATTERNS = r"""
[parts]
animal = '(?:bear|wolf)'
animals = '{animal}(?:s|ves)?'
"""


def test_parts_are_filled_in_and_lines_joined(tmp_path: Path) -> None:
    path = tmp_path / "patterns.toml"
    path.write_text(
        "asks = ['who likes {animals}', '''[a-z]{2,3} \n    {animal}''']\n" + PATTERNS, encoding="utf-8"
    )
    assert pattern_file(path, Patterns).asks == (
        "who likes (?:bear|wolf)(?:s|ves)?",
        "[a-z]{2,3} (?:bear|wolf)",
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("asks = [", "isn't TOML"),
        ("asks = ['{owl}']", "has no part 'owl'"),
        ("asks = 3", "asks: "),
        ("asks = []\ntells = []", "tells: "),
    ],
)
def test_a_pattern_file_that_is_wrong(text: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "patterns.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(LanguageDataError, match=re.escape(str(path)) + ".*" + re.escape(message)):
        pattern_file(path, Patterns)
