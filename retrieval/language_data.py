"""Words and patterns of English that stand in data files beside the code that uses them.

A word file has a word or a phrase on each line, under headings in brackets::

    # What a speaker does to words in quotation marks.
    [says]
    say
    tell

``#`` begins a comment. Files are read once, when the module that uses them is imported.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from pathlib import Path

from index.errors import OperatorError

_HEADING = re.compile(r"\[([a-z ]+)\]")
_REMEDY = "it is a part of the program: install it anew"


class LanguageDataError(OperatorError):
    """A file of words or patterns that belongs to the program is missing, or does not have the form."""


def word_list(path: Path, heading: str) -> frozenset[str]:
    """Return the words under ``heading`` of a word file. Raises LanguageDataError."""
    lists = _word_lists(path)
    if heading not in lists:
        raise LanguageDataError(f"{path} has no [{heading}]; {_REMEDY}.")
    return lists[heading]


@functools.cache
def _word_lists(path: Path) -> Mapping[str, frozenset[str]]:
    lists: dict[str, set[str]] = {}
    heading = ""
    for number, line in enumerate(_text(path).splitlines(), start=1):
        entry = line.strip()
        if not entry or entry.startswith("#"):
            continue
        if found := _HEADING.fullmatch(entry):
            heading = found[1]
            is_new = heading not in lists
            lists.setdefault(heading, set())
        elif not heading:
            raise LanguageDataError(f"{path}, line {number}: {entry!r} stands above the first [heading].")
        else:
            is_new = entry not in lists[heading]
            lists[heading].add(entry)
        if not is_new:
            raise LanguageDataError(f"{path}, line {number}: {entry!r} is there twice; delete one.")
    return {name: frozenset(found) for name, found in lists.items()}


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise LanguageDataError(f"{path} cannot be read ({error}); {_REMEDY}.") from None
