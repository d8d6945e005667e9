"""What joins a line of a PDF to the one below: a space, a hyphen or a dash, or nothing."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence, Set

from index.documents.formats.pdf.lines import Line

LINE_END_HYPHENS = "-\xad\u2010\x02\ufffe"
DASHES = "\u2013\u2014"
_WORD = re.compile(r"[^\W\d_]+(?:[-\u2010][^\W\d_]+)*")
_SUSPENDING = ("and", "or", "to")  # "10- and 20-year"
# Before these a hyphen is more likely the writer's: few words are cut after them.
_PREFIXES = re.compile(
    "anti|cross|ex|far|half|high|ill|long|low|mid|multi|non|quasi|self|semi|short|three|two|ultra|well"
)


def known_words(pages: Sequence[Sequence[Line]]) -> frozenset[str]:
    """Return every word of the text that no line end cuts, in small letters."""
    return frozenset(
        word.replace("\u2010", "-").lower()
        for line in itertools.chain.from_iterable(pages)
        for word in _WORD.findall(line.text)[1:-1]
    )


def joined(text: str, line: str, known: Set[str]) -> str:
    """Return ``line`` behind ``text``; a word cut between them is joined again where that is safe."""
    if not text:
        return line
    if _ends_with_dash(text) or _begins_with_dash(line, text):
        return text + line
    if text[-1] not in LINE_END_HYPHENS or len(text) < 2 or not text[-2].isalnum():
        return f"{text} {line}"
    before, after = _last_word(text[:-1]), _first_word(line)
    if text[-2].isdigit():
        return text[:-1] + ("- " if after in _SUSPENDING else "-") + line
    if _was_cut(before, after, known):
        return text[:-1] + line
    return text[:-1] + "-" + line


def _ends_with_dash(text: str) -> bool:
    """Return whether ``text`` ends with a dash that its writer sets without spaces."""
    return len(text) > 1 and text[-1] in DASHES and text[-2].isalnum()


def _begins_with_dash(line: str, text: str) -> bool:
    """Return whether ``line`` begins with a dash that belongs to the end of ``text``, and with no minus."""
    if len(line) < 2 or line[0] not in DASHES or not line[1].isalnum() or not text[-1].isalnum():
        return False
    return not line[1].isdigit() or text[-1].isdigit()


def goes_on_behind_dash(above: str, line: str) -> bool:
    """Return whether a dash between the lines ``above`` and ``line`` says that they are one paragraph."""
    return (_ends_with_dash(above) and (line[0].islower() or line[0].isdigit())) or (
        _begins_with_dash(line, above) and not line[1].isupper()
    )


def _was_cut(before: str, after: str, known: Set[str]) -> bool:
    """Return whether the hyphen between the two is the typesetter's, not the writer's."""
    if not after or not after[0].islower() or "-" in after or "-" in before.lstrip("-"):
        return False
    if (before + after).lower() in known:
        return True
    return f"{before}-{after}".lower() not in known and not _PREFIXES.fullmatch(before.lower())


def _last_word(text: str) -> str:
    backwards = text[-60:][::-1]
    found = re.match(r"[\w\u2010-]*[^\W\d_]", backwards)
    return found[0][::-1].replace("\u2010", "-") if found else ""


def _first_word(text: str) -> str:
    found = re.match(r"[^\W\d_][\w\u2010-]*", text)
    return found[0].replace("\u2010", "-").rstrip("-") if found else ""
