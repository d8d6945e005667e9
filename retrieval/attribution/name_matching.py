"""Names that can be one person's, or one organisation's. Pure."""

from __future__ import annotations

from index.text import plain_letters
from retrieval.attribution.roles import SUFFIXES, TITLES


def plain_words(name: str) -> list[str]:
    """Return the words of a name in plain small letters, without dots and what follows a family name.

    There are none in a name that is nothing else: ``Jr.``, ``III``, ``’s``.
    """
    words = [word.strip(".,’'\"“”()") for word in name.replace("’", "'").split()]
    return [plain_letters(word) for word in words if word and word.casefold() not in SUFFIXES]


def fits(name: list[str], other: list[str]) -> bool:
    """Return whether two names can be one person's: the words they do not share do not clash.

    ``name`` has several words, ``other`` at least one.
    """
    if len(other) == 1:
        return other[0] in (name[-1], name[0])
    if name[-1] != other[-1]:
        return False
    shorter, longer = sorted((name, other), key=len)
    if longer[-len(shorter) :] == shorter:
        return True
    first, second = name[0], other[0]
    if first != second and not (
        ((len(first) == 1 or len(second) == 1) and first[0] == second[0]) or first in other or second in name
    ):
        return " ".join(other).endswith(" ".join(name)) or " ".join(name).endswith(" ".join(other))
    middle, rest = name[1:-1], other[1:-1]
    return not middle or not rest or middle[0][0] == rest[0][0]


def same_name(name: str, other: str) -> bool:
    """Return whether two names can be one person's, or one organisation's.

    They are equal without titles, article, case and the marks of letters; or one is the family name, the
    first name or a fuller form of the other with nothing that clashes; or one is the initials of the other
    (IMF).
    """
    first, second = _bare(name), _bare(other)
    if not first or not second:
        return False
    if first == second or _initials(first) == "".join(second) or _initials(second) == "".join(first):
        return True
    if len(first) == 1:
        return first[0] in (second[-1], second[0])
    return fits(first, second)


def _bare(name: str) -> list[str]:
    words = plain_words(name.removesuffix("'s").removesuffix("’s"))
    while len(words) > 1 and (words[0] in TITLES or words[0] in ("the", "a", "an")):
        words = words[1:]
    return words


def _initials(words: list[str]) -> str:
    if len(words) < 2:
        return "".join(words)
    return "".join(word[0] for word in words if word not in ("of", "the", "for", "and"))
