"""The verbs and nouns that say that somebody says something, in their dictionary form."""

from __future__ import annotations

from pathlib import Path

from retrieval.language_data import word_list

_VERBS = Path(__file__).parent / "words" / "speech_verbs.txt"
_TITLES = Path(__file__).parent / "words" / "titles_of_works.txt"

SPEECH = word_list(_VERBS, "speech")
"""What a speaker does to words in quotation marks: ``“…,” he added``."""

REPORTING = word_list(_VERBS, "reporting")
"""What reports speech without quotation marks, where a clause depends on it."""

THINKING = word_list(_VERBS, "thinking")
"""What may introduce a quotation as well, but reports no speech without one."""

WITH_CLAUSE = word_list(_VERBS, "with clause")
"""Verbs that report only what a clause says: ``he noted that``, but not ``he noted the time``."""

INVERTED = word_list(_VERBS, "inverted")
"""Verbs that may come before their subject: ``reported CNN``."""

PERCEPTION = word_list(_VERBS, "perception")
"""What somebody does who takes words in rather than says them."""

STATEMENTS = word_list(_VERBS, "statements")
"""Nouns for what somebody has said: ``Blinken's statement that``."""

WORKS = word_list(_TITLES, "works")
"""What has a title that stands in quotation marks."""

NAME_GIVING = word_list(_TITLES, "name giving")
"""What says that the words in quotation marks are a name for something: ``the so-called “dark web”``."""

_IRREGULAR = {
    "said": "say",
    "told": "tell",
    "wrote": "write",
    "swore": "swear",
    "spoke": "speak",
    "sang": "sing",
}


def is_speech_verb(word: str) -> bool:
    """Return whether ``word`` is a form of a speech verb, by its ending alone: ``asked``, ``replies``."""
    if word in _IRREGULAR:
        return True
    stems = [word]
    for ending, instead in (("ied", "y"), ("ies", "y"), ("ed", ""), ("ed", "e"), ("s", ""), ("es", "")):
        if word.endswith(ending):
            stems.append(word.removesuffix(ending) + instead)
    if word.endswith("ed") and len(word) > 4 and word[-3] == word[-4]:
        stems.append(word[:-3])
    return any(stem in SPEECH for stem in stems[1:])
