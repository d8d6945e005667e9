"""Words and patterns of English that stand in data files beside the code that uses them.

A word file has a word or a phrase on each line, under headings in brackets::

    # What a speaker does to words in quotation marks.
    [speech]
    say
    tell

A pattern file is TOML. Its table ``[parts]`` names parts of regular expressions; ``{name}`` in a later
part, or in any other string of the file, stands for that part. Line breaks in a string do not count, nor
do the spaces behind them, so that a long pattern may take several lines.

``#`` begins a comment. Files are read once, when the module that uses them is imported.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from index.errors import OperatorError

_HEADING = re.compile(r"\[([a-z ]+)\]")
_PART = re.compile(r"\{([a-z_]+)\}")
_LINE_BREAK = re.compile(r"\n *")
_REMEDY = "it's part of the program: please install that again"


Form = TypeVar("Form", bound=BaseModel)


class LanguageDataError(OperatorError):
    """A file of words or patterns that belongs to the program is missing, or does not have the form."""


def word_list(path: Path, heading: str) -> frozenset[str]:
    """Return the words under ``heading`` of a word file. Raises LanguageDataError."""
    lists = _word_lists(path)
    if heading not in lists:
        raise LanguageDataError(f"{path} has no [{heading}]; {_REMEDY}.")
    return lists[heading]


def pattern_file(path: Path, form: type[Form]) -> Form:
    """Return what is in a pattern file besides its parts, which are filled in. Raises LanguageDataError.

    ``form`` says which tables there have to be.
    """
    try:
        tables = tomllib.loads(_text(path))
    except tomllib.TOMLDecodeError as error:
        raise LanguageDataError(f"{path} isn't TOML ({error}); {_REMEDY}.") from None
    parts: dict[str, str] = {}
    try:
        for name, part in tables.pop("parts", {}).items():
            parts[name] = _filled(part, parts)
        return form.model_validate(_filled(tables, parts))
    except KeyError as error:
        raise LanguageDataError(f"{path} has no part {error}; {_REMEDY}.") from None
    except ValidationError as error:
        mistake = error.errors(include_url=False)[0]
        where = ".".join(map(str, mistake["loc"]))
        raise LanguageDataError(f"{path}: {where}: {mistake['msg']}; {_REMEDY}.") from None


def _filled(value: Any, parts: Mapping[str, str]) -> Any:
    """Return a value of TOML with its strings on one line, and each ``{name}`` replaced by that part."""
    if isinstance(value, dict):
        return {key: _filled(inner, parts) for key, inner in value.items()}
    if isinstance(value, list):
        return [_filled(inner, parts) for inner in value]
    if not isinstance(value, str):
        return value
    return _PART.sub(lambda found: parts[found[1]], _LINE_BREAK.sub("", value))


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
            raise LanguageDataError(
                f"{path}, line {number}: {entry!r} is above the first [heading]. Move it below one."
            )
        else:
            is_new = entry not in lists[heading]
            lists[heading].add(entry)
        if not is_new:
            raise LanguageDataError(f"{path}, line {number}: {entry!r} is there twice. Delete one.")
    return {name: frozenset(found) for name, found in lists.items()}


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise LanguageDataError(f"{path} can't be read ({error}); {_REMEDY}.") from None
