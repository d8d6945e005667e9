"""Words that the end of a line cuts in two -> whole ones, in texts whose lines were broken at a width."""

from __future__ import annotations

import re
from collections.abc import Set

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*+")
_FIRST_WORD = re.compile(r"[^\W\d_][\w-]*+")
# Before these a hyphen is more likely the writer's: few words are cut after them.
_PREFIXES = re.compile(
    "anti|cross|ex|far|half|high|ill|long|low|mid|multi|non|quasi|self|semi|short|ultra|vice|well|one|two|three"
    "|four|five|six|seven|eight|nine|ten|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|[a-z]"
)
# Behind these the first of two compounds is waiting for the rest of the second: "pre- and post-war".
_JOINING = re.compile("and|or|to|nor|but|und|oder|bis|sowie|et|ou|y|o|e|en|of")
_GONE = "\x00"  # in no text in normal form


def join_cut_words(text: str) -> str:
    """Return ``text`` with each word whole that a hyphen at a line's end cuts; the line ends behind it.

    The hyphen stays where it is more likely the writer's: "well-known".
    """
    if "-\n" not in text:
        return text
    lines = text.split("\n")
    known = {word.lower() for line in lines for word in _WORD.findall(line)[1:-1]}
    for number in range(len(lines) - 1):
        line = lines[number]
        if not line.endswith("-") or not line[-2:-1].isalpha():
            continue
        rest, _, following = lines[number + 1].lstrip(" \t").partition(" ")
        joint = _joint(line[:-1].rsplit(None, 1)[-1], rest, known)
        if joint is not None:
            lines[number] = line[:-1] + joint + rest
            # A line that the word took whole is gone: an empty one would part paragraphs.
            lines[number + 1] = following.lstrip(" \t") or _GONE
    return "\n".join(line for line in lines if line is not _GONE)


def _joint(before: str, rest: str, known: Set[str]) -> str | None:
    """Return what stands between the halves of a word; None where they are none."""
    found = _FIRST_WORD.match(rest)
    after = found[0].rstrip("-") if found else ""
    letters = before.lstrip("\"'“‘«„(")
    if not after or _JOINING.fullmatch(after) or not letters[:1].isalpha():
        return None
    if after[0].isupper():
        return "-" if letters[0].isupper() else None  # Anglo-Saxon; "I was go-" is cut off by its speaker
    if "-" in after or "-" in letters:
        return "-"
    if (letters + after).lower() in known:
        return ""
    is_compound = f"{letters}-{after}".lower() in known or _PREFIXES.fullmatch(letters.lower())
    return "-" if is_compound else ""
