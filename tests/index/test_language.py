"""Which language a text is in, and how languages are named and set."""

from __future__ import annotations

import pytest

from index.language import names_of
from index.settings import IndexSettings


def test_the_languages_as_a_sentence_names_them() -> None:
    assert names_of(["en"]) == "English"
    assert names_of(["en", "de"]) == "English or German"
    assert names_of(["en", "de", "yo"]) == "English, German or Yoruba"
    assert names_of(["en", "qqq"]) == "English or qqq"


@pytest.mark.parametrize("languages", [[], ["English"], ["EN"]])
def test_a_language_is_set_by_its_code(languages: list[str]) -> None:
    with pytest.raises(ValueError, match="languages"):
        IndexSettings(languages=languages)
